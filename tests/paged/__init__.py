"""Tests of page layout, binding and the PDF builder."""
