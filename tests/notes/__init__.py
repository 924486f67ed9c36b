"""Tests of citation notes."""
