"""Tests of the EPUB builder."""
