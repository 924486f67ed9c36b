"""Run validators on the files of a release, and write their reports."""
