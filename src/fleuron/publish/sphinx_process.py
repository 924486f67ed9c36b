"""Run Sphinx for one edition, as ``python -m sphinx`` does, and print its own errors as one message.

Sphinx 9.0 answers its own errors, such as a theme that does not exist, with a report for its
developers: versions, a traceback, and where to file a bug.
"""

from __future__ import annotations

import gc
import sys
from typing import Any

import sphinx._cli.util.errors as stock
from sphinx.cmd.build import build_main
from sphinx.errors import ConfigError, ExtensionError, SphinxError, ThemeError

from fleuron.content.template_errors import template_fault

# New objects between two garbage collections. Sphinx builds trees that live long, and Python's default of 700
# spends a fifth of a build on searching them.
COLLECTION_THRESHOLD = 100_000
report_for_developers = stock.handle_exception


def print_error(exception: BaseException, /, **context: Any) -> None:
    """Print a fault of the publication as one message; any other exception is reported in full."""
    if isinstance(exception, SphinxError):
        place = "conf.py: " if isinstance(exception, ConfigError | ExtensionError | ThemeError) else ""
        cause = f": {exception.orig_exc}" if isinstance(exception, ExtensionError) and exception.orig_exc else ""
        fault = template_fault(exception.__cause__) if exception.__cause__ else ""
        print(f"fleuron: {fault or f'{place}{exception.args[0]}{cause}'}", file=sys.stderr)
    else:
        report_for_developers(exception, **context)


def main(arguments: list[str]) -> int:
    """Run ``sphinx-build``, and return its exit code."""
    stock.handle_exception = print_error
    gc.set_threshold(COLLECTION_THRESHOLD)
    return build_main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
