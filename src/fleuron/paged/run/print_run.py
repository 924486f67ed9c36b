"""Print an edition with the means of this machine: its cache, its processes or a cluster, and a bar that shows it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from sphinx.config import Config
from sphinx.util import logging

from fleuron.paged.layout.units import Laid, Unit
from fleuron.paged.run.edition_printing import Bind, Press
from fleuron.paged.run.layout_cache import open_cache
from fleuron.paged.run.progress_bar import Progress, is_terminal
from fleuron.paged.run.workers import Cluster, LayoutStopped, Pool, dask_executor, laid_out, pool_executor
from fleuron.paged.sheets.manuscripts import Manuscript, Printed
from fleuron.publication.page_plan import read_plan, write_plan

logger = logging.getLogger(__name__)
# What a worker does with a unit, by name: it alone imports the engine.
PRESS = "fleuron.paged.run.unit_task:press"
# The file descriptor of the terminal, where the press runs behind another program that hears what it says.
TERMINAL = "FLEURON_TERMINAL"


def executor_of(config: Config) -> Pool | Cluster:
    """Return where pages are laid out, as conf.py says; raises LayoutStopped."""
    if config.fleuron_pdf_executor == "dask":
        return dask_executor(config.fleuron_pdf_scheduler)
    return pool_executor(os.cpu_count() or 1)


def print_edition(manuscript: Manuscript, config: Config, bind: Bind, plan: Path, only: str) -> Printed:
    """Print a manuscript; ``plan`` is the file of its page plan, ``only`` the one article to print, or nothing.

    Raises SystemExit where nothing can be laid out, with the reason.
    """
    cache, notice = open_cache(os.environ)
    if notice:
        print(f"fleuron: {notice}", file=sys.stderr)
    stream = sys.stderr
    if terminal := os.environ.get(TERMINAL):
        stream = os.fdopen(int(terminal), "w", closefd=False)
    label, shown = manuscript.edition.name, is_terminal(stream, os.environ)
    try:
        with executor_of(config) as executor, Progress(stream, label, terminal=shown, quiet=not shown) as progress:
            chapters = {chapter.fragment.anchor for chapter in manuscript.chapters}
            silent = Progress(stream, quiet=True)

            def lay_out(units: Iterable[Unit]) -> Mapping[str, Laid]:
                wanted = list(units)
                watch = progress if any(unit.name in chapters for unit in wanted) else silent
                return laid_out(wanted, executor, cache, watch, PRESS)

            printed = Press(manuscript, lay_out, bind).print(read_plan(plan), only)
        if cache and cache.fault:
            print(f"fleuron: {cache.fault}", file=sys.stderr)
    except LayoutStopped as stopped:
        raise SystemExit(f"fleuron: {stopped}") from stopped
    if printed.restless:
        logger.warning(
            "the pages do not come to rest: %s", ", ".join(printed.restless), type="fleuron", subtype="folios"
        )
    if not printed.losses:
        write_plan(printed.plan, plan)
    return printed
