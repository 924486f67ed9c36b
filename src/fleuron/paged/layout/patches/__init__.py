"""Corrections of WeasyPrint 70, for texts that run from right to left and scripts whose letters join."""
