"""Read the front matter and the sections of a whole-file translation along with those of its source."""

from __future__ import annotations

from dataclasses import dataclass

from sphinx.environment import BuildEnvironment

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.editions.edition_project import source_file
from fleuron.editions.whole_files.comparison import compared
from fleuron.editions.whole_files.front_matter import contradictions, merged
from fleuron.editions.whole_files.records import SourceOutline, WholeFile
from fleuron.editions.whole_files.states import own_texts
from fleuron.manuscript.whole_files.outlines import OUTLINE
from fleuron.publication.front_matter import FrontMatter, read_front_matter
from fleuron.publication.language_tags import language_tag


@dataclass(frozen=True)
class Translation:
    """A whole-file translation as it is read: the front matter of its source, and of both together."""

    whole: WholeFile
    source: FrontMatter
    front_matter: FrontMatter
    findings: tuple[Finding, ...]


def read_translation(env: BuildEnvironment, document: str, text: str) -> Translation:
    """Read what a whole-file translation has, and what is wrong with it; its own lines are those of the findings."""
    path = source_file(env, document)
    name = path.relative_to(env.srcdir).as_posix()
    own = read_front_matter(text)
    outline = env.metadata[document].pop(OUTLINE, SourceOutline())
    if path.suffix != ".md":
        problem = f"{name} is not a Markdown file, and can be translated by its catalogue only"
        finding = Finding(Diagnostic.UNPAIRED_SECTION, 1, {"problem": problem})
        return Translation(WholeFile(name, frozenset()), FrontMatter(), own, (finding,))
    source_text = path.read_text("utf-8-sig", errors="replace")
    source = read_front_matter(source_text)
    pairing, findings = compared(text, own, source_text, name, language_tag(env.config.language))
    whole = WholeFile(name, frozenset(own.entries), None, pairing, outline, own_texts(text, source_text))
    return Translation(
        whole,
        source,
        merged(own, source, language_tag(env.config.language)),
        (*contradictions(own, source, name), *findings),
    )


def is_of_source(finding: Finding, findings: list[Finding]) -> bool:
    """Return whether a finding is one of the source's, which the edition in its language reports."""
    return any(finding.diagnostic is each.diagnostic and finding.values == each.values for each in findings)
