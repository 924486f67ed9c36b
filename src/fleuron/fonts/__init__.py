"""Find the installed faces of a typeface, subset them to the characters of pages, and write the CSS that names them."""
