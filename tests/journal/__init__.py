"""Tests of what makes a journal of articles: dates, changes and notices."""
