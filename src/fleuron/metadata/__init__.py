"""What catalogues read of an article and of an edition, in the forms that they ask for.

Nothing here knows of Sphinx or docutils: a `Work` goes in; tags, links, JSON, XML and records come out.
"""
