"""Compile a style, and render citations and bibliographies with it."""
