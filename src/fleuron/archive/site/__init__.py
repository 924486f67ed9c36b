"""Publish released versions on the site."""
