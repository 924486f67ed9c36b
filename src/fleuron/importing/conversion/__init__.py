"""Read documents as pandoc's trees, and write the trees as an article is written (no Sphinx, no docutils)."""
