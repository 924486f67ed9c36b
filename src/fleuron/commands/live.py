"""Serve the site in the browser, and build it again whenever a source file is saved.

The pages that are open load themselves again. An edition with errors is shown too, if it can be written.
"""

from __future__ import annotations

from argparse import Namespace
from functools import partial

from fleuron.commands.arguments import CommandParser, add_build
from fleuron.extras import require_extra


def add_arguments(parser: CommandParser) -> None:
    add_build(parser)
    parser.add_argument(
        "--port", type=int, default=8000, help="the port of http://127.0.0.1, or 0 for any (default: 8000)"
    )


def run(arguments: Namespace) -> int:
    require_extra("live", "to serve the site while you write")
    from fleuron.publish.build_inputs import machine_digest
    from fleuron.publish.live_site import LiveSite, serve_live
    from fleuron.publish.untrusted_sources import options_of

    check = partial(options_of, arguments)
    site = LiveSite(arguments.source, arguments.build, arguments.languages, check, machine_digest())
    return serve_live(site, arguments.port)
