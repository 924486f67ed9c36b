"""What the front and back matter of books says, in PDFs and EPUBs: imprint, list of sources, entries of indexes."""
