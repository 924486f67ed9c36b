"""Render names: lists of names, single names, particles and initials (CSL 1.0.2, "Names")."""
