"""Bind the laid-out parts into one PDF."""
