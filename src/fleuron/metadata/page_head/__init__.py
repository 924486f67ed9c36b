"""Describe an article in the head of its page: meta and link elements, JSON-LD."""
