"""The settings of this publication."""

project = "Marginalia Eurasiatica"
# Names that are the same in every edition. No “2026, …”: Sphinx puts the year of the build for such a year.
author = "Marginalia Eurasiatica"
copyright = "Marginalia Eurasiatica, CC BY 4.0"

extensions = ["fleuron"]
fleuron_languages = ["en", "tr", "ru", "fa"]
fleuron_publication = "marginalia"
html_baseurl = "https://marginalia.example/"

# The repository also contains the program; these are the pages of the publication.
include_patterns = ["index.md", "issues/*", "articles/*", "authors/*"]
templates_path = ["_templates"]
