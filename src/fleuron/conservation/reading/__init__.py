"""Check that a document as it is read has every word of its source file.

`recorder` keeps what Markdown's parser was given and what it made of it; `source_words` and `token_words` compare
these, `parts` compares directives and roles with the nodes that they made, and `source_check` reports what was lost.
`rst_words` and `front_matter` do so for reStructuredText and for front matter, `translations` for catalogues, and
`stages` for what happens to a document after its parser.
"""
