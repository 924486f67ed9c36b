"""Similar articles on the pages: compared in the language of the edition, and again when one has changed."""

from __future__ import annotations

import pytest

from tests.support.publications import Maker, Publication

pytestmark = pytest.mark.slow

DROUGHT = "# Kuraklık\n\nMahkeme kuraklık yüzünden antlaşmayı bozdu; ırmağın suyu barajlarda kaldı, ISPARTA susuz.\n"
TREATY = "# Antlaşma\n\nYargıçlar antlaşmanın sularını, barajın payını ve Isparta’nın kuraklığını mahkemede tarttı.\n"
CARAVAN = "# Kervan\n\nTüccarlar ipek ile pamuğu develerle dağların ötesindeki pazara taşırdı.\n"
CONTENTS = "# Small\n\nA small publication.\n\n```{toctree}\narticles/a\narticles/b\narticles/c\n```\n"


def publication_of(make: Maker, **articles: str) -> Publication:
    files = {f"articles/{name}.md": text for name, text in articles.items()}
    conf = 'project = "Small"\nextensions = ["fleuron"]\nlanguage = "tr"\n'
    return make({"conf.py": conf, "index.md": CONTENTS, "articles/one.md": None, **files})


def similar_on(publication: Publication, name: str) -> list[str]:
    links = publication.page("tr", f"articles/{name}").cssselect("[aria-labelledby=similar] a[href]")
    return sorted({str(link.get("href")).removesuffix(".html") for link in links} & {"a", "b", "c"})


def test_articles_on_one_subject_link_each_other_until_one_is_changed(make: Maker) -> None:
    publication = publication_of(make, a=DROUGHT, b=TREATY, c=CARAVAN)
    assert publication.publish("html", options="-j 2").code == 0
    assert {name: similar_on(publication, name) for name in "abc"} == {"a": ["b"], "b": ["a"], "c": []}
    publication.write("articles/b.md", CARAVAN.replace("Kervan", "Kervanlar"))
    assert publication.publish("html").code == 0
    assert {name: similar_on(publication, name) for name in "abc"} == {"a": [], "b": ["c"], "c": ["b"]}


def test_notes_do_not_make_articles_similar(make: Maker) -> None:
    note = (
        "[^n]\n\n[^n]: Ankara Üniversitesi Yayınları, Siyasal Bilgiler Fakültesi Dergisi, cilt, sayı, basım, çeviren.\n"
    )
    articles = {"a": DROUGHT, "b": CARAVAN, "c": "# Harf\n\nMürettip kurşun harfleri dizer.\n"}
    publication = publication_of(make, **{name: text.rstrip() + note for name, text in articles.items()})
    assert publication.publish("html").code == 0
    assert {name: similar_on(publication, name) for name in "abc"} == {"a": [], "b": [], "c": []}
