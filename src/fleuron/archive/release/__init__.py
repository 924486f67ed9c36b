"""Build the bag of a released version from its tag: sources, formats, records and validator reports."""
