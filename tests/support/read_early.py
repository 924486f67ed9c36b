"""Read what Fleuron's command reads before builds, when the server process of `forked_sphinx` imports this."""

from fleuron.publish.early_imports import read_early

read_early("pdf")
