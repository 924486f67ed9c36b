"""Write deposits for registries and repositories: Crossref, DataCite, InvenioRDM."""
