"""Write library records: Dublin Core, MARC 21, CITATION.cff, RO-Crate."""
