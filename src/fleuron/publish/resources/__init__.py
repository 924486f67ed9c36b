"""List the files of a published site for those who keep a copy of it (ResourceSync), and those that have moved."""
