"""Serve the site in the browser, and build it again whenever a source file is saved.

The pages that are open load themselves again. An edition with errors is shown too, if it can be written.
With --format pdf, the pages of articles are shown as they are printed: the offprints that are open are laid out again.
"""

from __future__ import annotations

from argparse import Namespace
from functools import partial

from fleuron.commands.arguments import CommandParser, add_build
from fleuron.extras import require_extra


def add_arguments(parser: CommandParser) -> None:
    add_build(parser)
    parser.add_argument(
        "--format",
        choices=("html", "pdf"),
        default="html",
        help="what to show: the site, or the printed pages of the articles that are open (default: html)",
    )
    parser.add_argument(
        "--port", type=int, default=8000, help="the port of http://127.0.0.1, or 0 for any (default: 8000)"
    )


def run(arguments: Namespace) -> int:
    require_extra("live", "to serve the site while you write")
    if arguments.format == "pdf":
        require_extra("pdf", "to lay out pages")
    from fleuron.publish.build_inputs import machine_digest
    from fleuron.publish.live.builds import serve_live
    from fleuron.publish.live.offprints import LiveOffprints
    from fleuron.publish.live.site import LiveSite
    from fleuron.publish.untrusted_sources import options_of

    check = partial(options_of, arguments)
    kind = LiveOffprints if arguments.format == "pdf" else LiveSite
    return serve_live(
        kind(arguments.source, arguments.build, arguments.languages, check, machine_digest()), arguments.port
    )
