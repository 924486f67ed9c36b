"""Tests of pictures: their files, those in HTML, their descriptions, and drawings without code."""
