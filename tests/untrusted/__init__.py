"""Tests of what a publication by somebody else can do to the machine and to readers."""
