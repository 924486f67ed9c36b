"""Name the translators of an article: as its front matter does, or else the catalogue of the edition's language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sphinx.environment import BuildEnvironment
from sphinx.util.i18n import docname_to_domain

from fleuron.config import languages_of
from fleuron.editions.catalogues import catalogue_translators
from fleuron.manuscript.people.named_people import NamedPerson, people_of
from fleuron.manuscript.records import publication_records
from fleuron.publication.language_tags import language_tag


def written_translators(env: BuildEnvironment, document: str) -> tuple[str, ...]:
    """Return the translators of a text into the edition's language, as its front matter or catalogue has them."""
    config = env.config
    article = publication_records(env).articles.get(document)
    language = language_tag(config.language)
    named = {tag.lower(): names for tag, names in article.translators.items()} if article else {}
    if language.lower() in named or language == languages_of(config)[0]:
        return named.get(language.lower(), ())
    domain = docname_to_domain(document, config.gettext_compact)
    paths = (Path(env.srcdir, folder, config.language, "LC_MESSAGES", f"{domain}.po") for folder in config.locale_dirs)
    return tuple(dict.fromkeys(name for path in paths if path.is_file() for name in catalogue_translators(path)))


def translators_of(env: BuildEnvironment, document: str) -> Iterator[NamedPerson]:
    """Yield the translators of a text."""
    texts = publication_records(env).article_texts.get(document)
    yield from people_of(env, texts.translators if texts else written_translators(env, document))
