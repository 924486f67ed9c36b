"""Format citations and bibliographies in the styles of the Citation Style Language (CSL 1.0.2).

The package can be used alone: it needs lxml, pybtex, latexcodec, Babel and the locale files of citeproc-py, and imports
neither Sphinx nor docutils nor anything else of Fleuron. ::

    from pathlib import Path
    from fleuron.csl import Citation, Cite, Processor, compile_style, find_style, read_bibliography, to_html

    items, findings = read_bibliography(Path("refs.bib").read_text("utf-8"))
    processor = Processor(compile_style(find_style("opcit"), "tr-TR"), items)
    notes = [Citation((Cite("mackinder1904", locator="422"),), note=1), Citation((Cite("mackinder1904"),), note=2)]
    for runs in processor.render_citations(notes):
        print(to_html(runs))
    for entry in processor.render_bibliography():
        print(entry.id, to_html(entry.runs))

Items are dictionaries of CSL-JSON. What is rendered is a tuple of runs (`Text` and `Span`), which `to_html` and
`to_plain` write as a string; a program that has a document tree of its own can convert them directly.
"""

from fleuron.csl.json_input import InputError, read_items, read_notes
from fleuron.csl.processor import Processor
from fleuron.csl.rendering.bibliography import BibliographyEntry
from fleuron.csl.rendering.compiled_style import CompiledStyle, compile_style
from fleuron.csl.rendering.context import Cite, Position
from fleuron.csl.rendering.positions import Citation
from fleuron.csl.sources.bibtex import read_bibliography
from fleuron.csl.sources.entry.bib_entry import BibFinding
from fleuron.csl.sources.export.bibtex import to_bibtex
from fleuron.csl.sources.export.ris import to_ris
from fleuron.csl.style.style_files import Style, find_style, read_style
from fleuron.csl.style.xml import StyleError
from fleuron.csl.text.run_writers import to_html, to_plain
from fleuron.csl.text.runs import Mark, Run, Span, Text

__all__ = [
    "BibFinding",
    "BibliographyEntry",
    "Citation",
    "Cite",
    "CompiledStyle",
    "InputError",
    "Mark",
    "Position",
    "Processor",
    "Run",
    "Span",
    "Style",
    "StyleError",
    "Text",
    "compile_style",
    "find_style",
    "read_bibliography",
    "read_items",
    "read_notes",
    "read_style",
    "to_bibtex",
    "to_html",
    "to_plain",
    "to_ris",
]
