"""Documents read on a Dask cluster."""
