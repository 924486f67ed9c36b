"""Check the sources as a copy editor reads them, without building them.

The exit code is 1 if there are errors or warnings. A comment turns rules off where it stands: <!-- fleuron: off
bare-url -->, in .bib files with %, in .po files and front matter with #.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from fleuron.checks.violation import Level, Violation
from fleuron.commands.arguments import CommandParser, UsageError, add_source
from fleuron.diagnostics.similar_names import suggestion
from fleuron.progress.progress_line import waiting_for
from fleuron.publish.settings import CommandError, PublicationSettings, read_settings

FORMATS = ("text", "json", "github", "sarif")


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="report only what is found in these files (default: in all)"
    )
    add_source(parser)
    parser.add_argument(
        "--format", default="text", metavar="FORMAT", help="how to report: text, json, github or sarif (default: text)"
    )
    parser.add_argument("--fix", action="store_true", help="write the corrections that are safe into the files")
    parser.add_argument("--advice", action="store_true", help="report advice too, and write it with --fix")
    parser.add_argument("--online", action="store_true", help="ask the network whether linked pages can be read")


def run(arguments: Namespace) -> int:
    if arguments.format not in FORMATS:
        raise UsageError(f"there is no format “{arguments.format}”{suggestion(arguments.format, FORMATS)}")
    settings = read_settings(arguments.source)
    chosen = chosen_files(arguments.source, arguments.files)
    wanted = violation_filter(chosen, advice=arguments.advice)
    found = [violation for violation in find(settings, online=arguments.online) if wanted(violation)]
    if arguments.fix:
        from fleuron.checks.corrections import correct

        corrected = set(correct(arguments.source, found))
        found = [violation for violation in found if violation not in corrected]
    print(written(found, arguments.format), end="")
    if arguments.fix and arguments.format == "text":
        print(f"corrected: {len(corrected):,}")
    return 1 if any(violation.level is not Level.ADVICE for violation in found) else 0


def find(settings: PublicationSettings, *, online: bool) -> list[Violation]:
    """Check a publication, without the rules that its conf.py turns off."""
    # Imported here, because the parsers need the most of the time of a command that is called wrongly.
    from fleuron.checks.reading.publication import SourceSettings, read_sources
    from fleuron.checks.rules import RULES
    from fleuron.checks.run import check
    from fleuron.sphinx_defaults import DEFAULTS_FOR_PUBLICATIONS

    off = settings.option("fleuron_checks_off", [])
    names = [rule.name for rule in RULES]
    for name in off:
        if name not in names:
            raise CommandError(f"conf.py: fleuron_checks_off: there is no rule “{name}”{suggestion(name, names)}")
    default_bibliography = ["refs.bib"] if (settings.source / "refs.bib").is_file() else []
    sources = read_sources(
        SourceSettings(
            settings.source,
            settings.languages,
            settings.option("include_patterns", ["**"]),
            settings.option("exclude_patterns", DEFAULTS_FOR_PUBLICATIONS["exclude_patterns"]),
            settings.option("bibtex_bibfiles", default_bibliography),
            settings.option("locale_dirs", DEFAULTS_FOR_PUBLICATIONS["locale_dirs"]),
            settings.option("myst_enable_extensions", DEFAULTS_FOR_PUBLICATIONS["myst_enable_extensions"]),
            settings.option("smartquotes", True),
        )
    )
    with waiting_for("opening the links" if online else "checking the sources"):
        return check(sources, off, online=online)


def chosen_files(source: Path, files: Sequence[str]) -> frozenset[str]:
    """Return the paths of files from the publication's folder, as they are named from there or from this one."""
    chosen = set()
    for name in files:
        path = next((path for path in (Path(name), source / name) if path.is_file()), None)
        if path is None:
            raise CommandError(f"there is no file “{name}”")
        try:
            chosen.add(path.resolve().relative_to(source.resolve()).as_posix())
        except ValueError:
            raise CommandError(f"“{name}” is outside the publication’s folder") from None
    return frozenset(chosen)


def violation_filter(chosen: frozenset[str], *, advice: bool) -> Callable[[Violation], bool]:
    """Return a function that says whether a violation is to be reported."""
    return lambda violation: (
        (not chosen or violation.place.path in chosen) and (advice or violation.level is not Level.ADVICE)
    )


def written(violations: Sequence[Violation], form: str) -> str:
    """Return the report of violations in a format."""
    if form == "json":
        from fleuron.checks.reports.json_report import json_report

        return json_report(violations)
    if form == "github":
        from fleuron.checks.reports.github_report import github_report

        return github_report(violations)
    if form == "sarif":
        from fleuron.checks.reports.sarif_report import sarif_report
        from fleuron.checks.rules import RULES

        return sarif_report(violations, RULES)
    from fleuron.checks.reports.text_report import text_report

    return text_report(violations)
