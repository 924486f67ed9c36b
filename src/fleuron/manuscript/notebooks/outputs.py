"""Choose which outputs of a notebook (myst_nb 1.4) each format shows.

No code is executed unless conf.py says so: a notebook shows the outputs that it was saved with. The pages of another
project show what myst_nb shows.
"""

from __future__ import annotations

import html

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.writers.html5 import HTML5Translator

from fleuron.adopted import is_left_to_sphinx
from fleuron.config import set_if_unset

# The outputs that each of our formats can show, the best first; of what needs a script, its text is shown. For a
# builder whose name it does not know, myst_nb leaves out all outputs.
SHOWN = ("text/html", "image/svg+xml", "image/png", "image/jpeg", "text/markdown", "text/latex", "text/plain")
OUTPUTS = {
    **dict.fromkeys(("html", "dirhtml", "singlehtml", "epub", "pdf"), SHOWN),
    **dict.fromkeys(("exchange", "records"), (*SHOWN[1:], "text/html")),
}
OF_SCRIPTS = ("application/vnd.jupyter.widget-view+json", "application/javascript")
# The builders of books, which cannot hide code until a reader asks for it, and have no style sheets of myst_nb.
BOOKS = ("epub", "pdf")


def set_notebook_options(app: Sphinx, config: Config) -> None:
    if is_left_to_sphinx(app):
        return
    set_if_unset(config, {"nb_execution_mode": "off"})
    ours: list[tuple[str, str, int | None]] = []
    for builder, kinds in OUTPUTS.items():
        ours += [(builder, kind, 10 * place) for place, kind in enumerate(kinds, 1)]
        ours += [(builder, kind, None) for kind in OF_SCRIPTS]
    config.nb_mime_priority_overrides = [*ours, *config.nb_mime_priority_overrides]


def write_hidden_code(app: Sphinx) -> None:
    """Write hidden code as HTML allows it, but on the pages of another project."""
    if not is_left_to_sphinx(app):
        from myst_nb.sphinx_ import HideCodeCellNode

        app.add_node(HideCodeCellNode, html=(visit_hidden_code, depart_hidden_code), override=True)


def leave_out_web_files(app: Sphinx) -> None:
    """Keep myst_nb from copying its style sheet into books."""
    if app.builder.name not in BOOKS:
        return
    for listener in list(app.events.listeners["build-finished"]):
        if listener.handler.__module__.startswith("myst_nb."):
            app.disconnect(listener.id)


def visit_hidden_code(self: HTML5Translator, node: nodes.Element) -> None:
    """Hide code behind its prompt on a web page; myst_nb puts paragraphs into the prompt, which HTML does not allow."""
    if self.builder.name not in BOOKS:
        classes = html.escape(" ".join(["hide", *node["classes"]]))
        self.body.append(f'<details class="{classes}">\n<summary>{html.escape(node["prompt_show"])}</summary>\n')


def depart_hidden_code(self: HTML5Translator, node: nodes.Element) -> None:
    if self.builder.name not in BOOKS:
        self.body.append("</details>\n")


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", write_hidden_code)
    app.connect("builder-inited", leave_out_web_files)
    app.connect("config-inited", set_notebook_options, priority=120)
