"""Let the picture of a figure be seen as large as the window, without a script (HTML, 6.12, popover)."""

from __future__ import annotations

from lxml import html

from fleuron.editions.interface_words import attributes_as_html, interface_words

# What the larger picture has of the smaller: neither its size nor its id.
KEPT = ("alt", "src")


def enlarged(picture: str, number: int, language: str) -> str:
    """Return the button that opens a picture, the ``number``th of its page, and the picture that it opens.

    ``picture`` is the HTML of the smaller one.
    """
    word, words_language = interface_words(language), attributes_as_html(language)
    copy = html.fragment_fromstring(picture)
    for name in set(copy.keys()) - set(KEPT):
        del copy.attrib[name]
    copy.set("loading", "lazy")
    name = f"picture-{number}-enlarged"
    labels = {"enlarge": ("show", word("Enlarge the picture")), "close": ("hide", word("Close"))}
    opening, closing = (
        f'<button class="{kind}" type="button" popovertarget="{name}" popovertargetaction="{action}"'
        f' aria-label="{label}"{words_language}></button>'
        for kind, (action, label) in labels.items()
    )
    large = html.tostring(copy, encoding="unicode")
    return f'{opening}<div class="lightbox" id="{name}" popover>{large}{closing}</div>\n'
