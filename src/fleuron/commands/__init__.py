"""The command ``fleuron``: one module for each subcommand, which imports only what it needs."""
