"""Answer with the pages of a site, which load themselves again when their edition has changed."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import ClassVar

from fleuron.publish.live.server import OWN_ADDRESSES, LiveHandler

PAGE = "text/html; charset=utf-8"
# What is shown in place of a page whose text was deleted or renamed, or that is not written yet.
NO_PAGE = b"""\
<!DOCTYPE html>
<html lang="en">
<title>Missing page</title>
<h1>This page does not exist</h1>
<p>It is shown here as soon as it is written. <a href="/">All editions</a></p>
"""
ELEMENT = f'<script src="{OWN_ADDRESSES}reload.js"></script>\n'.encode()


class SiteHandler(LiveHandler):
    """Answers with the files of the site; its pages have a script."""

    scripts: ClassVar[dict[str, tuple[str, ...]]] = {"reload.js": ("messages.js", "reload.js")}

    def answer(self, address: str, query: str) -> bool:
        path = Path(self.translate_path(self.path))
        if path.is_dir() and address.endswith("/"):
            path /= "index.html"
        if path.suffix != ".html":
            return False
        try:
            self.send_content(path.read_bytes() + ELEMENT, PAGE)
        except OSError:
            self.send_content(NO_PAGE + ELEMENT, PAGE, HTTPStatus.NOT_FOUND)
        return True
