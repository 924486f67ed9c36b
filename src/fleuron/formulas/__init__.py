"""Convert formulas from LaTeX to MathML while building (no Sphinx, no docutils)."""
