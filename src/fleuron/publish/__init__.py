"""Build the editions of a publication and publish those that are whole.

Each edition is built in ``BUILDDIR/editions/<language>/``, with one folder for each format and one
with the doctrees that the formats share. Only when every edition that was asked for is built without
an error do its pages, EPUBs and PDFs replace the ones published in BUILDDIR.
"""
