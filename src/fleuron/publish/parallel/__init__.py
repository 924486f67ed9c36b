"""Make pages that show an article in two languages side by side, of the pages that two editions publish."""
