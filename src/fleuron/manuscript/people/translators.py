"""Name the translators of an article: as its front matter does, or else the catalogue of the edition's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sphinx.environment import BuildEnvironment
from sphinx.util.i18n import docname_to_domain

from fleuron.config import languages_of
from fleuron.editions.catalogues import catalogue_translators
from fleuron.manuscript.records import publication_records
from fleuron.publication.document_names import contributor_document, contributor_name
from fleuron.publication.language_tags import language_tag


@dataclass(frozen=True)
class Translator:
    """A translator: the name, and that of her file in authors/ if she has one."""

    name: str
    contributor: str = ""


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


def translators_of(env: BuildEnvironment, document: str) -> Iterator[Translator]:
    """Yield the translators of a text; who has a page in authors/ may be named by its file or by its name."""
    records = publication_records(env)
    texts = records.article_texts.get(document)
    by_name = {record.name: contributor_name(name) for name, record in records.contributors.items()}
    for written in texts.translators if texts else written_translators(env, document):
        contributor = written if contributor_document(written) in records.contributors else by_name.get(written, "")
        title = env.titles.get(contributor_document(contributor)) if contributor else None
        yield Translator(title.astext() if title else written, contributor)
