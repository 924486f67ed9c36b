"""The settings of the handbook, a publication of its own: `make handbook`."""

project = "The Fleuron Handbook"
author = "The Fleuron authors"
copyright = "The Fleuron authors, MIT licence"

extensions = ["fleuron"]
fleuron_languages = ["en", "tr", "ru"]
fleuron_publication = "fleuron-handbook"
html_baseurl = "https://fleuron.example/docs/"
# Texts that the pages show, as source and as set.
exclude_patterns = ["_build", "examples"]
