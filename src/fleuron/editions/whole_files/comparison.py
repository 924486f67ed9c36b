"""Compare a whole-file translation with its source: pair their sections, and say what does not fit."""

from __future__ import annotations

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.editions.whole_files.front_matter import TRANSLATED_FROM
from fleuron.editions.whole_files.pairing import Pairing, pair, unpaired
from fleuron.editions.whole_files.sections import recorded_sections, sections_of, sections_of_translation
from fleuron.publication.front_matter import FrontMatter


def compared(text: str, own: FrontMatter, source: str, name: str, language: str) -> tuple[Pairing, list[Finding]]:
    """Pair the sections of a translation with those of its source; return also what is wrong.

    ``own`` is the front matter of the translation, ``name`` that of the source's file, and ``language`` a tag.
    """
    findings, recorded = [], None
    try:
        recorded = recorded_sections(own, TRANSLATED_FROM)
        problem = "" if recorded else f"its front matter has no “{TRANSLATED_FROM}”"
    except ValueError as error:
        problem = str(error)
    if problem:
        values = {"source": name, "problem": problem, "language": language}
        findings.append(Finding(Diagnostic.UNRECORDED_TRANSLATION, own.line_of(TRANSLATED_FROM), values))
    sections = sections_of(source)
    if found := unpaired(sections_of_translation(text, source), recorded or sections, name):
        findings.append(Finding(Diagnostic.UNPAIRED_SECTION, found.line, {"problem": found.problem}))
        # By their order, so that references to headings are not reported as well.
        return Pairing(tuple(range(len(sections))), frozenset(range(len(sections)))), findings
    return pair(recorded, sections), findings
