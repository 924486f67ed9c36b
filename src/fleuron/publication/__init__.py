"""What a publication is: its articles, contributors and editions, as plain records.

Nothing here knows of Sphinx or docutils.
"""
