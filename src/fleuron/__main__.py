"""Run the command ``fleuron`` as ``python -m fleuron``."""

from __future__ import annotations

from fleuron.commands.main import main

if __name__ == "__main__":
    main()
