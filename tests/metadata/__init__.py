"""Tests of metadata records and exports."""
