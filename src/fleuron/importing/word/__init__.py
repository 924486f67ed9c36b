"""Read what an exported document of Word comes back with: changes, comments, and citations whose words were changed."""
