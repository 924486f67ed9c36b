"""Write the Atom feed, the OpenSearch description and the sitemap."""
