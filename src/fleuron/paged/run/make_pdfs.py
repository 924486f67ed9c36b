"""Make an edition's PDFs with what this machine has: layout cache, processes or a cluster, and a progress bar."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from sphinx.config import Config
from sphinx.util import logging

from fleuron.paged.layout.units import LaidOut, Unit
from fleuron.paged.run.assemble_edition import AssembledEdition, Bind, EditionAssembler
from fleuron.paged.run.layout_cache import open_cache
from fleuron.paged.run.progress_bar import Progress
from fleuron.paged.run.workers import Cluster, LayoutStopped, Pool, dask_executor, lay_out_units, pool_executor
from fleuron.paged.sheets.pdf_input import PdfInput
from fleuron.paged.sheets.sheet_templates import SheetTemplates
from fleuron.progress.progress_line import LAYOUT, is_terminal, note_step
from fleuron.publication.page_plan import read_plan

logger = logging.getLogger(__name__)
# The file descriptor of the terminal, where another program reads the output of the build.
TERMINAL = "FLEURON_TERMINAL"


def executor_of(config: Config) -> Pool | Cluster:
    """Return where pages are laid out, as conf.py says; raises LayoutStopped."""
    if config.fleuron_pdf_executor == "dask":
        return dask_executor(config.fleuron_pdf_scheduler)
    return pool_executor(os.cpu_count() or 1)


def make_pdfs(
    pdf_input: PdfInput, templates: SheetTemplates, config: Config, bind: Bind, plan: Path, only: str, issue: str
) -> AssembledEdition:
    """Make an edition's PDFs; ``plan`` is the file of the last page plan.

    ``only`` and ``issue`` are the one article or issue to make, or empty. Raises SystemExit where nothing can be laid
    out, with the reason, and SheetTemplateError.
    """
    cache, notice = open_cache(os.environ)
    if notice:
        print(f"fleuron: {notice}", file=sys.stderr)
    stream = sys.stderr
    if terminal := os.environ.get(TERMINAL):
        stream = os.fdopen(int(terminal), "w", closefd=False)
    note_step(LAYOUT)
    label, shown = pdf_input.edition.name, is_terminal(stream, os.environ)
    try:
        with executor_of(config) as executor, Progress(stream, label, terminal=shown, quiet=not shown) as progress:
            chapters = {chapter.fragment.anchor for chapter in pdf_input.chapters}
            silent = Progress(stream, quiet=True)

            def lay_out(units: Iterable[Unit]) -> Mapping[str, LaidOut]:
                wanted = list(units)
                observer = progress if any(unit.name in chapters for unit in wanted) else silent
                return lay_out_units(wanted, executor, cache, observer)

            assembled = EditionAssembler(pdf_input, templates, lay_out, bind).assemble(read_plan(plan), only, issue)
        note_step("binding")
        if cache and cache.fault:
            print(f"fleuron: {cache.fault}", file=sys.stderr)
    except LayoutStopped as stopped:
        raise SystemExit(f"fleuron: {stopped}") from stopped
    if assembled.unsettled:
        logger.warning(
            "the folios of these articles never settle: %s",
            ", ".join(assembled.unsettled),
            type="fleuron",
            subtype="folios",
        )
    return assembled
