"""Write what booksellers and libraries' suppliers read of the books of a publication (ONIX for Books 3.0, EDItEUR).

Each edition's PDF and EPUB is a product of its own. A comment says what the codes of ONIX's lists mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from fleuron.metadata.identifiers import absolute_address, orcid_address, valid_doi
from fleuron.metadata.language_codes import marc_code
from fleuron.metadata.plain_text import distinct, one_line
from fleuron.metadata.work import PDF, Copy, Person, Work
from fleuron.metadata.xml import add_element, xml_bytes

FILE_NAME = "onix.xml"
ONIX = "http://ns.editeur.org/onix/3.0/reference"
EPUB = "application/epub+zip"
# List 175: the format of a file.
FORMATS = {PDF: "E107", EPUB: "E101"}
# A volume of more authors, and without editors, is told by its title.
MOST_AUTHORS = 3


@dataclass(frozen=True)
class Book:
    """A file with the articles of an edition; ``works`` are those in it, ``name`` is unique in the publication."""

    name: str
    file: Copy
    works: tuple[Work, ...]

    @property
    def first(self) -> Work:
        return self.works[0]


def onix(works: Sequence[Work], name: str, imprint: Mapping[str, str]) -> bytes:
    """Write a message with the books of all editions; empty without a publisher, or a book that was made.

    ``name`` is the publication's in file names, ``imprint`` has the entries of ``fleuron_imprint``.
    """
    books = list(books_of(works, name))
    publisher = one_line(books[0].first.publisher) if books else ""
    if not publisher:
        return b""
    root = etree.Element(f"{{{ONIX}}}ONIXMessage", nsmap={None: ONIX}, release="3.0")  # type: ignore[dict-item]  # lxml-stubs 0.5 knows no default
    header = add_element(root, "Header")
    sender = add_element(header, "Sender")
    add_element(sender, "SenderName", publisher)
    if email := one_line(imprint.get("email", "")):
        add_element(sender, "EmailAddress", email)
    # The day on which the last article has changed: no clock is read.
    add_element(header, "SentDateTime", last_day(books))
    for book in books:
        add_product(root, book, books, imprint)
    return xml_bytes(root)


def books_of(works: Sequence[Work], name: str) -> Iterator[Book]:
    """Yield the books of each edition that are on the web."""
    for language in dict.fromkeys(work.language for work in works):
        inside = tuple(work for work in works if work.language == language and not work.withdrawn)
        copies = dict.fromkeys(copy for work in inside for copy in work.copies if copy.of_volume)
        for copy in copies:
            if copy.media_type in FORMATS and absolute_address(copy.address) and one_line(inside[0].publication):
                suffix = "pdf" if copy.media_type == PDF else "epub"
                yield Book(f"{name}-{language}-{suffix}", copy, inside)


def last_day(books: Sequence[Book]) -> str:
    days = (day for book in books for work in book.works for day in (work.date, work.updated) if day)
    newest = max(days, default=None)
    return f"{newest:%Y%m%d}" if newest else "19700101"


def add_product(root: etree._Element, book: Book, books: Sequence[Book], imprint: Mapping[str, str]) -> None:
    product = add_element(root, "Product")
    add_element(product, "RecordReference", book.name)
    add_element(product, "NotificationType", "03")  # confirmed on publication
    add_identifiers(product, book, books, imprint)
    add_description(product, book, imprint)
    add_contents(product, book)
    add_publishing(product, book, imprint)
    add_relations(product, book, books)
    add_supply(product, book)


def add_identifiers(product: etree._Element, book: Book, books: Sequence[Book], imprint: Mapping[str, str]) -> None:
    """Add the name; and the ISBN if there is one book alone, because each format and language has its own."""
    add_proprietary(product, book)
    if (isbn := imprint.get("isbn", "")) and len(books) == 1:
        identifier = add_element(product, "ProductIdentifier")
        add_element(identifier, "ProductIDType", "15")  # ISBN of 13 digits
        add_element(identifier, "IDValue", isbn.replace("-", "").replace(" ", ""))
    if (doi := valid_doi(imprint.get("doi", ""))) and len(books) == 1:
        identifier = add_element(product, "ProductIdentifier")
        add_element(identifier, "ProductIDType", "06")  # DOI
        add_element(identifier, "IDValue", doi)


def add_proprietary(parent: etree._Element, book: Book) -> None:
    identifier = add_element(parent, "ProductIdentifier")
    add_element(identifier, "ProductIDType", "01")  # proprietary
    add_element(identifier, "IDTypeName", "File name")
    add_element(identifier, "IDValue", book.name)


def add_description(product: etree._Element, book: Book, imprint: Mapping[str, str]) -> None:
    work = book.first
    detail = add_element(product, "DescriptiveDetail")
    add_element(detail, "ProductComposition", "00")  # a single item
    add_element(detail, "ProductForm", "ED")  # digital, to download
    add_element(detail, "ProductFormDetail", FORMATS[book.file.media_type])
    add_element(detail, "EpubTechnicalProtection", "00")  # none
    licences = {each.licence for each in book.works}
    licence = licences.pop() if len(licences) == 1 else None
    if licence and absolute_address(licence.address):
        epub_licence = add_element(detail, "EpubLicense")
        add_element(epub_licence, "EpubLicenseName", licence.name)
        expression = add_element(epub_licence, "EpubLicenseExpression")
        add_element(expression, "EpubLicenseExpressionType", "02")  # for readers of all kinds
        add_element(expression, "EpubLicenseExpressionLink", licence.address)
    add_series(detail, book, imprint)
    title = add_element(detail, "TitleDetail")
    add_element(title, "TitleType", "01")  # the distinctive one
    element = add_element(title, "TitleElement")
    add_element(element, "TitleElementLevel", "01")  # of the product
    add_element(element, "TitleText", work.publication, language=marc_code(work.language))
    for number, (person, role) in enumerate(contributors(book), 1):
        add_contributor(detail, person, role, number)
    languages = {"01": work.language, "02": work.original_language if work.is_translation else ""}
    for role, language in languages.items():  # of the text; of the original
        if code := marc_code(language):
            told = add_element(detail, "Language")
            add_element(told, "LanguageRole", role)
            add_element(told, "LanguageCode", code)
    if book.file.size is not None:
        extent = add_element(detail, "Extent")
        add_element(extent, "ExtentType", "22")  # of the file
        add_element(extent, "ExtentValue", str(book.file.size))
        add_element(extent, "ExtentUnit", "17")  # bytes
    for keyword in distinct(keyword for each in book.works for keyword in each.keywords):
        subject = add_element(detail, "Subject")
        add_element(subject, "SubjectSchemeIdentifier", "20")  # keywords
        add_element(subject, "SubjectHeadingText", keyword)


def add_series(detail: etree._Element, book: Book, imprint: Mapping[str, str]) -> None:
    """Add the series; the ISSN alone, without a series, is that of the publication itself."""
    series = one_line(imprint.get("series", ""))
    if not series and not book.first.issn:
        return
    collection = add_element(detail, "Collection")
    add_element(collection, "CollectionType", "10")  # of the publisher
    if book.first.issn:
        identifier = add_element(collection, "CollectionIdentifier")
        add_element(identifier, "CollectionIDType", "02")  # ISSN
        add_element(identifier, "IDValue", "".join(filter(str.isalnum, book.first.issn)))
    title = add_element(collection, "TitleDetail")
    add_element(title, "TitleType", "01")
    element = add_element(title, "TitleElement")
    add_element(element, "TitleElementLevel", "02")  # of the collection
    if number := one_line(imprint.get("number", "")):
        add_element(element, "PartNumber", number)
    add_element(element, "TitleText", series or book.first.publication)


def contributors(book: Book) -> list[tuple[Person, str]]:
    """Return the editors, or else the authors if they are few, with their roles (list 17)."""
    editors = [editor for editor in book.first.editors if one_line(editor.name)]
    authors = list({author.name: author for work in book.works for author in work.signed_by}.values())
    translators = list({each.name: each for work in book.works for each in work.translated_by}.values())
    named = [(editor, "B01") for editor in editors]
    if not editors and len(authors) <= MOST_AUTHORS:
        named = [(author, "A01") for author in authors]
    return named + [(translator, "B06") for translator in translators]


def add_contributor(detail: etree._Element, person: Person, role: str, number: int) -> None:
    contributor = add_element(detail, "Contributor")
    add_element(contributor, "SequenceNumber", str(number))
    add_element(contributor, "ContributorRole", role)
    if orcid := orcid_address(person.orcid):
        identifier = add_element(contributor, "NameIdentifier")
        add_element(identifier, "NameIDType", "21")  # ORCID
        add_element(identifier, "IDValue", "".join(filter(str.isalnum, orcid.rpartition("/")[2])))
    if person.is_organization:
        add_element(contributor, "CorporateName", person.name)
        return
    add_element(contributor, "PersonName", person.name)
    if person.family and person.given:
        add_element(contributor, "NamesBeforeKey", person.given)
        add_element(contributor, "KeyNames", person.family)


def add_contents(product: etree._Element, book: Book) -> None:
    """Add the table of contents, and that all can be read for free."""
    detail = add_element(product, "CollateralDetail")
    contents = "; ".join(filter(None, (one_line(work.full_title) for work in book.works)))
    licence = book.first.licence
    texts = [("04", contents), ("20", f"Open access: {licence.name}" if licence else "Open access")]
    for kind, text in texts:  # contents; statement of open access
        if text:
            content = add_element(detail, "TextContent")
            add_element(content, "TextType", kind)
            add_element(content, "ContentAudience", "00")  # anyone
            add_element(content, "Text", text)


def add_publishing(product: etree._Element, book: Book, imprint: Mapping[str, str]) -> None:
    detail = add_element(product, "PublishingDetail")
    publisher = add_element(detail, "Publisher")
    add_element(publisher, "PublishingRole", "01")  # the publisher
    add_element(publisher, "PublisherName", book.first.publisher)
    if place := one_line(imprint.get("place", "")):
        add_element(detail, "CityOfPublication", place)
    add_element(detail, "PublishingStatus", "04")  # active
    if days := [work.date for work in book.works if work.date]:
        date = add_element(detail, "PublishingDate")
        add_element(date, "PublishingDateRole", "01")  # of publication
        add_element(date, "Date", f"{max(days):%Y%m%d}", dateformat="00")
    rights = add_element(detail, "SalesRights")
    add_element(rights, "SalesRightsType", "02")  # for sale, not exclusively
    add_element(add_element(rights, "Territory"), "RegionsIncluded", "WORLD")


def add_relations(product: etree._Element, book: Book, books: Sequence[Book]) -> None:
    """Relate the other formats and languages."""
    others = [other for other in books if other.name != book.name]
    if not others:
        return
    material = add_element(product, "RelatedMaterial")
    for other in others:
        related = add_element(material, "RelatedProduct")
        # In another format; in another language.
        code = "06" if other.first.language == book.first.language else "11"
        add_element(related, "ProductRelationCode", code)
        add_proprietary(related, other)


def add_supply(product: etree._Element, book: Book) -> None:
    detail = add_element(add_element(product, "ProductSupply"), "SupplyDetail")
    supplier = add_element(detail, "Supplier")
    add_element(supplier, "SupplierRole", "09")  # the publisher, to readers
    add_element(supplier, "SupplierName", book.first.publisher)
    website = add_element(supplier, "Website")
    add_element(website, "WebsiteRole", "29")  # to download the whole text
    add_element(website, "WebsiteLink", book.file.address)
    add_element(detail, "ProductAvailability", "20")  # available
    add_element(detail, "UnpricedItemType", "01")  # free of charge
