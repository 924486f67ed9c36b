"""Show what is built in the browser while its author writes, and build it again whenever a file is saved."""
