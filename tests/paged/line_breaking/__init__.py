"""Tests of how the ends of lines are chosen."""
