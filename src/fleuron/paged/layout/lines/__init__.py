"""Set the lines of paragraphs as `fleuron.paged.line_breaking` chooses them (patches WeasyPrint 70)."""
