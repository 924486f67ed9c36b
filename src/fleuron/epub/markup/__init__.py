"""The markup of a book's pages: what Sphinx leaves is removed, and what reading systems look for is added."""
