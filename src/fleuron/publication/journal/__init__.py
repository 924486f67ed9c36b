"""What makes a journal of articles: notices about other articles."""
