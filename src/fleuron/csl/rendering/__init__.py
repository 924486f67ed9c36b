"""Render citations and bibliographies from a compiled style."""
