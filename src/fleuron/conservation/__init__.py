"""Check that what is written has every word of its source: once, in order and in the right place.

`words` and `comparison` know neither Sphinx nor docutils; `doctree_words` reads what is to be written, `html_words` and
`pdf_words` what was written, and `page_check` compares both in a build.
"""
