"""The facts of this publication, and nothing else: the press is in src/fleuron."""

project = "Marginalia Eurasiatica"
author = "The Editors of Marginalia Eurasiatica"
# Not “2026, …”: Sphinx replaces a year in that form by the year of the build.
copyright = "The Editors of Marginalia Eurasiatica, CC BY 4.0"

extensions = ["fleuron"]
fleuron_languages = ["en", "tr", "ru"]
fleuron_publication = "marginalia"

# The repository is the publication and its press; these are the publication's pages.
include_patterns = ["index.md", "articles/*", "authors/*"]
templates_path = ["_templates"]
