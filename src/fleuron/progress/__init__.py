"""Show on a terminal what a command is doing, and tell it what its Sphinx processes do."""
