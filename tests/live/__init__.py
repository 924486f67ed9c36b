"""Tests of what is shown in the browser while its author writes."""
