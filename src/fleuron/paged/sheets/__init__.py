"""Write the HTML sheets that are laid out as pages: articles, front matter, back matter and indexes."""
