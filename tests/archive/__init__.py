"""Tests of the archive: bags, versions, OCFL."""
