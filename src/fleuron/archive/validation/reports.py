"""Write what validators report on a release: each with its name and version, without times or paths.

A validator that cannot run is named in its report as one that did not; nothing is claimed that was not checked.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

from fleuron.archive.validation.epub_validators import ace, epubcheck
from fleuron.archive.validation.pdf_validators import validate_pdf
from fleuron.archive.validation.programs import DidNotRun
from fleuron.archive.validation.site_validators import check_accessibility, check_links
from fleuron.archive.validation.verapdf import verapdf
from fleuron.progress.progress_line import waiting_for

# The key of a report of a validator that did not run; its value is the reason.
NOT_RUN = "not run"


def write_reports(data: Path, folder: Path, projects: Sequence[Path] = ()) -> list[str]:
    """Write the reports on a bag's payload, and return the reasons why validators did not run.

    ``projects`` are folders whose ``node_modules`` may have validators.
    """
    folder.mkdir()
    reasons: dict[str, None] = {}
    for name, validate in validations(data, projects):
        with waiting_for(f"validating: {name}"):
            report = run_validator(validate)
        (folder / f"{name}.json").write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", "utf-8")
        for part in (report, report.get("syntax", {})):
            if NOT_RUN in part:
                reasons[str(part[NOT_RUN])] = None
    return list(reasons)


def validations(data: Path, projects: Sequence[Path]) -> Iterator[tuple[str, Callable[[], Mapping[str, Any]]]]:
    """Yield the name of each report and the function that makes it."""
    for book in sorted(data.glob("epub/**/*.epub")):
        name = report_name(book, data / "epub")
        yield f"epubcheck-{name}", partial(epubcheck, book)
        yield f"ace-{name}", partial(ace, book, projects)
    pdfs = sorted(data.glob("pdf/**/*.pdf"))
    for pdf in pdfs:
        yield f"pdf-{report_name(pdf, data / 'pdf')}", partial(validate_pdf, pdf)
    yield "verapdf", partial(verapdf, pdfs, data)  # all PDFs at once: Java takes longer to begin than each of them
    yield "links", partial(check_links, data / "site")
    yield "accessibility", partial(check_accessibility, data / "site", projects)


def report_name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).with_suffix("").as_posix().replace("/", "-")


def run_validator(validate: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return a validator's report, or why there is none; a validator that fails does not end the archiving."""
    try:
        return validate()
    except DidNotRun as reason:
        return {NOT_RUN: str(reason)}
    except PackageNotFoundError as error:
        return {NOT_RUN: f"the package {error.name} is not installed"}
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, ImportError) as error:
        name = getattr(validate, "func", validate).__name__
        return {NOT_RUN: f"{name} failed with {type(error).__name__}"}
