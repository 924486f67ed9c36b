"""Tests of the sample publication as it is built."""
