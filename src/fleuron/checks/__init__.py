"""Check the sources of a publication as a copy editor reads them, without building it: rules and their reports."""
