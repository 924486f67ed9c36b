"""Validate a site: follow its internal links, and check its accessibility with axe."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree, html

from fleuron.archive.site.page_templates import LIST, VERSIONS
from fleuron.archive.validation.programs import DidNotRun, find_axe, find_browser

# Attributes that contain an address; `srcset` is not used.
ADDRESS_ATTRIBUTES = ("href", "src")
# The widths in pixels of a phone and of a desktop window.
WIDTHS = (390, 1440)


def check_links(site: Path) -> Mapping[str, Any]:
    """Follow every link within a site, and count those that lead elsewhere, which are not fetched."""
    site, faults, internal, external = site.resolve(), [], 0, 0
    for page in sorted(site.rglob("*.html")):
        for address in addresses_in(page):
            parts = urlsplit(address)
            # The page that points to the list of versions leads to where the site will be published.
            if parts.scheme or parts.netloc or page == site / VERSIONS / LIST:
                external += 1
            else:
                internal += 1
                if problem := link_problem(site, page, unquote(parts.path), unquote(parts.fragment)):
                    faults.append({"file": page.relative_to(site).as_posix(), "address": address, "problem": problem})
    ids_in.cache_clear()
    return {"validator": "fleuron", "links within": internal, "links elsewhere": external, "faults": faults}


def addresses_in(page: Path) -> list[str]:
    root = html.parse(BytesIO(page.read_bytes())).getroot()
    return [
        address for element in root.iter(etree.Element) for name in ADDRESS_ATTRIBUTES if (address := element.get(name))
    ]


def link_problem(site: Path, page: Path, path: str, fragment: str) -> str:
    """Return what is wrong with a link, or an empty string if its target exists."""
    target = (page.parent / path).resolve() if path else page
    if not target.is_relative_to(site):
        return "leads out of the site"
    if target.is_dir():
        target /= "index.html"
    if not target.is_file():
        return "there is no such file"
    return "there is no such id" if fragment and target.suffix == ".html" and fragment not in ids_in(target) else ""


@cache
def ids_in(page: Path) -> frozenset[str]:
    """Return the ids of a page that links can lead to."""
    root = html.parse(BytesIO(page.read_bytes())).getroot()
    return frozenset(str(value) for value in root.xpath("//@id | //a/@name"))


def check_accessibility(site: Path, projects: Sequence[Path] = ()) -> Mapping[str, Any]:
    """Run axe on every page of a site in the width of a phone and of a desktop.

    Raise DidNotRun if axe, Playwright or a browser is missing, or the browser fails.
    """
    script, executable = find_axe(projects), find_browser()
    version("playwright")
    from playwright.sync_api import Error, sync_playwright

    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", shutil.which("node") or "")
    site = site.resolve()
    paths = sorted(site.rglob("*.html"))
    violations: list[dict[str, Any]] = []
    axe_version = ""
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
            for width in WIDTHS:
                page = browser.new_page(viewport={"width": width, "height": 800})
                for path in paths:
                    page.goto(path.as_uri())
                    page.add_script_tag(path=script)
                    axe_version, found = page.evaluate(
                        "axe.run(document, { preload: false }).then(run => [run.testEngine.version, run.violations])"
                    )
                    name = path.relative_to(site).as_posix()
                    violations += [
                        {"file": name, "width": width, "rule": violation["id"], "impact": violation["impact"]}
                        for violation in found
                    ]
            browser.close()
    except Error as error:
        raise DidNotRun("the browser could not be used") from error
    return {"validator": f"axe {axe_version}", "pages": len(paths), "violations": violations}
