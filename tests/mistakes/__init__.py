"""Tests of the messages about an author's or translator's mistakes."""
