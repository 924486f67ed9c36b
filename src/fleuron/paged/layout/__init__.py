"""Lay out sheets as tagged PDF pages with WeasyPrint."""
