"""Write the metadata in a page's head: Highwire Press tags, Dublin Core, Open Graph, schema.org, Signposting."""
