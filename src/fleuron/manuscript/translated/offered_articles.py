"""Leave articles out of an edition of which too few words are translated, once all documents are read.

They stay in Sphinx's environment, so that references to them have their titles and numbers, and are read again only if
they change. What is made of documents later does not find them: neither among the documents, nor in a table of contents
but where a page shows it, nor among the records of articles.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from fleuron.config import languages_of
from fleuron.editions.translation_progress import KeptCounts, TranslationProgress, translation_progress
from fleuron.editions.whole_files.files import whole_files
from fleuron.editions.whole_files.progress import whole_file_progress
from fleuron.extras import installed_version
from fleuron.manuscript.records import publication_records, text_messages
from fleuron.publication.document_names import is_article
from fleuron.publication.language_tags import language_tag

# The builders that leave articles out, and those of them whose pages and records name other editions.
BUILDERS = frozenset({"html", "epub", "pdf", "records"})
NAMES_EDITIONS = frozenset({"html", "records"})
# The file of the doctree folder in which a builder keeps how many words are translated.
COUNTS = "translated-words-{}.json"


def counted_progress(app: Sphinx) -> dict[str, dict[str, TranslationProgress]]:
    """Return the progress of each text in the languages that a build needs: its own, or all but the source's."""
    env, config = app.env, app.config
    here, translated = language_tag(config.language), languages_of(config)[1:]
    if app.builder.name not in NAMES_EDITIONS:
        translated = [language for language in translated if language == here]
    if app.builder.name not in BUILDERS or not translated:
        return {}
    record = Path(app.doctreedir, COUNTS.format(app.builder.name))
    kept = KeptCounts(record, f"fleuron {installed_version('fleuron')}, 1")
    texts, source, folders = text_messages(env), Path(env.srcdir), config.locale_dirs
    progress = translation_progress(source, folders, translated, texts, kept)
    whole = whole_file_progress(source, folders, translated, texts)
    return {language: {**progress[language], **whole[language]} for language in translated}


def choose_articles(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Leave out what is not offered; return all documents, to be written again, if that is another choice."""
    records, threshold = publication_records(env), app.config.fleuron_edition_threshold
    progress = counted_progress(app)
    records.data["progress"] = progress
    before, withdrawn = records.withheld_by_language, records.withdrawn  # which say so in every edition
    records.data["withheld_by_language"] = {
        language: sorted(
            name
            for name, share in printed_shares(app, language, texts).items()
            if is_article(name) and name not in withdrawn and share < threshold
        )
        for language, texts in progress.items()
    }
    withhold(env, records.withheld_by_language.get(language_tag(app.config.language), ()))
    return set(env.found_docs) if records.withheld_by_language != before else ()


def printed_shares(app: Sphinx, language: str, texts: Mapping[str, TranslationProgress]) -> dict[str, float]:
    """Return the part of each text that is printed translated, from 0 to 1.

    Sections of whole-file translations are printed also where they are stale, and so are stale messages with
    ``fleuron_stale = "translation"``.
    """
    whole = whole_files(Path(app.srcdir), app.config.locale_dirs, language)
    prints_older = app.config.fleuron_stale == "translation"
    return {
        name: progress.share_with_older if prints_older or name in whole else progress.share
        for name, progress in texts.items()
    }


def withhold(env: BuildEnvironment, documents: Sequence[str]) -> None:
    """Hide documents from what is made of all; `show_all` undoes it before the next build reads any."""
    records, index = publication_records(env), env.domains.index_domain.entries
    for document in documents:
        if article := records.articles.pop(document, None):
            records.withheld[document] = article
        if entries := index.pop(document, None):
            records.data["withheld_index"][document] = entries
        env.found_docs.discard(document)
    list_documents(env, documents)


def show_all(_app: Sphinx, env: BuildEnvironment, *_changes: object) -> Iterable[str]:
    """Undo `withhold`, as documents may be read again; no further ones are, for that."""
    records = publication_records(env)
    records.articles.update(records.withheld)
    env.domains.index_domain.entries.update(records.data["withheld_index"])
    if records.withheld:
        list_documents(env, ())
    records.withheld.clear()
    records.data["withheld_index"].clear()
    return ()


def list_documents(env: BuildEnvironment, withheld: Collection[str]) -> None:
    """Let Sphinx know which documents the tables of contents list, without some."""
    for document in env.toctree_includes:
        tables = env.tocs[document].findall(addnodes.toctree) if document in env.tocs else ()
        listed = [name for table in tables for name in table["includefiles"]]
        env.toctree_includes[document] = [name for name in listed if name not in withheld]


def write_offered(app: Sphinx) -> None:
    """Let the builder write no document that is left out, also if it was just read (an event handler)."""
    builder: Builder = app.builder
    write = builder.write

    def write_found(build: Iterable[str] | None, updated: Iterable[str], *method: Any, **options: Any) -> None:
        write(build, [name for name in updated if name in app.env.found_docs], *method, **options)

    builder.write = write_found  # type: ignore[misc, assignment]


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", write_offered)
    # Before any handler looks which documents have changed.
    app.connect("env-get-outdated", show_all, priority=0)
    # After all have looked at what was read, and translations were rejected.
    app.connect("env-updated", choose_articles, priority=910)
