"""A publication is read on a real Dask cluster, one of whose workers is killed, as it is read in one process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from distributed import LocalCluster

from fleuron.editions.whole_files.sections import sections_of
from tests.support.publications import Publication, Result

# It starts processes that import Dask.
pytestmark = pytest.mark.slow

SOURCES = "@book{key, author = {Author, Ada}, title = {A Source}, publisher = {Press}, year = {2020}}\n"
# The first process that reads kills the worker that has started it.
KILLING = """
import os, pathlib, sys
mark = pathlib.Path(__file__).with_name("killed")
if "reading_process" in sys.argv[0] and not mark.exists():
    mark.touch()
    os.kill(os.getppid(), 9)
"""
CONF = 'project = "Large"\nauthor = "A. Author"\nextensions = ["fleuron"]\nfleuron_languages = ["en", "tr"]\n'
CONF += "fleuron_edition_threshold = 0\n"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="9" height="9"/></svg>'
NUMBERS = [f"{number:02}" for number in range(30)]
# Articles are divided into two parts: the label and the mistakes are in both.
MISTAKES = {"03": "{footcite}`no-such-key`", "25": "{footcite}`key{unclosed`", "28": "{unknown}`role`"}


def article(number: str, following: str) -> str:
    """Return an article with a note, a figure, a formula and references to another article."""
    labels = {"02": "(twice)=\n", "21": "(twice)=\n", "22": "(twice)=\n"}
    return (
        f"---\nauthors: [ada]\ndate: 2026-01-02\nkeywords: [borders]\n---\n# Article {number}\n\n"
        f"(label-{number})=\n## A section\n\n"
        f"A text{{footcite}}`key{{p. {number}}}` of [another](#label-{following}).\n\n"
        f"{labels.get(number, '')}## More\n\n{MISTAKES.get(number, '')}\n\n"
        f":::{{figure}} ../pictures/{number}/plan.svg\n:alt: A plan\n:name: figure-{number}\nA plan\n:::\n\n"
        f"See {{numref}}`figure-{number}` and {{doc}}`article-{following}`.\n\n$$x = {number}$$ (formula-{number})\n"
    )


def write_publication(publication: Publication) -> None:
    publication.write("refs.bib", SOURCES)
    listed = "\n".join(f"articles/article-{number}" for number in NUMBERS)
    publication.write("index.md", f"# Large\n\n```{{toctree}}\n{listed}\n```\n")
    publication.write("authors/ada.md", "---\nname: Ada Author\n---\nAda writes.\n")
    for number, following in zip(NUMBERS, [*NUMBERS[1:], NUMBERS[0]], strict=True):
        publication.write(f"articles/article-{number}.md", article(number, following))
        publication.write(f"pictures/{number}/plan.svg", PICTURE)
    publication.write(
        "locale/tr/LC_MESSAGES/articles/article-21.po",
        'msgid ""\nmsgstr ""\n"Language: tr\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "A section"\nmsgstr "Bir bölüm"\n\nmsgid "More"\nmsgstr "{footcite}`absent`"\n',
    )
    # A translation as a whole, one of whose sections follows an older source.
    older, digests = "0" * 16, [section.entry for section in sections_of(article("10", "11"))]
    recorded = "".join(f'- "{entry}"\n' for entry in [*digests[:1], f"{older} ## A section", *digests[2:]])
    publication.write(
        "locale/tr/articles/article-10.md",
        f"---\ntitle: Makale\ntranslated_from:\n{recorded}---\n## Bir bölüm\n\n"
        "Metin{footcite}`key{p. 10}`, bkz. [öteki](#label-11).\n\n## Dahası\n\n"
        ":::{figure} ../pictures/10/plan.svg\n:alt: Plan\n:name: figure-10\nPlan\n:::\n\n"
        "Bkz. {numref}`figure-10` ve {doc}`article-11`.\n\n$$x = 10$$ (formula-10)\n",
    )


def build(publication: Publication, conf: str = "") -> tuple[Result, dict[str, bytes]]:
    """Publish both editions in spite of errors, and return the messages and the files; what is built is removed."""
    publication.write("conf.py", CONF + conf)
    result = publication.publish("html", "--keep-going")
    files = publication.files()
    publication.build.rename(publication.build.with_name(f"build-{len(list(publication.source.parent.iterdir()))}"))
    return result, files


def conf_of(address: str) -> str:
    return f'fleuron_pdf_executor = "dask"\nfleuron_pdf_scheduler = "{address}"\n'


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0") as cluster:
        yield cluster.scheduler_address


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    made = Publication(tmp_path_factory.mktemp("cluster") / "source")
    write_publication(made)
    return made


@pytest.fixture(scope="module")
def expected(publication: Publication) -> tuple[Result, dict[str, bytes]]:
    """What a build on this machine gives."""
    return build(publication)


def test_messages_and_files_are_those_of_reading_in_one_process(
    publication: Publication, expected: tuple[Result, dict[str, bytes]], address: str
) -> None:
    result, files = build(publication, conf_of(address) + KILLING)
    assert (publication.source / "killed").exists()
    assert result.output.splitlines() == expected[0].output.splitlines()
    assert result.code == expected[0].code
    assert result.output.count("duplicate label twice") == 2
    assert "no-such-key" in result.output
    assert files.keys() == expected[1].keys()
    assert [name for name, content in files.items() if content != expected[1][name]] == []
    assert len([name for name in files if name.startswith("html/en/articles/")]) >= 30
    assert "daha eski bir sürümüne dayanıyor" in files["html/tr/articles/article-10.html"].decode()
