"""Merge what the sources say now into translators' catalogues (.po files), line by line.

In place of sphinx-intl 2.4 and Babel 2.18, which lose the fields of a header that they do not know, previous messages,
and the translations of messages that come back, and which wrap and sort anew what nobody has changed. polib 1.2 wraps
anew too.
"""
