"""Answer with the articles of a publication, and with the pages of their offprints as pictures."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from html import escape
from http import HTTPStatus
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote, unquote

from fleuron.publication.edition import Edition
from fleuron.publish.live.open_pages import OffprintList
from fleuron.publish.live.page_pictures import page_picture, page_sizes
from fleuron.publish.live.server import OWN_ADDRESSES, LiveHandler, own_file

PAGES_ADDRESS = f"{OWN_ADDRESSES}pages/"
PICTURE = re.compile(r"(.+)/(\d+)\.png")
LIST_HEAD = """\
<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Articles</title>
<style>body { max-width: 45rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.6 sans-serif; }</style>
<h1>Articles</h1>
"""
LIST_FOOT = '<script src="/.live/list.js"></script>\n'


class OffprintHandler(LiveHandler):
    """Answers with a list of all articles, a page for each, and pictures of the pages of its offprint."""

    scripts: ClassVar[dict[str, tuple[str, ...]]] = {
        "list.js": ("messages.js", "list.js"),
        "viewer.js": ("messages.js", "viewer.js"),
    }

    builds_what_is_opened: ClassVar[bool] = True

    def answer(self, address: str, query: str) -> bool:
        if address == "/":
            self.send_page("".join(list_of_offprints(self.pages.offprints)))
        elif address.startswith(PAGES_ADDRESS):
            self.send_pages(address.removeprefix(PAGES_ADDRESS), query)
        elif address.endswith("/"):
            name = unquote(address).strip("/")
            file = escape(f"/{quote(name)}.pdf")
            self.send_page(own_file("viewer.html").replace("{title}", escape(name)).replace("{file}", file))
        else:
            return False
        return True

    def send_page(self, text: str) -> None:
        self.send_content(text.encode(), "text/html; charset=utf-8")

    def send_pages(self, name: str, query: str) -> None:
        """Send the sizes of the pages of an offprint, or the picture of one of them."""
        picture = PICTURE.fullmatch(name)
        path = Path(self.translate_path(f"/{picture[1] if picture else name}.pdf"))
        try:
            if picture is None:
                self.send_content(json.dumps(asdict(page_sizes(path))).encode(), "application/json")
                return
            width = re.search(r"width=(\d{1,5})", query)
            content = page_picture(path, int(picture[2]), int(width[1]) if width else 800)
        except (OSError, ValueError):
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        self.send_content(content, "image/png")


def list_of_offprints(offprints: OffprintList) -> Iterator[str]:
    """Yield the parts of the page that lists offprints."""
    yield LIST_HEAD
    for path, title in offprints.articles:
        links = (
            f'<a href="/{quote(f"{language}/{path}")}/" lang="{language}">{escape(Edition(language).name)}</a>'
            for language in offprints.languages
        )
        yield f"<p>{escape(title)}: {', '.join(links)}</p>\n"
    yield LIST_FOOT
