"""Lay out sheets as tagged PDF pages. Only the modules of this folder import WeasyPrint (with pydyf and pyphen)."""

from __future__ import annotations

import logging

# accessible-pygments 0.0.5, which Furo needs, lets the root logger print what any package logs; WeasyPrint logs its
# steps, also while it is imported.
logging.getLogger("weasyprint").propagate = False
