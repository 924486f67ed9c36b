"""Run Sphinx for one edition, as ``python -m sphinx`` does, and print what ends it as one message.

Sphinx 9.0 answers its own errors, such as a theme that does not exist, and any other exception with a report for
developers: versions, a traceback, and where to file a bug.
"""

from __future__ import annotations

import gc
import sys
import traceback
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import myst_parser.mdit_to_docutils.base
import pybtex.plugin
import sphinx._cli.util.errors as stock
import sphinx.theming
import sphinxcontrib.bibtex.plugin
from docutils.frontend import get_default_settings
from sphinx.cmd.build import build_main
from sphinx.errors import ConfigError, ExtensionError, SphinxError, ThemeError

from fleuron.content.template_errors import template_fault
from fleuron.diagnostics.nearest_settings import with_nearest_setting
from fleuron.exception_findings import finding_of_exception, original, place_of_exception
from fleuron.reporting import collected_messages
from fleuron.system_faults import stops_builds

# New objects between two garbage collections. Sphinx builds trees that live long, and Python's default of 700
# spends a fifth of a build on searching them.
COLLECTION_THRESHOLD = 100_000
# The modules that look for entry points.
ENTRY_POINT_READERS: tuple[Any, ...] = (sphinx.theming, pybtex.plugin, sphinxcontrib.bibtex.plugin)
MYST_RENDERING: Any = myst_parser.mdit_to_docutils.base
answer_of_sphinx = stock.handle_exception


def print_error(exception: BaseException, /, **context: Any) -> None:
    """Print what has ended a build as one message.

    An exception after errors in the sources may be their consequence, and is left to the next build. What stops any
    build is raised again.
    """
    if not isinstance(exception, Exception):
        answer_of_sphinx(exception, **context)
        return
    if context.get("print_traceback"):
        traceback.print_exception(exception)
    if stops_builds(original(exception)):
        raise original(exception)
    messages = collected_messages()
    if isinstance(exception, SphinxError) and not is_of_handler(exception):
        print(message_of_sphinx(exception), file=sys.stderr)
    elif not (messages and messages.errors):
        print(message_of_exception(exception, context), file=sys.stderr)


def is_of_handler(exception: SphinxError) -> bool:
    """Return whether an exception was raised while Sphinx ran, and not while it loaded an extension."""
    return original(exception) is not exception and not isinstance(original(exception), ImportError)


def message_of_sphinx(exception: SphinxError) -> str:
    """Return the message of an error that Sphinx, or an extension, raises for the author to read."""
    place = "conf.py: " if isinstance(exception, ConfigError | ExtensionError | ThemeError) else ""
    cause = f": {original(exception)}" if original(exception) is not exception else ""
    fault = template_fault(exception.__cause__) if exception.__cause__ else ""
    told = with_nearest_setting(f"{exception.args[0]}{cause}")
    return f"fleuron: {fault or f'{place}{told}'}"


def message_of_exception(exception: Exception, context: dict[str, Any]) -> str:
    """Return the message of any other exception, with its place where that is known."""
    extensions = [extension.name for extension in context.get("extensions", ())]
    text = finding_of_exception(exception, extensions=extensions).text
    path, line = place_of_exception(exception) or ("", 1)
    return f"{path}:{line}: ERROR: {text}" if Path(path).is_file() else f"fleuron: {text}"


@cache
def all_entry_points() -> Any:
    """Return the entry points of all installed packages."""
    return entry_points()


def chosen_entry_points(**chosen: str) -> Any:
    """Return what `importlib.metadata.entry_points` does, without reading the metadata of all packages each time."""
    return all_entry_points().select(**chosen)


def main(arguments: list[str]) -> int:
    """Run ``sphinx-build``, and return its exit code."""
    stock.handle_exception = print_error
    # Sphinx 9.0, pybtex 0.26 and sphinxcontrib-bibtex 2.7 ask five times in each build.
    for module in ENTRY_POINT_READERS:
        module.entry_points = chosen_entry_points
    # MyST 5.2 reads docutils' default settings for each text it parses, such as each translated message, and uses them
    # only where it is given no document: a tenth of the build of a translated edition.
    MYST_RENDERING.get_default_settings = cache(get_default_settings)
    gc.set_threshold(COLLECTION_THRESHOLD)
    return build_main(arguments)
