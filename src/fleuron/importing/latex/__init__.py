"""Read LaTeX documents: the files that they consist of, the commands that pandoc does not know, and their words."""
