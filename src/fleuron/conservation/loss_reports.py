"""Report what was lost of a document's words at the line of its source, or of the catalogue that has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from docutils import nodes
from sphinx.environment import BuildEnvironment

from fleuron.conservation.comparison import LostWord, found_in
from fleuron.conservation.words import BODY, Streams, as_printed
from fleuron.diagnostics import Diagnostic, Finding
from fleuron.manuscript.source_positions import line_of, position_of_printed_words
from fleuron.reporting import documents_with_errors, note_unwritten, report

# At most as many losses of a page are reported: where one thing goes wrong, all that follows may be out of order.
MOST = 5


def report_losses(env: BuildEnvironment, document: str, losses: list[LostWord], where: str) -> None:
    """Report losses at the line of the source, or of the catalogue, that has the words.

    Where an error in the document has been reported, they may be its consequences, and are left to the next build.
    """
    if losses and document in documents_with_errors(env):
        note_unwritten()
        return
    for loss in losses[:MOST]:
        path, line = position_of(env, document, loss)
        values = {
            "words": loss.words,
            "before": f" (after “{loss.before}”)" if loss.before else "",
            "stream": "" if loss.stream == BODY else f" in {loss.stream}",
            "format": where,
        }
        report(Finding(loss.diagnostic, line, values), path)
    if len(losses) > MOST:
        more = {"number": len(losses) - MOST, "format": where}
        report(Finding(Diagnostic.MORE_WORDS_LOST, 1, more), env.doc2path(document))


def position_of(env: BuildEnvironment, document: str, loss: LostWord) -> tuple[Path, int]:
    """Return the file and line of a lost word."""
    if not isinstance(loss.origin, nodes.Node):
        return Path(env.doc2path(document)), 1
    words = loss.words.removesuffix(" …").split(" ")[0]
    path, line = position_of_printed_words(env, document, loss.origin, words)
    return path, line if line > 1 else max(line, line_of(loss.origin))


def lost_by_document(
    losses: Sequence[LostWord], documents: Sequence[str], texts: Mapping[str, Streams]
) -> dict[str, list[LostWord]]:
    """Group losses by the document that has the words, best after the words before them; else by the first."""
    found: dict[str, list[LostWord]] = {}
    for loss in losses:
        located = {name: found_in(texts.get(name, Streams()), loss, as_printed) for name in documents}
        known = [name for name, each in located.items() if each.origin is not None]
        best = max(known or documents[:1], key=lambda name: located[name].alike)
        found.setdefault(best, []).append(located[best])
    return found
