"""What libraries take into their catalogues of an article: records that need its whole text, or more than a page shows."""
