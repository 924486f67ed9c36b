"""Describe articles and volumes for machines: elements of a page's head, deposits, feeds, library records.

Nothing here needs Sphinx or docutils: a `Work` or a `Volume` goes in; elements, JSON, XML and text come out.
"""
