"""The search: words are folded in the same way in the index and the browser, and results show why they were found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

import docutils.utils
import pytest
from docutils import nodes
from lxml import html
from playwright.sync_api import Browser, Page
from sphinx.search import languages
from sphinx.search.tr import SearchTurkish

from fleuron.manuscript.page_marks import folio
from fleuron.site.search.index import folded_language
from fleuron.site.search.page_texts import Passage, passages
from tests.support.browser import window
from tests.support.page_faults import page_faults
from tests.support.publications import SMALL, Maker, Publication

pytestmark = pytest.mark.slow

# An article for each language, and what readers type to find it: other forms of its words, in any case.
TEXTS = {
    "en": (
        "Judges of İstanbul and Łódź decided on an international treaty in 1967. Başaran, who is cited, "
        "writes of the families that crossed the rivers, of organised smuggling, and of studies by the "
        "k̲h̲ān’s own historians.",
        "judge Istanbul ISTANBUL lodz internationally treaties 1967 basaran Başaran family crossing river "
        "organising khan historian decide study",
    ),
    "tr": (
        "Mahkemenin kararı İstanbul’da ve Isparta’da okundu; kuraklık sürüyordu. Iğdır’dan gelen bir yargıç "
        "kitapları ve ağaçları saydı. Irmağın suyu şehirde sulamaya yetmedi, göçmenler antlaşmayı bekledi.",
        "mahkemelerde kuraklığın kitap ağaç ISPARTA ısparta istanbul İSTANBUL İstanbul IĞDIR ığdır şehirlere "
        "göçmen sulamanın antlaşmanın",
    ),
    "ru": (
        "Вода реки ушла, и суды приняли решения о засухе. Судьи в городе читали договоры; учёные посадили "
        "ёлку у трубопровода, орошали поля и считали энергию.",
        "воды река РЕКИ судов решению засухой договора судьями городах ученый УЧЁНЫЙ елка ёлка ЁЛКИ "
        "ТРУБОПРОВОДАМИ орошать энергии",
    ),
    "fa": (
        "دادگاه درباره رودخانه تصمیم گرفت و کتاب‌ها را خواند.",
        "دادگاه رودخانه کتاب كتاب",
    ),
}
OTHER = {"en": "Caravans.", "tr": "Kervanlar.", "ru": "Караваны.", "fa": "کاروان."}
HOSTILE = "<img src=x onerror=window.struck=true> & </script><b>Bold</b>"


def publication_in(language: str, folder: Path) -> Publication:
    """Make a publication of one language with the article of that language, another, and a hostile one."""
    publication = Publication(folder / "source")
    files = {
        **SMALL,
        "conf.py": f'project = "Small"\nextensions = ["fleuron"]\nlanguage = "{language}"\n',
        "index.md": "# Small\n\nA small publication.\n\n```{toctree}\n:glob:\narticles/*\n```\n",
        "articles/one.md": "---\nauthors: [ada]\ndate: 2026-01-02\n---\n# One\n\nLead.\n\n## Çay & chai\n\n"
        f"{TEXTS[language][0]}\n",
        "articles/two.md": f"# Two\n\n{OTHER[language]}\n",
        "articles/hostile.md": f"---\ntitle: {json.dumps(HOSTILE)}\n---\n\nPoison <3 `<i>x</i>` here.\n",
        "authors/ada.md": "---\nname: Ada <Lovelace>\n---\nAda writes.\n",
    }
    if language == "en":
        files["articles/filed.md"] = (
            "---\nauthors: [ada]\ndate: 2024-05-06\nkeywords: [rivers, law]\n---\n# Filed\n\nA treaty.\n"
        )
        files |= {f"articles/many{number:02}.md": f"# Many {number:02}\n\nPlenty.\n" for number in range(23)}
    for name, text in files.items():
        publication.write(name, text)
    return publication


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Publication]:
    """The site of each language."""
    made = {}
    for language in TEXTS:
        made[language] = publication_in(language, tmp_path_factory.mktemp(language))
        result = made[language].publish("html")
        assert result.code == 0, result.output
    return made


@dataclass
class Searching:
    """The search page of a site in the browser, and the texts that it has loaded."""

    page: Page
    loaded: list[str] = field(default_factory=list)

    def search(self, query: str) -> None:
        self.page.fill("input[name=q]", query)
        self.page.keyboard.press("Enter")
        self.settle()

    def settle(self) -> None:
        """Wait until the status tells what was found."""
        self.page.wait_for_function(
            "(status => status.textContent && status.textContent != status.dataset.searching)"
            "(document.getElementById('search-status'))"
        )

    @property
    def status(self) -> str:
        return self.page.inner_text("#search-status")

    @property
    def addresses(self) -> list[str]:
        links = self.page.query_selector_all("#search-results a")
        return [str(link.get_attribute("href")).removeprefix("./") for link in links]

    def texts(self, selector: str) -> list[str]:
        return self.page.locator(f"#search-results {selector}").all_inner_texts()


@contextmanager
def searching(browser: Browser, site: Publication, query: str = "") -> Iterator[Searching]:
    """Open the search page of a site from the disk; the browser must report no error."""
    (language,) = (path.parent.name for path in (site.build / "html").glob("*/search.html"))
    page, heard = browser.new_page(), []
    found = Searching(page)
    page.on("console", lambda message: heard.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda request: found.loaded.append(request.url) if "/_search/" in request.url else None)
    address = (site.build / "html" / language / "search.html").as_uri()
    page.goto(f"{address}?q={quote(query)}" if query else address)
    yield found
    page.close()
    assert heard == []


@pytest.mark.parametrize("language", TEXTS)
def test_an_article_is_found_by_other_forms_of_its_words(
    sites: dict[str, Publication], browser: Browser, language: str
) -> None:
    missed = []
    with searching(browser, sites[language]) as found:
        for word in TEXTS[language][1].split():
            found.search(word)
            if not any(address.startswith("articles/one.html") for address in found.addresses):
                missed.append(word)
            elif not found.texts("mark"):
                missed.append(f"{word} is not marked")
            assert not any(address.startswith("articles/two.html") for address in found.addresses), word
    assert missed == []


@pytest.mark.parametrize("language", ["en", "tr", "ru"])
def test_the_browser_stems_as_the_index_was_made(
    sites: dict[str, Publication], browser: Browser, language: str
) -> None:
    text = f"{TEXTS[language][0]} {TEXTS[language][1]} Straße œuvre Đà Nẵng ʿAlī naïve İ I ı i İzmir й Й ё"
    if language == "en":
        text += " internal international internationally intervals interfering interment interest inter internet winter"
    search = folded_language(language)({})
    words = search.split(text)
    with searching(browser, sites[language]) as found:
        assert found.page.evaluate("text => splitQuery(text)", text) == words
        stems = found.page.evaluate("words => words.map(word => new Stemmer().stemWord(word))", words)
    assert dict(zip(words, stems, strict=True)) == {word: search.stem(word) for word in words}


def test_a_result_shows_title_authors_date_and_the_words_around_those_of_the_query(
    sites: dict[str, Publication], browser: Browser
) -> None:
    with searching(browser, sites["en"], "smuggle") as found:
        found.settle()
        assert found.texts("h2") == ["One"]
        assert found.texts(".search-origin") == ["Ada <Lovelace> · 2 January 2026"]
        assert found.texts(".search-section") == ["Çay & chai"]
        assert found.texts("mark") == ["smuggling"]
        (excerpt,) = found.texts(".search-excerpt")
        assert "of organised smuggling, and of studies" in excerpt
        assert len(excerpt) < 320
        assert found.page.evaluate("document.querySelectorAll('#search-results > li > h2').length") == 1
        address = urlsplit(found.addresses[0])
        path, place = address.path, address.fragment
        assert (path, address.query) == ("articles/one.html", "found=smuggling")
        page = html.parse(str(sites["en"].build / "html" / "en" / path)).getroot()
        assert "smuggling" in page.get_element_by_id(unquote(place)).text_content()


def test_all_words_of_a_query_are_searched_but_stop_words(sites: dict[str, Publication], browser: Browser) -> None:
    with searching(browser, sites["en"]) as found:
        found.search("the judges of the rivers")
        assert found.texts("mark") == ["Judges", "rivers"]
        found.search("judges caravans")
        assert (found.addresses, found.status) == ([], "Nothing was found.")
        found.search("the of")
        assert (found.addresses, found.status) == ([], "Nothing was found.")


def test_a_hostile_title_is_text(sites: dict[str, Publication], browser: Browser) -> None:
    with searching(browser, sites["en"], "poison") as found:
        found.settle()
        assert found.texts("h2") == [HOSTILE]
        assert found.texts(".search-excerpt") == ["Poison <3 <i>x</i> here."]
        assert found.page.evaluate("window.struck") is None
        assert found.page.evaluate("document.querySelectorAll('#search-results :is(img, b, i, script)').length") == 0


def test_ten_results_are_shown_and_ten_more_on_request(sites: dict[str, Publication], browser: Browser) -> None:
    with searching(browser, sites["en"], "plenty") as found:
        found.settle()
        assert (found.status, len(found.addresses), len(found.loaded)) == ("Results: 23", 10, 10)
        more = found.page.locator("#search-more")
        more.press("Enter")
        found.page.wait_for_function("document.activeElement.closest('#search-results li:nth-child(11)')")
        assert (len(found.addresses), len(found.loaded)) == (20, 20)
        more.click()
        more.wait_for(state="hidden")
        assert found.addresses == [f"articles/many{number:02}.html?found=Plenty" for number in range(23)]


def test_the_query_stays_in_the_address(sites: dict[str, Publication], browser: Browser) -> None:
    with searching(browser, sites["tr"]) as found:
        found.search("göçmen & İzmir")
        assert parse_qs(urlsplit(found.page.url).query) == {"q": ["göçmen & İzmir"]}
        found.search("göçmen")
        assert found.page.evaluate("history.length") <= 2
        found.page.reload()
        found.settle()
        assert found.page.input_value("input[name=q]") == "göçmen"
        assert len(found.addresses) == 1
        found.page.fill("input[name=q]", "  ")
        found.page.keyboard.press("Enter")
        found.page.wait_for_function("!document.getElementById('search-status').textContent")
        assert (found.addresses, urlsplit(found.page.url).query) == ([], "")


def test_the_status_is_announced_in_the_language_of_the_edition(
    sites: dict[str, Publication], browser: Browser
) -> None:
    for language, words in (("tr", "Sonuç sayısı: 1"), ("ru", "Найдено: 1")):
        with searching(browser, sites[language], TEXTS[language][1].split()[0]) as found:
            found.settle()
            assert (found.status, found.page.get_attribute("#search-status", "role")) == (words, "status")


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """A site in two languages, of which the second has a title that looks like HTML."""
    publication = Publication(tmp_path_factory.mktemp("editions") / "source")
    catalogue = (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        f'msgid "One"\nmsgstr {json.dumps(HOSTILE)}\n\n'
        'msgid "A judge of Baku."\nmsgstr "قاضی باکو و Baku."\n'
    )
    files = {
        **SMALL,
        "conf.py": 'project = "Small"\nextensions = ["fleuron"]\nfleuron_languages = ["en", "fa"]\n',
        "articles/one.md": "---\nauthors: [ada]\ndate: 2026-01-02\n---\n# One\n\nA judge of Baku.\n",
        "locale/fa/LC_MESSAGES/articles/one.po": catalogue,
    }
    for name, text in files.items():
        publication.write(name, text)
    result = publication.publish("html")
    assert result.code == 0, result.output
    return publication


def test_all_editions_are_searched_if_a_reader_asks(editions: Publication, browser: Browser) -> None:
    page, heard, asked = browser.new_page(), list[str](), list[str]()
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto((editions.build / "html/en/search.html").as_uri() + "?q=Baku")
    found = Searching(page)
    found.settle()
    assert len(found.addresses) == 1
    assert not page.locator(".search-edition").count() and not [each for each in asked if "/fa/" in each]
    page.check("#search-all")
    section = page.locator(".search-edition:not([hidden])")
    section.wait_for()
    assert (section.get_attribute("lang"), section.get_attribute("dir")) == ("fa", "rtl")
    assert section.locator("h2").inner_text() == "فارسی"
    link = section.locator("h3 a")
    assert link.inner_text() == HOSTILE and not page.evaluate("window.struck")
    address = urlsplit(str(link.get_attribute("href")))
    assert address.path.endswith("/fa/articles/one.html") and "Baku" in parse_qs(address.query)["found"]
    assert "Ada" in section.locator(".search-origin").inner_text()
    assert section.locator("mark").all_inner_texts() == ["Baku"]
    # Only what is asked is searched, and the choice is kept in the address.
    found.search("nowhere")
    page.wait_for_function("document.querySelector('.search-edition:not([hidden]) p')?.textContent.length > 2")
    assert section.locator("h3").count() == 0
    assert parse_qs(urlsplit(page.url).query) == {"q": ["nowhere"], "all": ["1"]}
    page.uncheck("#search-all")
    assert not page.locator(".search-edition").count() and "all" not in urlsplit(page.url).query
    page.close()
    assert heard == []


def test_without_scripts_the_page_says_where_the_articles_are(sites: dict[str, Publication], browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((sites["en"].build / "html/en/search.html").as_uri())
    assert "the contents page lists every article" in page.inner_text("main")
    assert not page.is_visible("#search-more")
    context.close()


def texts_of(publication: Publication) -> dict[str, bytes]:
    return {
        name: content
        for name, content in publication.files().items()
        if "/_search/" in name or name.endswith(("searchindex.js", "language_data.js"))
    }


def test_the_index_and_the_texts_are_the_same_from_parallel_and_second_builds(
    sites: dict[str, Publication], tmp_path: Path
) -> None:
    other = publication_in("tr", tmp_path)
    assert other.run("publish", "html", options="-j 2", env={"PYTHONHASHSEED": "5"}).code == 0
    expected = texts_of(sites["tr"])
    assert len(expected) == 7
    assert texts_of(other) == expected
    other.write("articles/two.md", "# Two\n\nQuite other words.\n")
    assert other.publish("html").code == 0
    assert texts_of(other) != expected
    other.write("articles/two.md", f"# Two\n\n{OTHER['tr']}\n")
    assert other.publish("html").code == 0
    assert texts_of(other) == expected


def test_a_withdrawn_article_is_no_longer_found(make: Maker) -> None:
    contents = "# Small\n\nA small publication.\n\n```{toctree}\n:glob:\narticles/*\n```\n"
    publication = make({"index.md": contents, "articles/two.md": "# Two\n\nCaravans.\n"})
    assert publication.publish("html", languages="en").code == 0
    assert any(name.endswith("_search/articles/two.js") for name in texts_of(publication))
    (publication.source / "articles/two.md").unlink()
    assert publication.publish("html", languages="en").code == 0
    assert not any("articles/two" in name for name in texts_of(publication))
    assert not any(b"caravan" in content for content in texts_of(publication).values())


def test_tables_of_contents_and_words_of_the_interface_are_not_searched(sites: dict[str, Publication]) -> None:
    index = (sites["en"].build / "html/en/searchindex.js").read_text("utf-8")
    found = json.loads(index.removeprefix("Search.setIndex(").removesuffix(")"))
    pages = found["titleterms"]["mani"]
    assert len(pages) == 23
    assert found["docnames"].index("index") not in pages
    assert "mani" not in found["terms"]
    text = (sites["en"].build / "html/en/_search/index.js").read_text("utf-8")
    assert "Many" not in text


def test_a_language_is_searched_by_its_own_rules() -> None:
    turkish, persian, portuguese = (folded_language(language) for language in ("tr", "fa", "pt_BR"))
    assert issubclass(turkish, SearchTurkish)
    assert turkish({}).split("İSTANBUL ISPARTA’da") == ["istanbul", "ısparta", "da"]
    assert turkish({}).stem("ısparta") == turkish({}).stem("isparta").replace("ı", "i")
    assert (persian.stopwords, persian({}).split("این كتاب")) == (frozenset(), ["این", "کتاب"])
    assert (portuguese.lang, portuguese.language_name) == ("pt_BR", "Portuguese")
    assert folded_language("ja").__module__ == "sphinx.search.ja"


def test_the_languages_of_sphinx_are_not_changed() -> None:
    before = dict(languages)
    folded_language("tr")
    assert languages == before


def test_years_are_indexed_and_small_numbers_are_not() -> None:
    search = folded_language("en")({})
    kept = [word for word in ("1967", "12", "the", "treaty", "570") if search.word_filter(word)]
    assert kept == ["1967", "treaty", "570"]


def test_results_are_narrowed_by_author_year_and_keyword(sites: dict[str, Publication], browser: Browser) -> None:
    with searching(browser, sites["en"], "treaty") as found:
        found.settle()
        assert sorted(found.texts("h2")) == ["Filed", "One"]
        # There is one author, so this is not a choice.
        choices = found.page.locator("#search-filters label:visible")
        assert [each.split() for each in choices.all_text_contents()] == [
            ["Year", "All20262024"],
            ["Keywords", "Alllawrivers"],
        ]
        found.page.select_option("select[data-kind=years]", "2024")
        found.page.wait_for_function("document.getElementById('search-status').textContent === 'Results: 1'")
        assert found.texts("h2") == ["Filed"]
        found.search("smuggling")
        assert found.texts("h2") == ["One"] and not found.page.locator("#search-filters").is_visible()


def test_a_passage_knows_the_pages_of_the_volume() -> None:
    document = docutils.utils.new_document("")
    section = nodes.section(
        "", nodes.title("", "", nodes.Text("Two "), folio(name="13"), nodes.Text("lines")), ids=["two"]
    )
    section += [
        nodes.paragraph("", "First."),
        nodes.paragraph("", "", nodes.Text("Second "), folio(name="14"), nodes.Text("half.")),
        nodes.footnote("", nodes.paragraph("", "A note."), ids=["note-1"]),
    ]
    document += nodes.section("", folio(name="12"), nodes.title("", "One"), nodes.paragraph("", "Begun."), section)
    assert passages(document) == [
        Passage("", "", "Begun.", ((0, "12"),)),
        Passage("two", "Two lines", "First. Second half.", ((0, "13"), (14, "14"))),
        Passage("note-1", "", "A note."),
    ]


def test_a_result_names_the_page_of_the_volume(sites: dict[str, Publication], browser: Browser) -> None:
    text = sites["en"].build / "html/en/_search/articles/filed.js"
    known = text.read_text("utf-8")
    with_pages = known.replace(""""}]});""", """","pages":[[0,"12"],[15,"13"]]}]});""")
    text.write_text(with_pages, "utf-8")
    assert with_pages != known
    with searching(browser, sites["en"], "treaty") as found:
        found.settle()
        assert found.texts(".search-page") == ["p. 13"]
    text.write_text(known, "utf-8")


def test_without_scripts_an_index_lists_titles_contributors_and_keywords(
    sites: dict[str, Publication], browser: Browser
) -> None:
    (folder,) = (sites["tr"].build / "html").glob("tr")
    page = html.parse(str(folder / "alphabet.html")).getroot()
    listed = {
        section.cssselect("h2")[0].text: [
            (li.get("class"), li.cssselect("a")[0].text_content(), li.cssselect("a")[0].get("href"))
            for li in section.cssselect("li")
        ]
        for section in page.cssselect("section.letter")
    }
    assert listed["#"][1] == ("contributor", "<Lovelace>, Ada", "authors/ada.html")
    assert listed["O"] == [("title", "One", "articles/one.html")]
    for _kind, _text, address in (each for terms in listed.values() for each in terms):
        assert (folder / unquote(address)).is_file()
    with window(browser, 320, java_script_enabled=False) as visit:
        visit.goto((folder / "search.html").as_uri())
        visit.locator("p.to-alphabet a").click()
        assert visit.url.endswith("/alphabet.html")
        assert page_faults(visit) == []
