"""What a worker does with a unit: lay it out, and make its pages ready for binding.

Both are kept together, so that a unit that is laid out is bound without another walk through it.
"""

from __future__ import annotations

from dataclasses import replace

from fleuron.paged.gathering import prepare
from fleuron.paged.layout import lay_out
from fleuron.paged.units import Laid, Unit


def press(unit: Unit) -> Laid:
    """Lay out a unit as pages that `binding.bind` takes."""
    laid = lay_out(unit)
    return replace(laid, pdf=prepare(laid.pdf)) if laid.pages else laid
