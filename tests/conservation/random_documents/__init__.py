"""Random documents out of every construct that MyST and the press know, and what a reader has to find of them.

Each word of a document is there only once, so that the words of a page or a book show by themselves what was lost:
nothing here knows how the press or its proof (`fleuron.conservation`) reads a text.
"""
