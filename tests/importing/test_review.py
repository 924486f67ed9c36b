"""`fleuron import --review` asks about each uncertain note, keeps the answers, and goes on where the editor left."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from fleuron.csl.sources.bibtex import read_bibliography
from fleuron.importing.full_citations import key_of, read_full_citation
from fleuron.importing.markdown_notes import import_markdown
from fleuron.importing.recognised_notes import NoteReader
from tests.importing.test_import_command import import_file
from tests.importing.test_recognised_notes import FOLDER, SOURCES
from tests.support.publications import Publication, Result

TEXT = """# Essay

A.[^1] B.[^2] C.[^3] D.[^4] E.[^5] F.[^6]

[^1]: Grafton, p. 3.

[^2]: Fred Halliday, “Soviet Foreign Policymaking,” Review of International Studies 25 (1999): 675–691, at 680.

[^3]: Ibid., p. 690.

[^4]: Nothing but words.

[^5]: Ada Lovelace, Notes (London: Taylor, 1843), 12.

[^6]: Barfield is right about the kings.
"""
UNCERTAIN = """# Essay

A.[^1] B.[^2] C.[^3] D.[^4] E.[^5] F.[^6]

<!-- fleuron import: it may cite “grafton1991” (similarity 0.25) -->
[^1]: Grafton, p. 3.

<!-- fleuron import: it cites the proposed entry “halliday1999” -->
[^2]: Fred Halliday, “Soviet Foreign Policymaking,” Review of International Studies 25 (1999): 675–691, at 680.

<!-- fleuron import: it cites the proposed entry “halliday1999” -->
[^3]: Ibid., p. 690.

[^4]: Nothing but words.

<!-- fleuron import: it cites the proposed entry “lovelace1843” -->
[^5]: Ada Lovelace, Notes (London: Taylor, 1843), 12.

[^6]: Barfield is right about the kings.
"""
DECIDED = """# Essay

A.{footcite}`grafton1997{p. 3}` B.{footcite}`halliday1999{p. 680}` C.{footcite}`halliday1999{p. 690}` D.[^4] \
E.[^5] F.[^6]

[^4]: Nothing but words.

[^5]: Ada Lovelace, Notes (London: Taylor, 1843), 12.

