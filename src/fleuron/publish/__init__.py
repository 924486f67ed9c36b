"""From galley to shelf: build the editions, and put what is whole where readers find it.

Each edition is built in its galley, ``BUILDDIR/galleys/<language>/``, with one folder for each
format and one with the doctrees they share. Only when every edition that was asked for is built
without an error do the galleys' pages, EPUBs and PDFs replace what stands in BUILDDIR.
"""
