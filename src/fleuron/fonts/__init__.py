"""Find installed typefaces, subset them and write the CSS that declares them."""
