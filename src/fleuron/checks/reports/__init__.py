"""Write the violations that a check has found, for people and for programs."""
