"""Tests of publication records, editions and reading."""
