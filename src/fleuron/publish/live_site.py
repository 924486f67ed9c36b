"""Build the site again whenever an author saves a file: in copies of a process that has imported all it needs."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from fleuron.publication.edition import Edition
from fleuron.publish.build_folder import reserved
from fleuron.publish.build_inputs import publication_inputs
from fleuron.publish.build_processes import end_by_signals, end_with_parent, process_context
from fleuron.publish.build_report import BuildReport, in_order_of_files
from fleuron.publish.edition_builds import BuildOutcome
from fleuron.publish.format_build import FormatBuild
from fleuron.publish.kept_builds import BuildRecords, run_changed
from fleuron.publish.landing_page import add_site_pages, landing_template
from fleuron.publish.live_server import Changed, News, Reported, serve
from fleuron.publish.parallel.pages import add_parallel_pages
from fleuron.publish.replace_published import NewFormat, add_edition
from fleuron.publish.settings import CommandError, PublicationSettings, read_settings


@dataclass(frozen=True)
class LiveSite:
    """A site that is built again and again: its publication, its build folder, and what to build.

    ``options`` returns those for Sphinx, and ends a build whose sources it refuses; ``machine`` is the digest of what
    was installed when the command began.
    """

    source: Path
    build: Path
    wanted: Sequence[str]
    options: Callable[[], tuple[str, ...]]
    machine: str

    def build_again(self, tell: Callable[[News], None], shown: Set[str] = frozenset()) -> list[str]:
        """Build the editions that have changed, and publish each as soon as it is ready; return their languages.

        Those that are ``shown`` in a browser come first. Each is told when its files have changed, and at the end all
        that is wrong. An edition with errors is published if it can be written: its author sees what is wrong on the
        page, and reads why there and in the terminal.
        """
        options = self.options()
        settings = read_settings(self.source)
        languages = settings.chosen(self.wanted)
        template = landing_template(settings.templates)
        with reserved(self.build):
            changed = list(self.publish_changed(settings, languages, options, shown, tell))
            if any((self.build / "html" / language).is_dir() for language in languages):
                site = NewFormat(self.build, "html")
                add_parallel_pages(site, settings)
                add_site_pages(site, settings.title, settings.languages, template)
                site.publish()
        return changed

    def publish_changed(
        self,
        settings: PublicationSettings,
        languages: Sequence[str],
        options: tuple[str, ...],
        shown: Set[str],
        tell: Callable[[News], None],
    ) -> Iterator[str]:
        """Build editions and publish them; yield the languages of those of which files have changed."""
        report = BuildReport(settings.source)
        records = BuildRecords(publication_inputs(settings, self.build, self.machine))
        builds = FormatBuild(settings, self.build, "html", options, "", True, records).builds(languages)
        builds.sort(key=lambda build: build.language not in shown)
        for edition, ended in zip(builds, run_changed(builds, records=records, for_each_core=2), strict=True):
            report.show(report.new_messages(ended.output))
            if not BuildOutcome(ended.code, keeps_going=True).is_publishable:
                print(f"{Edition(edition.language).name}: not written; its pages are those of before", flush=True)
                continue
            site = NewFormat(self.build, "html")
            changes = add_edition(site, edition.output_folder, edition.language)
            site.publish()
            if changes:
                tell(Changed(edition.language))
                yield edition.language
        tell(Reported("".join(in_order_of_files(report.shown))))


def serve_live(site: LiveSite, port: int) -> int:
    """Build a site, serve it, and build it again after each change until Ctrl-C; return the exit code.

    Raises CommandError if the port cannot be used.
    """
    pages, server = start_server(site, port)
    address = pages.recv()
    if not address.startswith("http"):
        raise CommandError(f"port {port} cannot be used ({address}); choose another one with --port")
    try:
        build_and_report(site, pages.send)
        print(f"{address} shows the site; it changes when you save a file. Ctrl-C ends.", flush=True)
        while True:
            changed, shown = pages.recv()
            while pages.poll():
                more, shown = pages.recv()
                changed += more
            if any(path.endswith(".py") for path in changed):
                begin_anew(server)
            build_and_report(site, pages.send, shown)
    except KeyboardInterrupt:
        return 0
    except EOFError:
        return 1  # the server has ended, and has said why
    finally:
        server.terminate()


def start_server(site: LiveSite, port: int) -> tuple[Connection, BaseProcess]:
    """Start the process that serves the site and watches the sources; return the connection to it."""
    own, other = multiprocessing.Pipe()
    (site.build / "html").mkdir(parents=True, exist_ok=True)
    # The classes of contexts have the attribute, the abstract one of the type stubs has not.
    server: BaseProcess = process_context().Process(  # type: ignore[attr-defined]
        target=run_server, args=(site.source.resolve(), site.build.resolve(), port, other, own), daemon=True
    )
    server.start()
    other.close()
    return own, server


def run_server(source: Path, build: Path, port: int, builder: Connection, own: Connection) -> None:
    """Run the server in this process, a new one, which leaves Ctrl-C to its parent and ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_by_signals()
    end_with_parent()
    own.close()
    try:
        serve(source, build, port, builder)
    except OSError as error:  # such as more folders than the system lets a program watch
        print(f"fleuron: the sources cannot be watched: {error}", file=sys.stderr, flush=True)


def build_and_report(site: LiveSite, tell: Callable[[News], None], shown: Set[str] = frozenset()) -> None:
    """Build the site again, and say how long it took; what cannot be built waits for the next change."""
    started = time.monotonic()
    try:
        languages = site.build_again(tell, shown)
    except SystemExit as error:
        print(error.code, file=sys.stderr, flush=True)
        tell(Reported(f"{error.code}\n"))
        return
    names = ", ".join(Edition(language).name for language in languages)
    if names:
        print(f"{names}: written in {time.monotonic() - started:.1f} s", flush=True)


def begin_anew(server: BaseProcess) -> None:
    """Replace this process by a new one of the same command: what conf.py imports is imported once in a process."""
    server.terminate()
    server.join()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
