"""Formulas are drawn for the PDFs."""
