"""Rules on the translators' catalogues."""
