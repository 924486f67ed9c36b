"""A publication with a Russian edition: one article translated, one by 60 % of its words, and one hardly at all."""

from __future__ import annotations

from collections.abc import Mapping

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: ru\\n"\n\n'
FUZZY = "#, fuzzy\n"


def catalogue(translations: Mapping[str, str], fuzzy: Mapping[str, str] | None = None) -> str:
    """Return a catalogue with translations by their messages, and those of earlier messages."""
    entries = [f'msgid "{message}"\nmsgstr "{text}"\n' for message, text in translations.items()]
    stale = [f'{FUZZY}msgid "{message}"\nmsgstr "{text}"\n' for message, text in (fuzzy or {}).items()]
    return HEADER + "\n".join([*entries, *stale])


CONF = """\
project = "The Review"
author = "A. Author"
extensions = ["fleuron"]
fleuron_languages = ["en", "ru"]
fleuron_publication = "review"
fleuron_edition_threshold = 0.5
fleuron_epub_fonts = False
html_baseurl = "https://example.org/review/"
"""
INDEX = """\
# The Review

A journal of maps.

```{toctree}
:caption: Articles

articles/whole
articles/half
articles/new
```
"""
WHOLE = """\
---
authors: [ada]
date: 2026-01-02
keywords: [maps]
---
# On maps

See {doc}`new`, [its figure](#unmapped), and [the part on coasts](#coasts).

Maps are old.
"""
HALF = """\
---
authors: [ada]
date: 2026-01-03
abstract: What the mapmakers left.
keywords: [maps, margins, sea charts]
---
# On margins

The margins of old maps are full of monsters, and nobody knows why.[^why]

Later editors removed them, one by one.

:::{figure} ../_static/map.svg
:alt: A map
:name: margin

A margin with two monsters.
:::

| Map | Year |
|-----|------|
| Of the coast | 1504 |

1. The first list was long and nobody printed it.
2. The second was short.

## The monsters

They had tails, fins, and wings of every known kind.

[^why]: Some have guessed.
"""
NEW = """\
---
authors: [ada, ben]
date: 2026-01-04
keywords: [coasts]
---
# On coasts

```{index} unmapped coast
```

A new text, which has not been translated.

:::{figure} ../_static/coast.svg
:alt: A coast
:name: unmapped

An unmapped coast.
:::

(coasts)=
## Where coasts are

There.
"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 {height}0"><path d="M9 9h9" stroke="gray"/></svg>'

WHOLE_RU = {
    "On maps": "О картах",
    "maps": "карты",
    "See {doc}`new`, [its figure](#unmapped), and [the part on coasts](#coasts).": (
        "См. {doc}`new`, [рисунок](#unmapped) и [раздел о берегах](#coasts)."
    ),
    "Maps are old.": "Карты стары.",
}
HALF_RU = {
    "On margins": "О полях",
    "maps": "карты",
    "margins": "поля",
    "The margins of old maps are full of monsters, and nobody knows why.[^why]": (
        "Поля старых карт полны чудовищ, и никто не знает почему.[^why]"
    ),
    "A map": "Карта",
    "Map": "Карта",
    "Year": "Год",
    "The first list was long and nobody printed it.": "Первый список был длинным, и его никто не печатал.",
    "The monsters": "Чудовища",
    "They had tails, fins, and wings of every known kind.": "У них были хвосты, плавники и крылья всех видов.",
}
# A translation of “Editors removed them.”, which has become “Later editors removed them, one by one.”
STALE_RU = {"Later editors removed them, one by one.": "Редакторы удаляли их."}
NEW_RU = {"On coasts": "О берегах", "coasts": "берега"}
WHOLE_NEW_RU = NEW_RU | {
    "unmapped coast": "неизвестный берег",
    "A new text, which has not been translated.": "Новый текст, теперь переведённый.",
    "A coast": "Берег",
    "An unmapped coast.": "Берег, которого нет на карте.",
    "Where coasts are": "Где берега",
    "There.": "Там.",
}
LOCALE = "locale/ru/LC_MESSAGES/"

FILES = {
    "conf.py": CONF,
    "index.md": INDEX,
    "articles/whole.md": WHOLE,
    "articles/half.md": HALF,
    "articles/new.md": NEW,
    "authors/ada.md": "---\nname: Ada Author\n---\nAda writes.\n",
    "authors/ben.md": "---\nname: Ben Author\n---\nBen writes.\n",
    "_static/map.svg": DRAWING.format(height=3),
    "_static/coast.svg": DRAWING.format(height=4),
    f"{LOCALE}index.po": catalogue(
        {"The Review": "Обозрение", "A journal of maps.": "Журнал о картах.", "Articles": "Статьи"}
    ),
    f"{LOCALE}articles/whole.po": catalogue(WHOLE_RU),
    f"{LOCALE}articles/half.po": catalogue(HALF_RU, STALE_RU),
    f"{LOCALE}articles/new.po": catalogue(NEW_RU),
}
