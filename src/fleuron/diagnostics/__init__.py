"""The messages about mistakes in a publication's sources, each declared once with its severity and its text.

A mistake is an error if the pages made from it would be wrong for a reader (a missing picture, a note without its
source): nothing is published then. It is a warning if the pages are right, but have less than the author intended.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fleuron.diagnostics.message import Message, Messages


class Diagnostic(Messages):
    """What can be wrong with a publication; each member's docstring says when it is reported."""

    UNKNOWN_KEY = Message("unknown_key", False, "unknown key “{key}” in the front matter{suggestion}")
    """The front matter has a key that Fleuron does not know."""

    REPEATED_KEY = Message("repeated_key", False, "the key “{key}” is in the front matter twice; delete one of the two")
    """A key is given two values, of which YAML would silently use the last."""

    BAD_VALUE = Message("bad_value", False, "“{key}: {value}” is ignored: the value must be {expected}")
    """A value in the front matter has the wrong type or form, such as a date that does not exist."""

    UNKNOWN_AUTHOR = Message("unknown_author", False, "the author “{author}” has no file in authors/{suggestion}")
    """An article names an author without a file in authors/."""

    DATES_OUT_OF_ORDER = Message(
        "dates_out_of_order", False, "“{key}: {day}” is before “{earlier}: {before}”; correct one of the two"
    )
    """An article is published before it was received or accepted, or changed before it was published."""

    SHARED_DOI = Message("shared_doi", True, "the DOI “{doi}” is that of {other}.md too; give each article its own")
    """Two articles have one DOI, which would lead to one of them."""

    UNKNOWN_ARTICLE = Message("unknown_article", True, "“{key}: {name}” names no article{suggestion}")
    """A notice of correction or retraction, or a comment, names an article that does not exist, or several."""

    CIRCULAR_NOTICES = Message(
        "circular_notices", True, "“{key}: {name}” is circular: {circle}; delete it in one of these articles"
    )
    """A notice is about itself, or about an article that is a notice about it."""

    UNKNOWN_ISSUE = Message("unknown_issue", True, "“issue: {name}” names no issue{suggestion}")
    """An article of a journal with issues names one that has no file in issues/."""

    CONTRADICTORY_ISSUE = Message("contradictory_issue", True, "{said} contradicts {where}; {advice}")
    """An article names another issue, or another number, than that of the issue that lists it."""

    UNKNOWN_TRANSLATOR = Message("unknown_translator", False, "“{translator}” has no file in authors/{suggestion}")
    """An article names a translator as if by a file in authors/, which is not there."""

    TITLE_TWICE = Message(
        "title_twice", False, "the title is in the front matter and again in the first heading; delete one of them"
    )
    """An article has a title in its front matter and another one as its first heading."""

    NAME_TWICE = Message(
        "name_twice", False, "“{heading}” is a heading below the name of the front matter; delete the heading"
    )
    """The text of a contributor begins with a heading, which would stand between the name and the biography."""

    NO_NAME = Message("no_name", True, "the contributor has no name; add “name: …” to the front matter{instead}")
    """The front matter of a file in authors/ has no name."""

    BAD_FRONT_MATTER = Message("bad_front_matter", True, "the front matter is not valid YAML: {problem}")
    """The front matter cannot be parsed, or does not consist of keys and values."""

    EMPTY_DOCUMENT = Message("empty_document", True, "the file is empty; write a heading and some text, or delete it")
    """A source file has no text."""

    NO_TITLE = Message(
        "no_title", True, "the article has no title; add “title: …” to its front matter, or begin its text with “# …”"
    )
    """An article has neither a title in its front matter nor a heading at its beginning."""

    NOT_UTF8 = Message("not_utf8", True, "byte {byte} (0x{value:02x}) is not valid UTF-8; save the file as UTF-8")
    """A source file has another encoding."""

    BAD_CATALOGUE = Message("bad_catalogue", True, "the catalogue cannot be read: {problem}")
    """Nothing of a translator's .po file can be read."""

    BAD_ENTRY = Message(
        "bad_entry", False, "this entry of the catalogue cannot be read, and the source’s text is printed: {problem}"
    )
    """An entry of a translator's .po file has a syntax error."""

    LEFT_OVER_CATALOGUE = Message(
        "left_over_catalogue",
        False,
        "this file was compiled from {name}, which no longer exists; delete this file, or restore {name}",
    )
    """The source of a compiled catalogue is gone: texts would be translated here, and on no other machine."""

    UNUSED_TRANSLATION = Message(
        "unused_translation", False, "the translation is not used, and the source’s text is printed: {problem}"
    )
    """A translation refers to something that does not exist, or uses an unknown role."""

    REPEATED_MESSAGE = Message(
        "repeated_message",
        False,
        "the message “{message}” is in the catalogue twice; the first translation is used: delete this one",
    )
    """A catalogue has two translations of one message."""

    NO_HEADER = Message(
        "no_header",
        False,
        "the catalogue has no header, and is read as UTF-8; write it above the first message: "
        'msgid "", then msgstr "Content-Type: text/plain; charset=UTF-8\\n"',
    )
    """A catalogue does not begin with an empty message that says how it is written."""

    LOST_CATALOGUE = Message(
        "lost_catalogue",
        False,
        "there is no text for this catalogue, and it does not count; if the text was renamed, run “fleuron "
        "translations”, which keeps its translations; if it is gone, delete the catalogue",
    )
    """The text of a catalogue was renamed or deleted."""

    LOST_TRANSLATION = Message("lost_translation", False, "there is no text “{name}” for this translation{suggestion}")
    """A whole-file translation, `locale/<language>/….md`, has the name of no text."""

    CONTRADICTS_SOURCE = Message(
        "contradicts_source", True, "“{key}: {value}” contradicts {source}, which has {other}; delete the line"
    )
    """A whole-file translation gives a field that must be one, such as the DOI, another value than its source."""

    UNPAIRED_SECTION = Message("unpaired_section", True, "the translation does not fit its source: {problem}")
    """A whole-file translation has other headings than the source that it was made from, or lacks a label of it."""

    UNRECORDED_TRANSLATION = Message(
        "unrecorded_translation",
        False,
        "it is not known which sections of {source} this translation follows: {problem}; run “fleuron translation "
        "update {language} {source}”",
    )
    """A whole-file translation does not record what it was made from, so that nobody can say whether it is current."""

    TWO_TRANSLATIONS = Message(
        "two_translations", False, "{path} translates this text as well; that file is used, and this catalogue is not"
    )
    """A text has a whole-file translation, and a catalogue with translations."""

    BAD_BIBLIOGRAPHY = Message("bad_bibliography", True, "the bibliography cannot be read: {problem}")
    """A .bib file has a syntax error."""

    NO_BIBLIOGRAPHY = Message(
        "no_bibliography", True, "there is no file “{name}”, which bibtex_bibfiles in conf.py names{suggestion}"
    )
    """A .bib file that conf.py names does not exist."""

    NO_SOURCES = Message(
        "no_sources",
        False,
        "the texts cite sources, and there is no refs.bib; write one beside conf.py, or name your files in "
        "bibtex_bibfiles",
    )
    """There are citations, and no bibliography at all."""

    REPEATED_SOURCE = Message("repeated_source", False, "{problem}; delete or rename the other")
    """A .bib file has two entries with one key, or an entry has a field twice."""

    SOURCE_LOSS = Message("source_loss", False, "in the source “{key}”, {field}{problem}")
    """Something in the entry of a cited source is not printed, such as a misspelt field, or cannot be read."""

    UNKNOWN_SOURCE = Message("unknown_source", False, "there is no source “{key}” in the bibliography{suggestion}")
    """A citation has a key that is in no .bib file."""

    UNLISTED_SOURCE = Message("unlisted_source", False, "“{key}” is cited in the text, and no bibliography lists it")
    """A `{cite}` names a source that no list of sources has, so that its words lead nowhere."""

    MISSING_FIELD = Message("missing_field", False, "the source “{key}” has no {fields}: it is printed incompletely")
    """A cited source lacks what a reader needs to find it."""

    BAD_CITATION = Message("bad_citation", False, "“{citation}” is not a valid locator or citation; {advice}")
    """A citation cannot be read, or its locator has an unknown abbreviation."""

    LOOKS_LIKE_NOTE = Message("looks_like_note", False, "“{words}” looks like a note, and is text; {advice}")
    """A text has what looks like a note or a citation but is not one."""

    TEMPLATE_TAG = Message(
        "template_tag",
        False,
        "“{words}” is printed as it is: it is a tag of another program; write what it stands for, such as a figure",
    )
    """A text has a tag of Jekyll, Hugo or another program that fills in templates."""

    OTHER_ATTRIBUTES = Message("other_attributes", False, "“{words}” is printed as it is; {advice}")
    """A text has attributes as kramdown or pandoc write them, such as `{: .lead}` below a paragraph."""

    BACKTICK_FENCE = Message(
        "backtick_fence",
        False,
        "“{words}” does not begin a directive, because its title has backticks and no fence closes it; {advice}",
    )
    """A directive whose title has backticks is not closed, so that Markdown takes its fence for inline code."""

    CHANGED_CALLS = Message("changed_calls", False, "the translation {change}, unlike the text it translates")
    """A translated text calls other notes than its original."""

    UNKNOWN_NOTE = Message("unknown_note", True, "there is no note “[^{label}]:”{suggestion}")
    """A text calls a note that its author has not written."""

    UNCALLED_NOTE = Message(
        "uncalled_note", True, "the note “[^{label}]:” is not called anywhere; call it by [^{label}], or delete it"
    )
    """The author has written a note, and no text calls it: it would not be printed."""

    UNKNOWN_LANGUAGE = Message("unknown_language", False, "“language-{tag}” does not name a language{suggestion}")
    """Words are marked with an unknown language; they are shown as if they were not marked."""

    MARKUP_IN_RECORD = Message(
        "markup_in_record", False, "HTML in a title or in front matter is shown as plain text: {markup}"
    )
    """A title, or a text in the front matter, contains HTML; lists and library records have no place for it."""

    UNKNOWN_ELEMENT = Message(
        "unknown_element",
        False,
        "“{tag}” is not an HTML tag, and is shown as text; write “\\{tag}” if that is what you mean",
    )
    """A text has words in angle brackets, such as a placeholder, which are not an HTML tag."""

    FOREIGN_MARKUP = Message(
        "foreign_markup", False, "HTML that only the translation has is shown as plain text: {markup}"
    )
    """A translation contains HTML that its original does not contain."""

    FORBIDDEN_ADDRESS = Message(
        "forbidden_address", False, "the link to “{address}” is left out: only http, https, mailto and doi are allowed"
    )
    """A link has an address with another scheme, such as javascript: or file:."""

    NO_DOCUMENT_TITLE = Message(
        "no_document_title", True, "the text has no title, and could not be listed; begin it with a heading, “# …”"
    )
    """A text of the table of contents has no title, or the table of contents itself has none."""

    INCLUDES_ITSELF = Message("includes_itself", True, "“{path}” includes itself, or is included by what it includes")
    """A text includes a file within itself."""

    MISSING_FILE = Message("missing_file", True, "there is no file “{path}”")
    """A file that the text includes does not exist."""

    FETCHED_FILE = Message(
        "fetched_file", True, "“{path}” would have to be downloaded; copy the file into the publication’s folder"
    )
    """A file that the text includes is given by a web address."""

    CODE_IN_SUBSTITUTION = Message(
        "code_in_substitution",
        True,
        "“{code}” is not evaluated: a substitution may name a value of “substitutions”, and filters such as “upper”",
    )
    """A substitution of MyST calls a function, or asks for more than a value that its author has defined."""

    RAW_MARKUP = Message("raw_markup", False, "--untrusted shows HTML as text; write it in Markdown: {markup}")
    """A text has HTML, and its publication is built with --untrusted."""

    REMOTE_PICTURE = Message(
        "remote_picture",
        False,
        "the picture “{path}” is not in the publication, and is printed as a link; to show it, copy it into the folder",
    )
    """A picture is given by a web address: nothing is fetched, and a book is read without a network."""

    REMOTE_SOURCE = Message(
        "remote_source",
        False,
        "“{path}” is not in the publication, and is left out; to show it, copy it into the folder",
    )
    """HTML names a picture in the network beside another: another size of it, or the poster of a film."""

    NO_DESCRIPTION = Message(
        "no_description",
        False,
        "{picture} has no alternative text, which is read to those who do not see it: write it in the brackets of "
        "![…] or after “:alt:”; where a picture says nothing, write an empty “:alt:”",
    )
    """A picture has no alternative text, and its author has not said that it is an ornament."""

    UNSAFE_PICTURE = Message(
        "unsafe_picture",
        False,
        "the picture{name} is shown without its {what}: a picture has no code, and refers to no other file",
    )
    """A drawing in SVG has a script, an event handler, or a reference to something outside itself."""

    MISREAD_PICTURE = Message(
        "misread_picture",
        False,
        "“{words}” is not a picture in Markdown, because its name has spaces; write ![…](<{name}>)",
    )
    """A text has what looks like a picture, and is printed as it is written."""

    CONTROL_CHARACTER = Message("control_character", True, "the text has a control character, {code}; delete it")
    """A source file has a control character, which neither HTML nor XML allows (XML 1.0, 2.2)."""

    BROKEN_PICTURE = Message("broken_picture", True, "the picture cannot be shown: {problem}")
    """A picture's file is damaged, or is not a picture."""

    BROKEN_MARKUP = Message(
        "broken_markup", True, "the HTML in this text is not valid XML, as an EPUB needs: {problem}"
    )
    """The tags of raw HTML in a text do not match."""

    OUTSIDE_PUBLICATION = Message(
        "outside_publication", True, "“{path}” is outside the publication’s folder; copy it into the folder"
    )
    """A picture, or a file that the text includes, is not in the source folder."""

    WORD_MISSING = Message("word_missing", True, "the {format} lacks words of this text{stream}: “{words}”{before}")
    """A written page, book or PDF lacks a word that its source has."""

    WORD_DOUBLED = Message("word_doubled", True, "the {format} has words of this text twice{stream}: “{words}”{before}")
    """A written page, book or PDF repeats a word that its source has once."""

    WORD_OUT_OF_ORDER = Message(
        "word_out_of_order", True, "the {format} has words of this text in another order{stream}: “{words}”{before}"
    )
    """A written page, book or PDF has a word before or after its place in the source."""

    WORD_IN_WRONG_PLACE = Message(
        "word_in_wrong_place", True, "the {format} has words of a note in the text, or the reverse: “{words}”{before}"
    )
    """A word of a note stands in the text or in another note, or a word of the text in a note."""

    WORD_ADDED = Message(
        "word_added", False, "the {format} has words that no text has{stream}: “{words}”{before}; find what adds them"
    )
    """A written page, book or PDF has words that are neither in a source nor known to be generated."""

    HIDDEN_WORDS = Message("hidden_words", False, "the {format} hides “{words}”: {style}")
    """A style sheet of the publication, or an attribute of raw HTML, hides what an author wrote."""

    MORE_WORDS_LOST = Message("more_words_lost", True, "the {format} lacks or moves words in {number} more places")
    """A written page, book or PDF has more losses than are reported one by one."""

    UNREAD_WORDS = Message("unread_words", True, "“{words}”{before} would {problem}: {reason}")
    """A document as it was read lacks a word that its source file has."""

    MORE_WORDS_UNREAD = Message(
        "more_words_unread", True, "words of this text would not be printed in {number} more places"
    )
    """A document as it was read lacks more words than are reported one by one."""

    MISSING_CHARACTER = Message("missing_character", True, "no installed typeface has {letters} ({codes}): {advice}")
    """A PDF needs characters of a script that are in no font, of the publication's typefaces or others."""

    BOXED_CHARACTER = Message(
        "boxed_character", False, "{letters} ({codes}): printed as boxes, since no typeface has them: {advice}"
    )
    """The same, where ``fleuron_missing_characters`` is “box”."""

    OWN_FAULT = Message(
        "own_fault",
        True,
        "Fleuron failed here, which is its own fault ({exception}; {place}); please report it at {address}, with what "
        "--options=-v prints",
    )
    """Fleuron itself has a fault; the text may be right."""

    PROGRAM_FAULT = Message(
        "program_fault", True, "{program} failed here ({exception}; {place}); write this differently, or leave it out"
    )
    """Sphinx, an extension or conf.py has ended with an exception at something in a text."""

    NESTED_TOO_DEEPLY = Message(
        "nested_too_deeply", True, "this text is nested too deeply to be read or written; use fewer levels"
    )
    """Lists, quotations, brackets or files that include each other are nested hundreds of times."""

    UNREADABLE_FILE = Message("unreadable_file", True, "the file “{name}” cannot be read: {problem}")
    """A file cannot be opened, for example because its name is too long, or is not text where it should be."""

    UNKNOWN_NODE = Message(
        "unknown_node", True, "there is no way to write “{node}” in this format; the extension that makes it has none"
    )
    """An extension makes a node of its own, and does not say how a format writes it."""


@dataclass(frozen=True)
class Finding:
    """A diagnostic at a line (from 1) of a file, with the values that its message names."""

    diagnostic: Diagnostic
    line: int = 1
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.diagnostic.text(self.values)
