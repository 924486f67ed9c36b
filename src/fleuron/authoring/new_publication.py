"""Make a publication that can be built at once in all formats."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from fleuron.authoring.new_files import check_absent, file_name_for, write_new_files
from fleuron.authoring.publication_kinds import Kind
from fleuron.authoring.template_files import SUFFIX, filled_in, template_folder
from fleuron.editions.bidirectional import LANGUAGE_CLASS
from fleuron.editions.interface_words import ENGLISH, interface_words
from fleuron.publication.language_tags import primary_language
from fleuron.publication.source_date import source_moment
from fleuron.publish.settings import CommandError

# Templates whose names would hide them from those who read the templates, or that are named after something else.
NAMES = {"gitignore": ".gitignore"}
CONTRIBUTOR_TEMPLATE = "contributor.md.jinja"


@dataclass(frozen=True)
class NewPublication:
    """What is known of a publication before it is made; ``address`` is that of its web site, "" if it has none yet."""

    folder: Path
    kind: Kind
    title: str
    languages: tuple[str, ...]
    style: str
    author: str
    address: str = ""

    @property
    def name(self) -> str:
        """The name of the publication in file names."""
        return file_name_for(self.title)

    @property
    def publisher(self) -> str:
        """Who publishes it: the organization that signs, or the publication itself."""
        return self.author if self.is_named and self.is_organization else self.title

    @property
    def is_named(self) -> bool:
        """Whether the author of the first text has been named."""
        return self.author != self.kind.signed_by

    @property
    def is_organization(self) -> bool:
        """Whether an organization signs the first text."""
        return self.kind.author_is_organization if self.is_named else self.kind.is_organization


def title_for(folder: Path) -> str:
    """Return the title that a folder's name suggests: “My Review” for ``my-review``."""
    words = folder.resolve().name.replace("-", " ").replace("_", " ").split()
    return " ".join(word if not word.islower() else word.capitalize() for word in words) or "My Review"


def check_folder(folder: Path) -> None:
    """Raise CommandError if a folder has a publication already, or is not a folder."""
    if folder.exists() and not folder.is_dir():
        raise CommandError(f"{folder} is a file; name a folder")
    if (folder / "conf.py").exists():
        raise CommandError(
            f"{folder} has a conf.py already; for a Sphinx project that is to use Fleuron: fleuron adopt"
        )


def make_publication(new: NewPublication) -> list[Path]:
    """Write the files of a publication and return their paths; raise CommandError if one of them exists."""
    check_folder(new.folder)
    texts = {new.folder / name: text for name, text in publication_files(new)}
    check_absent(list(texts), "nothing is written; choose another folder, or move the file away")
    write_new_files(texts)
    return list(texts)


def publication_files(new: NewPublication) -> Iterator[tuple[str, str]]:
    """Yield the path of each file of a publication, in its folder, and its text."""
    source = new.languages[0]
    word = interface_words(source)
    is_english = primary_language(source) == ENGLISH
    author_name = file_name_for(new.author)
    values = {
        "title": new.title,
        "publisher": new.publisher,
        "name": new.name,
        "languages": list(new.languages),
        "style": new.style,
        "kind": new.kind.name,
        "address": new.address,
        "section": word(new.kind.section),
        "authors_section": word(new.kind.authors_section),
        "author_name": author_name,
        "first_title": new.kind.first_title,
        "date": today(),
        # The sample text is in English, and is marked so where the publication is in another language.
        "english": "" if is_english else f"{{.{LANGUAGE_CLASS}{ENGLISH}}}\n",
    }
    for name in sorted(template_names(template_folder().joinpath("publication"))):
        yield target_name(name), filled_in(f"publication/{name}", **values)
    yield f"authors/{author_name}.md", contributor_text(new.author, organization=new.is_organization)


def contributor_text(name: str, *, organization: bool = False, orcid: str = "", affiliation: str = "") -> str:
    """Return the text of a contributor's file."""
    return filled_in(
        CONTRIBUTOR_TEMPLATE, contributor=name, organization=organization, orcid=orcid, affiliation=affiliation
    )


def template_names(folder: Traversable, prefix: str = "") -> Iterator[str]:
    """Yield the paths of all templates in a folder and those below it."""
    for entry in folder.iterdir():
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from template_names(entry, f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name


def target_name(template: str) -> str:
    """Return the path of the file that is made from a template."""
    name = template.removesuffix(SUFFIX)
    return NAMES.get(name, name)


def today() -> str:
    """Return the date of the sources, if the environment sets one, or else of today (ISO 8601)."""
    moment = source_moment()
    return (moment.date() if moment else datetime.date.today()).isoformat()
