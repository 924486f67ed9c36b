"""Write records for library catalogues: Dublin Core, MARC 21, CITATION.cff, RO-Crate."""
