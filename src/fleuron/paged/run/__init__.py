"""Run the layout of an edition: jobs, workers, cache and progress."""
