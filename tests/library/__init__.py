"""Tests of library records and JATS."""
