"""Lay out sheets as tagged PDF pages. Only the modules of this folder import WeasyPrint (with pydyf and pyphen)."""
