"""Write the empty corner of a table's head as a cell that heads nothing."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator


class CellTranslator(HTML5Translator):
    """Write an empty cell of a table's head as a plain cell, as readers of screens and checks of PDFs want it.

    WeasyPrint 70 tags no cell without a line: it has a no-break space.
    """

    def visit_entry(self, node: nodes.entry) -> None:
        before = len(self.body)
        super().visit_entry(node)
        if not node.astext().strip() and node.next_node(nodes.image) is None:
            opening, content = self.body[before], "".join(self.body[before + 1 :])
            if opening.startswith("<th"):
                opening = re.sub(r' scope="\w+"', "", opening.replace("<th", "<td", 1))
                self.context[-1] = self.context[-1].replace("</th>", "</td>")
            self.body[before:] = [opening, content or "\N{NO-BREAK SPACE}"]
