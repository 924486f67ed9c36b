"""What only the pages of articles have on the site."""
