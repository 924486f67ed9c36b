"""Find the installed faces of a typeface, subset them to the characters of pages, and write the CSS that names them."""

from __future__ import annotations

import logging

# accessible-pygments 0.0.5, which Furo needs, lets the root logger print what any package logs; fontTools logs its
# steps.
logging.getLogger("fontTools").propagate = False
