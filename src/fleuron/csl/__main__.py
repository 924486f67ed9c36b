"""Command line of the citation processor: render notes in a style, or run the public CSL test suite."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fleuron.csl.json_input import InputError, read_file, read_items, read_notes
from fleuron.csl.processor import Processor
from fleuron.csl.rendering.compiled_style import compile_style
from fleuron.csl.sources.bibtex import read_bibliography
from fleuron.csl.style.style_files import find_style
from fleuron.csl.style.xml import StyleError
from fleuron.csl.suite import CaseResult, run_folder
from fleuron.csl.text.run_writers import to_html, to_plain


def arguments() -> argparse.ArgumentParser:
    """Return the parser of the two commands and their options."""
    parser = argparse.ArgumentParser(prog="python -m fleuron.csl", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    render = commands.add_parser("render", help="print notes, or a bibliography, as a JSON array")
    render.add_argument("--style", required=True, help="a style's name, or the path of a .csl file")
    render.add_argument("--locale", default="", help="the language of the edition, such as tr-TR")
    render.add_argument("--items", type=Path, help="a file of CSL-JSON items")
    render.add_argument("--bib", type=Path, help="a BibTeX or biblatex file")
    render.add_argument("--notes", type=Path, help="a JSON list of notes, each a list of cites")
    render.add_argument("--styles", type=Path, help="a folder with styles of your own")
    render.add_argument("--html", action="store_true", help="print HTML and not plain text")
    render.add_argument("--bibliography", action="store_true", help="print the bibliography and not the notes")
    suite = commands.add_parser("suite", help="run the cases of the public CSL test suite")
    suite.add_argument("folder", type=Path)
    suite.add_argument("--json", action="store_true", help="print the result as JSON")
    return parser


def items_of(options: argparse.Namespace) -> dict[str, Mapping[str, Any]]:
    """Read the items of `--items` and `--bib`; findings about the .bib file are printed to standard error."""
    items = read_items(options.items) if options.items else {}
    if options.bib:
        found, findings = read_bibliography(read_file(options.bib), str(options.bib))
        items |= found
        for finding in findings:
            place = ": ".join(filter(None, (f"{options.bib}:{finding.line or 1}", finding.key, finding.field)))
            print(f"{place}: {finding.message}", file=sys.stderr)
    return items


def render(options: argparse.Namespace) -> None:
    """Print the notes, or the bibliography of what they cite (without notes, of all items), as a JSON array."""
    processor = Processor(compile_style(find_style(options.style, options.styles), options.locale), items_of(options))
    citations = read_notes(options.notes, processor.items) if options.notes else []
    texts = processor.render_citations(citations)
    if options.bibliography:
        texts = [entry.runs for entry in processor.render_bibliography(() if citations else processor.items)]
    written = [to_html(runs, links=True) if options.html else to_plain(runs) for runs in texts]
    print(json.dumps(written, ensure_ascii=False, indent=1))


def suite(options: argparse.Namespace) -> None:
    """Run the fixtures of a folder, and print how many pass in each category and which fail."""
    outcomes = run_folder(options.folder)
    if not outcomes:
        raise InputError(f"{options.folder}: the folder has no test cases (*.txt)")
    print(json.dumps(summary(outcomes), indent=1) if options.json else table(summary(outcomes)))


def summary(outcomes: Sequence[CaseResult]) -> dict[str, Any]:
    """Count the cases and those that passed, by category and overall, and list the failing ones."""
    total = Counter(outcome.category for outcome in outcomes)
    passed = Counter(outcome.category for outcome in outcomes if outcome.passed)
    return {
        "total": {"passed": sum(passed.values()), "total": len(outcomes)},
        "categories": {name: {"passed": passed[name], "total": total[name]} for name in sorted(total)},
        "failing": [outcome.name for outcome in outcomes if not outcome.passed],
    }


def table(counted: Mapping[str, Any]) -> str:
    """Format a summary as lines of text."""
    rows = [*counted["categories"].items(), ("overall", counted["total"])]
    lines = [
        f"{name:16} {row['passed']:4} of {row['total']:4}  {100 * row['passed'] / row['total']:5.1f} %"
        for name, row in rows
    ]
    failing = [f"  {name}" for name in counted["failing"]]
    return "\n".join([*lines, *(["failing:", *failing] if failing else [])])


def main() -> None:
    """Run a command; an error in its input ends it with one line on standard error."""
    options = arguments().parse_args()
    try:
        {"render": render, "suite": suite}[options.command](options)
    except (StyleError, InputError) as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main()
