"""What a release publishes of an article that it does not change has the bytes of the last, or another version name."""

from __future__ import annotations

from pathlib import Path

import pytest

from fleuron.archive.release.build_environment import FORMATS
from tests.support.publications import Publication
from tests.support.tagged_releases import FILES

pytestmark = pytest.mark.slow

TWO = FILES["articles/one.md"].replace("10.5555/one", "10.5555/two").replace("# One", "# Two")
BOTH = {
    **FILES,
    "index.md": FILES["index.md"].replace("articles/one", "articles/one\narticles/two"),
    "articles/two.md": TWO,
}
# The deposit of a release with Crossref has the time of that release, by which Crossref knows the later of two.
OF_RELEASE = {"records/one.crossref.xml"}
# What cites the article in the version.
CITING = ("html", "json", "bib", "ris")


def release(publication: Publication, version: str, *formats: str) -> dict[str, bytes]:
    """Publish formats as the archive does, and return what is published."""
    options = f"-D version={version} -D release={version} -D fleuron_release={version}"
    done = publication.publish(*formats, options=options)
    assert done.code == 0, done.output
    return publication.files()


@pytest.mark.parametrize(
    "formats",
    [("records", "html"), pytest.param(FORMATS, marks=pytest.mark.nightly)],
    ids=["pages and records", "all formats"],
)
def test_the_files_of_an_article_that_does_not_change_are_the_same_in_the_next_release(
    tmp_path: Path, formats: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    publication = Publication(tmp_path / "source")
    for name, text in BOTH.items():
        publication.write(name, text)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772600767")
    first = release(publication, "v1.0", *formats)
    publication.write("articles/two.md", TWO.replace("The first text.", "Another text of rivers. " * 100))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1777871167")
    second = release(publication, "v1.1", *formats)
    assert first.keys() == second.keys()
    unchanged = {name for name, content in first.items() if content == second[name]}
    of_one = {name for name in first if Path(name).name.partition(".")[0] == "one"}
    pdfs = {"html/en/articles/one.pdf", "pdf/en/one.pdf"} if "pdf" in formats else set()
    assert {"html/en/articles/one.html", "records/en/one.marc.xml", *pdfs} < of_one
    renamed = {name for name in of_one - unchanged if second[name].replace(b"v1.1", b"v1.0") == first[name]}
    assert of_one - unchanged - renamed == OF_RELEASE
    assert {name.rpartition(".")[2] for name in renamed} == {*CITING}
    assert {"records/en/one.jats.xml", "records/en/one.marc.xml", *pdfs} < unchanged
    # Its author's page, and what the pages share.
    assert {"html/en/authors/ada.html", "html/en/_static/fleuron.css"} < unchanged
    changed = {"html/en/articles/two.html", "html/en/index.html", "pdf/en/two.pdf", "pdf/small-en.pdf"}
    assert changed.isdisjoint(unchanged)
    assert "Version v1.1" in second["html/en/index.html"].decode()
