"""Tests of the repository itself: architecture, packaging, determinism, publishing."""
