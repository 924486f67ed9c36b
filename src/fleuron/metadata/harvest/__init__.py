"""Describe a site and all its articles for those who harvest or index them: OAI-PMH, ResourceSync, DOAJ, KBART."""
