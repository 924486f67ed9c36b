"""Prove that what is written has every word of its source: in order, in its place, and once.

`words` and `comparison` know neither Sphinx nor docutils; `doctree_words` reads what is to be written, `html_words` and
`pdf_words` what was written, and `page_check` compares both in a build.
"""