[^6]: Barfield is right about the kings.
"""


@pytest.fixture
def publication(tmp_path: Path) -> Publication:
    made = Publication(tmp_path / "source")
    made.write("conf.py", 'project = "Small"\nextensions = ["fleuron"]\n')
    made.write("index.md", "# Small\n\n```{toctree}\narticles/essay\n```\n")
    made.write("refs.bib", (FOLDER / "refs.bib").read_bytes())
    made.write("essay.md", TEXT)
    return made


def review(publication: Publication, answers: str, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.setattr("sys.stdin", io.StringIO(answers))
    return import_file(publication, "essay.md", "--review")


def test_what_is_uncertain_has_a_mark_and_its_entries_are_proposed(publication: Publication) -> None:
    result = import_file(publication, "essay.md")
    article = publication.source / "articles/essay.md"
    assert article.read_text("utf-8") == UNCERTAIN
    assert (
        result.code == 0
        and f"{article}:6: it may cite “grafton1991” (similarity 0.25): Grafton, p. 3." in result.output
    )
    proposed, _findings = read_bibliography((publication.source / "imported/essay.bib").read_text("utf-8"))
    assert list(proposed) == ["halliday1999", "lovelace1843"]
    assert proposed["halliday1999"]["container-title"] == "Review of International Studies"
    assert (proposed["lovelace1843"]["publisher"], proposed["lovelace1843"]["publisher-place"]) == ("Taylor", "London")
    assert (publication.source / "refs.bib").read_bytes() == (FOLDER / "refs.bib").read_bytes()


def test_marks_are_written_once(publication: Publication) -> None:
    once = import_markdown(TEXT, SOURCES).text
    assert import_markdown(once, SOURCES).text == once == UNCERTAIN


def test_the_editor_decides(publication: Publication, monkeypatch: pytest.MonkeyPatch) -> None:
    result = review(publication, "2\nx\nn\nw\n", monkeypatch)
    assert result.code == 0, result.output
    assert (publication.source / "articles/essay.md").read_text("utf-8") == DECIDED
    assert "  1 25% grafton1991: Grafton, Defenders of the Text:" in result.output
    assert "[1–2] cite it, [w] keep as words, [q] quit:" in result.output
    assert re.search(r"title += \{Soviet Foreign Policymaking", result.output)
    assert "“x” is not one of them; write n, w or q" in result.output
    assert "\x1b" not in result.output
    after = (publication.source / "refs.bib").read_text("utf-8")
    assert after.count("halliday1999") == 1 and "lovelace1843" not in after
    assert not (publication.source / "imported/essay.bib").exists()


@pytest.mark.parametrize("end", ["q\n", ""])
def test_the_editor_leaves_and_goes_on(publication: Publication, monkeypatch: pytest.MonkeyPatch, end: str) -> None:
    result = review(publication, f"2\n{end}", monkeypatch)
    assert result.code == 1 and "your answers are in" in result.output
    assert not (publication.source / "articles/essay.md").exists()
    result = review(publication, "n\nw\n", monkeypatch)
    assert "grafton1991" not in result.output, "what was decided is not asked again"
    assert (publication.source / "articles/essay.md").read_text("utf-8") == DECIDED


def test_accepted_entries_are_cited(publication: Publication) -> None:
    result = import_file(publication, "essay.md", "--accept")
    assert "refs.bib: halliday1999, lovelace1843" in result.output
    text = (publication.source / "articles/essay.md").read_text("utf-8")
    assert "{footcite}`lovelace1843{p. 12}`" in text and "[^1]: Grafton, p. 3." in text


def test_a_repeat_follows_a_citation_that_the_text_has() -> None:
    text = "A.{footcite}`{see}rashid2000{p. 3}` B.[^1]\n\n[^1]: Ibid., p. 4.\n"
    assert import_markdown(text, SOURCES).text == "A.{footcite}`{see}rashid2000{p. 3}` B.{footcite}`rashid2000{p. 4}`\n"


@pytest.mark.parametrize(
    ("note", "key", "rest"),
    [
        (
            "E. P. Thompson, The Making of the English Working Class (London: Gollancz, 1963), 12–13.",
            "thompson1963",
            ", 12–13.",
        ),
        ("Robert Darnton and Daniel Roche, Revolution in Print (Berkeley, 1989), 5.", "darnton1989", ", 5."),
        ("Johns, Adrian. The Nature of the Book. Chicago: U of Chicago P, 1998. Print.", "johns1998", ". Print."),
        (
            "Darnton, Robert. “What Is the History of Books?” Daedalus, vol. 111, no. 3, 1982, pp. 65–83.",
            "darnton1982",
            ".",
        ),
        ("Гинзбург К. Сыр и черви. М.: РОССПЭН, 2000. С. 31.", "ginzburg2000", ". С. 31."),
        (
            "Успенский Б. А. История и семиотика // Труды по знаковым системам. 1988. Вып. 22. С. 66–84.",
            "uspenskiy1988",
            ".",
        ),
        ("Şerif Mardin, Türk Modernleşmesi, İletişim Yayınları, İstanbul 1991, s. 21.", "mardin1991", ", s. 21."),
        (
            "Şerif Mardin, “Super Westernization”, Turkey: Social Perspectives, c. 3 (1974), s. 403-446.",
            "mardin1974",
            ".",
        ),
        ("Simone de Beauvoir, The Second Sex (London: Cape, 1953), 5.", "beauvoir1953", ", 5."),
        ("The clerk was a friend, A. Tale (London: Nobody, 1900).", "", ""),
        ("As Thompson says in a letter (London: 3 May 1963), 12.", "", ""),
        ("Grafton, Footnote, 12.", "", ""),
    ],
)
def test_citations_in_full_are_read_as_entries(note: str, key: str, rest: str) -> None:
    found = read_full_citation(note)
    assert (key_of(found.item) if found else "") == key
    assert found is None or note[found.end :] == rest


def test_keys_of_proposals_are_free() -> None:
    reader = NoteReader(SOURCES, accepts=True)
    first = reader.read(
        "Anthony Grafton, Commerce with the Classics (Ann Arbor: University of Michigan Press, 1997), 3."
    )
    second = reader.read("Anthony Grafton, Another Book of That Year (Ann Arbor: Michigan, 1997), 4.")
    assert (first.keys, second.keys) == (("grafton1997a",), ("grafton1997b",))
