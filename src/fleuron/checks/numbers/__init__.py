"""Compare the numbers and dates of a text with those of its translation, in the usage of both languages."""
