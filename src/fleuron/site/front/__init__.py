"""The first page of an edition: what it shows beside what its author wrote."""
