"""Tests of the commands that make publications and change them."""
