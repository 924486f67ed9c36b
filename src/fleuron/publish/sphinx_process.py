"""Run Sphinx for one edition, as ``python -m sphinx`` does, and tell its errors in a line.

Sphinx 9.0 ends at each of its own errors, such as a theme that is not there, with a report for
its developers: versions, a traceback, and where to file a bug.
"""

from __future__ import annotations

import gc
import sys
from typing import Any

import sphinx._cli.util.errors as stock
from sphinx.cmd.build import build_main
from sphinx.errors import ConfigError, ExtensionError, SphinxError, ThemeError

from fleuron.publish.template_errors import template_fault

# New objects between two looks for garbage. Sphinx builds trees that live long; Python's 700 would look them through
# for a fifth of a build.
LOOK_EVERY = 100_000
report_for_developers = stock.handle_exception


def tell(exception: BaseException, /, **context: Any) -> None:
    """Print an author's mistake as one message; what is none is for the developers, whole."""
    if isinstance(exception, SphinxError):
        place = "conf.py: " if isinstance(exception, ConfigError | ExtensionError | ThemeError) else ""
        cause = f": {exception.orig_exc}" if isinstance(exception, ExtensionError) and exception.orig_exc else ""
        fault = template_fault(exception.__cause__) if exception.__cause__ else ""
        print(f"fleuron: {fault or f'{place}{exception.args[0]}{cause}'}", file=sys.stderr)
    else:
        report_for_developers(exception, **context)


if __name__ == "__main__":
    stock.handle_exception = tell
    gc.set_threshold(LOOK_EVERY)
    sys.exit(build_main(sys.argv[1:]))
