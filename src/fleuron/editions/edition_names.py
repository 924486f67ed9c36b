"""What an edition, and the files made for it, are called."""

from __future__ import annotations

from sphinx.config import Config

from fleuron.publication.document_names import slug
from fleuron.publication.edition import Edition
from fleuron.publication.language_tags import language_tag


def current_edition(config: Config) -> Edition:
    """The edition that is being built."""
    return Edition(language_tag(config.language))


def publication_name(config: Config) -> str:
    """The publication in file names: ``marginalia``."""
    return config.fleuron_publication or slug(config.project)


def file_stem(config: Config) -> str:
    """The current edition in file names: ``marginalia-tr``."""
    return f"{publication_name(config)}-{current_edition(config).language}"
