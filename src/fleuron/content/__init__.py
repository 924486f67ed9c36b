"""Provide the content that formats share: records, addresses, downloads, citations, page numbers, mathematics."""
