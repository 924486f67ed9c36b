"""Make the payload of a released version: sources, formats, records and validator reports."""
