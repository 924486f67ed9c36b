"""Process text: runs, rich text, case, punctuation, numbers and alphabetical order."""
