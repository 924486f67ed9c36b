"""Let the directives of pictures take file names with spaces, and know an ornament from a picture without words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst.directives.images import Image
from sphinx.application import Sphinx
from sphinx.directives.patches import Figure
from sphinx.util.images import get_image_size

from fleuron.manuscript.file_access import is_inside

# A space or backslash that is not escaped: docutils 0.22 removes white space from the name of a picture.
SPACE = re.compile(r"(?<!\\)[ \t]|\\(?![ \t])")


class NamedPicture:
    """A directive whose argument is the name of a picture, as it is written."""

    arguments: list[str]
    options: dict[str, Any]

    def run(self) -> list[nodes.Node]:
        lines = [line.strip() for line in self.arguments[0].splitlines()]
        self.arguments[0] = SPACE.sub(lambda found: f"\\{found[0]}", "".join(lines))
        if self.options.get("loading") == "embed":  # docutils 0.22 looks for the file where Sphinx will copy it
            del self.options["loading"]
        is_decorative = "alt" in self.options and not self.options["alt"].strip()
        made: list[nodes.Node] = super().run()  # type: ignore[misc]
        for image in (image for node in made for image in node.findall(nodes.image)):
            if is_decorative and image.get("alt") == "":
                image["decorative"] = True
                break  # those in a caption are others
        return made


class PictureDirective(NamedPicture, Image):
    """``image``, with any file name."""


class FigureDirective(NamedPicture, Figure):
    """``figure``, with any file name."""

    def run(self) -> list[nodes.Node]:
        # docutils 0.22 opens the file of that name in the folder where the command was called, or anywhere.
        if self.options.get("figwidth") == "image":
            env = self.state.document.settings.env
            path = env.relfn2path(self.arguments[0])[1]
            size = get_image_size(path) if is_inside(env, path) and Path(path).is_file() else None
            self.options["figwidth"] = f"{size[0]}px" if size else None
        return super().run()


def setup(app: Sphinx) -> None:
    app.add_directive("image", PictureDirective, override=True)
    app.add_directive("figure", FigureDirective, override=True)
