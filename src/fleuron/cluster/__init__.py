"""Use the Dask cluster that conf.py names: connect to it, and read documents on it."""
