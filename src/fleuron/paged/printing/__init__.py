"""Make the printer's file of a bound volume: PDF/X-4 with trim, bleed and crop marks, and greys as black ink alone."""
