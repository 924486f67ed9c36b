"""Try a style on the command line, and run the public test suite."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from fleuron.csl.compiled import compile_style
from fleuron.csl.positions import Cluster
from fleuron.csl.processor import Processor
from fleuron.csl.style import find_style
from fleuron.csl.suite import Outcome, cite_of, run_folder
from fleuron.csl.writers import to_html, to_plain
from fleuron.csl.xml import StyleError


def arguments() -> argparse.ArgumentParser:
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
    suite = commands.add_parser("suite", help="run the fixtures of the public CSL test suite")
    suite.add_argument("folder", type=Path)
    suite.add_argument("--json", action="store_true", help="print the result as JSON")
    return parser


def read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except json.JSONDecodeError as error:
        raise SystemExit(f"{path}:{error.lineno}: this is not JSON: {error.msg}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SystemExit(f"{path}: {error}") from None


def read_items(options: argparse.Namespace) -> dict[str, dict[str, Any]]:
    items: dict[str, dict[str, Any]] = {}
    if options.items:
        data = read_json(options.items)
        items |= {str(item["id"]): item for item in (data if isinstance(data, list) else data["items"])}
    if options.bib:
        from fleuron.csl.sources.bibtex import read_bibliography

        found, findings = read_bibliography(options.bib.read_text("utf-8"), str(options.bib))
        items |= found
        for finding in findings:
            print(f"{options.bib}:{finding.line or 1}: {finding.key}: {finding.message}", file=sys.stderr)
    return items


def render(options: argparse.Namespace) -> None:
    items = read_items(options)
    processor = Processor(compile_style(find_style(options.style, options.styles), options.locale), items)
    notes = read_json(options.notes) if options.notes else []
    clusters = [Cluster(tuple(cite_of(cite) for cite in note), number) for number, note in enumerate(notes, 1)]
    for number, cluster in enumerate(clusters, 1):
        for cite in cluster.cites:
            if cite.id not in items:
                print(f"note {number}: there is no item “{cite.id}”", file=sys.stderr)
    texts = processor.citations(clusters)
    if options.bibliography:
        texts = [entry.runs for entry in processor.bibliography(() if clusters else items)]
    write = (lambda runs: to_html(runs, links=True)) if options.html else to_plain
    print(json.dumps([write(runs) for runs in texts], ensure_ascii=False, indent=1))


def suite(options: argparse.Namespace) -> None:
    outcomes = run_folder(options.folder)
    if not outcomes:
        raise SystemExit(f"{options.folder}: there is no fixture here")
    summary = summarize(outcomes)
    if options.json:
        print(json.dumps(summary, indent=1))
        return
    for name, counts in (*summary["categories"].items(), ("overall", summary["total"])):
        print(
            f"{name:16} {counts['passed']:4} of {counts['total']:4}  {100 * counts['passed'] / counts['total']:5.1f} %"
        )
    print("failing:", *summary["failing"], sep="\n  ")


def summarize(outcomes: list[Outcome]) -> dict[str, Any]:
    total, passed = (
        Counter(each.category for each in outcomes),
        Counter(each.category for each in outcomes if each.passed),
    )
    return {
        "total": {"passed": sum(passed.values()), "total": len(outcomes)},
        "categories": {name: {"passed": passed[name], "total": total[name]} for name in sorted(total)},
        "failing": [each.name for each in outcomes if not each.passed],
    }


def main() -> None:
    options = arguments().parse_args()
    try:
        {"render": render, "suite": suite}[options.command](options)
    except StyleError as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main()
