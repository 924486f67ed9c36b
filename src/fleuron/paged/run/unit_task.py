"""What a worker does with a unit: lay it out, and make its pages ready for binding.

Both are kept together, so that a unit that is laid out is bound without another walk through it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from fleuron.paged.binding.prepared_parts import prepare
from fleuron.paged.layout.units import Laid, Unit
from fleuron.paged.layout.weasyprint_layout import lay_out


def press(unit: Unit) -> Laid:
    """Lay out a unit as pages that `binding.bind` takes."""
    with undisturbed():
        laid = lay_out(unit)
    return replace(laid, pdf=prepare(laid.pdf)) if laid.pages else laid


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keep Python from looking for garbage meanwhile.

    A page is a hundred thousand objects that all live until it is written: to look them through again and
    again takes as long as to lay them out. Measured with Python 3.11 on an article of 13 pages.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
