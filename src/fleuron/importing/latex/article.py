"""Make an article of a LaTeX document, with the entries of its .bib files that the publication has not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from fleuron.importing.conversion.cites import CiteMarkup, cited_keys
from fleuron.importing.converted_files import ConvertedFile, written_article
from fleuron.importing.latex.document import read_document, read_latex
from fleuron.importing.latex.words import latex_text
from fleuron.importing.new_sources import new_sources


def convert_latex(
    pandoc: str,
    file: Path,
    folder: Path,
    name: str,
    authors: Mapping[str, str],
    bibliography: Mapping[str, Mapping[str, Any]],
    *,
    in_text: bool,
) -> tuple[ConvertedFile, str]:
    """Convert a document as `convert` does; return it and the document's text, whose words the article must have.

    ``bibliography`` has the publication's items; ``in_text`` says whether it cites in the text. Raises ConversionError.
    """
    document = read_document(file)
    tree, losses = read_latex(pandoc, document, folder)
    sources = new_sources(document.bibliographies, cited_keys(tree["blocks"]), bibliography)
    markup = CiteMarkup(in_text, sources.renamed)
    converted = written_article(pandoc, tree, folder, name, authors, file.resolve().parent, markup)
    told = [f"the key “{old}” of its bibliography is “{new}” here" for old, new in sources.renamed.items()]
    told += [f"no .bib file has the source “{key}” that it cites" for key in sources.missing]
    aside = " ".join(sources.renamed)
    left_out = (*converted.left_out, *losses, *told)
    return replace(converted, left_out=left_out, entries=sources.entries, aside=aside), latex_text(document.text)
