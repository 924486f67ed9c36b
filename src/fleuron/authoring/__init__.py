"""Make publications, articles and contributors' pages out of templates, and change settings in conf.py."""
