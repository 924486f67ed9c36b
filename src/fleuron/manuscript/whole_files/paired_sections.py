"""Give the sections of a whole-file translation the ids and labels of their counterparts in the source.

Then a reference to a heading works in every edition, and so do the links from a section to the other editions.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.i18n import Locale

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.editions.untranslated import ADDED, STALE
from fleuron.editions.whole_files.records import OutlinedSection, WholeFile
from fleuron.manuscript.records import publication_records
from fleuron.manuscript.whole_files.outlines import listed_in, sections_in
from fleuron.reporting import report


class PairSections(SphinxTransform):
    """Carry over ids and labels, and mark the sections that follow an older version of their source."""

    default_priority = Locale.default_priority - 3

    def apply(self, **kwargs: Any) -> None:
        name = self.env.current_document.docname
        whole = publication_records(self.env).whole_files.get(name)
        if whole is None or whole.pairing is None:
            return
        sections = sections_in(self.document)
        pairs = [
            (section, whole.outline.sections[source])
            for section, source in zip(sections, whole.pairing.counterparts, strict=False)
            if source is not None and source < len(whole.outline.sections)
        ]
        self.check_contents(whole)
        self.carry_ids_over(pairs)
        self.carry_labels_over(whole)
        self.carry_slugs_over(whole, pairs)
        for number, section in enumerate(sections):
            section[STALE] = number in whole.pairing.stale
            section[ADDED] = [added.title for after, added in whole.pairing.added if after == number]

    def check_contents(self, whole: WholeFile) -> None:
        """Report the texts that the tables of contents of the source list, and those of the translation do not."""
        listed = listed_in(self.document)
        for name in whole.outline.listed:
            if name not in listed and name in self.env.found_docs:
                problem = f"the table of contents lacks “{name}”, which {whole.name} lists"
                report(Finding(Diagnostic.UNPAIRED_SECTION, 1, {"problem": problem}), self.document["source"])

    def carry_ids_over(self, pairs: list[tuple[nodes.section, OutlinedSection]]) -> None:
        """Give each section the ids of its counterpart, before its own; who else has one of these gets another."""
        ids = self.document.ids
        wanted = {identifier for _section, source in pairs for identifier in source.ids}
        own = {id(section) for section, _source in pairs}
        for identifier in sorted(wanted & ids.keys()):
            if id(ids[identifier]) not in own and not isinstance(ids[identifier], nodes.target):
                self.rename(ids[identifier], identifier, wanted)
        for section, source in pairs:
            # What a label before the section has, the section gets when labels are resolved.
            taken = {name for name in source.ids if isinstance(ids.get(name), nodes.target)}
            kept = [name for name in section["ids"] if name not in wanted and not name.removeprefix("id").isdigit()]
            section["ids"] = [*(name for name in source.ids if name not in taken), *kept] or section["ids"]
            for identifier in section["ids"]:
                ids[identifier] = section
            for label in section["names"]:
                self.document.nameids[label] = section["ids"][0]

    def rename(self, node: nodes.Element, identifier: str, wanted: Collection[str]) -> None:
        """Give a node another id, which nothing refers to yet but its names."""
        number = 1
        while (fresh := f"id{number}") in wanted or fresh in self.document.ids:
            number += 1
        node["ids"] = [fresh if each == identifier else each for each in node["ids"]]
        self.document.ids[fresh] = node
        for name, known in self.document.nameids.items():
            if known == identifier:
                self.document.nameids[name] = fresh

    def carry_labels_over(self, whole: WholeFile) -> None:
        """Let the labels of the source's sections be those of the translation's; report others that are missing."""
        for label, identifier in sorted(whole.outline.labels.items()):
            if label in self.document.nameids:
                continue
            node = self.document.ids.get(identifier)
            if isinstance(node, nodes.section):
                node["names"].append(label)
                self.document.nameids[label] = identifier
                self.document.nametypes[label] = True
            elif not whole.is_stale:
                problem = f"the label “{label}” of {whole.name} is missing; put it before its counterpart"
                report(Finding(Diagnostic.UNPAIRED_SECTION, 1, {"problem": problem}), self.document["source"])

    def carry_slugs_over(self, whole: WholeFile, pairs: list[tuple[nodes.section, OutlinedSection]]) -> None:
        """Let MyST find the headings by the slugs of the source as well as by their own."""
        slugs = getattr(self.document, "myst_slugs", {})
        for slug, (line, _own, text) in list(slugs.items()):
            if (node := self.section_with(slug, pairs)) is not None:
                slugs[slug] = (line, node["ids"][0], text)
        for section, source in pairs:
            for slug, identifier in whole.outline.slugs.items():
                if identifier in source.ids:
                    slugs[slug] = (section.line, section["ids"][0], section[0].astext())
            if source.slug:
                section["slug"] = source.slug
        if slugs:
            self.env.metadata[self.env.current_document.docname]["myst_slugs"] = slugs
            self.document.myst_slugs = slugs  # type: ignore[attr-defined]

    def section_with(self, slug: str, pairs: list[tuple[nodes.section, OutlinedSection]]) -> nodes.section | None:
        return next((section for section, _source in pairs if section.get("slug") == slug), None)


def setup(app: Sphinx) -> None:
    app.add_transform(PairSections)
