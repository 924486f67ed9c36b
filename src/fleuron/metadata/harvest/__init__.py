"""Describe all articles of a review together, as those take it in who harvest or index it: OAI-PMH, DOAJ, KBART."""
