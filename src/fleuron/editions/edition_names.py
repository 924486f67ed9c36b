"""The edition that is being built, and the names of its files."""

from __future__ import annotations

from sphinx.config import Config

from fleuron.config import is_set
from fleuron.publication.document_names import slug
from fleuron.publication.edition import Edition
from fleuron.publication.language_tags import language_tag
from fleuron.publication.values.root_title import NO_TITLE


def current_edition(config: Config) -> Edition:
    """Return the edition that is being built."""
    return Edition(language_tag(config.language))


def publication_name(config: Config) -> str:
    """Return the publication's name in file names: ``marginalia``."""
    return config.fleuron_publication or slug(config.project if is_set(config, "project") else NO_TITLE)


def file_stem(config: Config) -> str:
    """Return the name of the current edition's files, without ending: ``marginalia-tr``."""
    return f"{publication_name(config)}-{current_edition(config).language}"
