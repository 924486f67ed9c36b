"""Values of Sphinx's options that suit a publication, where its conf.py sets none."""

from __future__ import annotations

# The version of what has not been released.
UNRELEASED = "draft"
# Options of Sphinx that Fleuron's builders need, whatever the project, unless its conf.py sets them. The web pages of
# another project show the values that Sphinx gives them.
DEFAULTS_FOR_BUILDERS = {
    "author": "",  # Sphinx's own default, “Author name not set”, would be shown
    "epub_theme": "fleuron-epub",
    "version": UNRELEASED,  # Sphinx needs one for an EPUB
}
# The sources in archived versions, and in those that are being archived, do not belong to the publication.
ARCHIVED_SOURCES = ("archive/*/data", "archive/.draft-*")
# Options of Sphinx that suit a publication, so that its conf.py need not set them. A project in another theme
# keeps Sphinx's defaults.
DEFAULTS_FOR_PUBLICATIONS = {
    "exclude_patterns": ["_build", ".venv", "README.md"],
    "gettext_additional_targets": ["index"],
    "gettext_compact": False,  # one catalogue for each article
    "html_copy_source": False,
    "html_show_sourcelink": False,
    "html_scaled_image_link": False,  # any picture of a figure opens as large as the window
    "html_domain_indices": False,
    "html_theme": "fleuron",
    "html_use_index": False,
    "math_numfig": False,  # each article numbers its own equations, and references to them say the same
    "myst_footnote_transition": False,
    "myst_heading_anchors": 6,  # so that [x](b.md#heading) works
    "myst_dmath_double_inline": True,  # so that $$ after a line of text displays a formula, as in MathJax
    "locale_dirs": ["locale"],
    "myst_enable_extensions": [
        *("amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "strikethrough"),
    ],
    "numfig": True,
    "toc_object_entries": False,
}
# Those that say how texts are read and translated, which a publication in another theme has as well.
DEFAULTS_FOR_TEXTS = {
    name: value
    for name, value in DEFAULTS_FOR_PUBLICATIONS.items()
    if name.startswith(("gettext_", "locale_dirs", "myst_"))
}
# Markup of MyST that marks languages and formulas, which a publication has beside what its conf.py enables: without it,
# the braces would be printed, and the rows of a formula as text without their backslashes.
MARKUP_OF_PUBLICATIONS = ("amsmath", "attrs_block", "attrs_inline")
