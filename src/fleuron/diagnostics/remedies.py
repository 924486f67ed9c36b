"""What an author does about each message, for the handbook, where there is more room than in the message itself."""

from __future__ import annotations

from fleuron.diagnostics import Diagnostic

REMEDIES = {
    Diagnostic.UNKNOWN_KEY: "Correct the key to the name that the message suggests, or delete it.",
    Diagnostic.REPEATED_KEY: "Keep the one that is right, and delete the other.",
    Diagnostic.BAD_VALUE: (
        "Write the value in the form that the message names; until then the article is set without it."
    ),
    Diagnostic.UNKNOWN_AUTHOR: (
        "Correct the name, which is that of a file in `authors/` without its ending, or write the file (`fleuron "
        "contributor NAME`)."
    ),
    Diagnostic.DATES_OUT_OF_ORDER: (
        "Correct the date: an article is received, accepted, published (`date`), changed and withdrawn, in this order."
    ),
    Diagnostic.SHARED_DOI: (
        "Correct the DOI of one of the two articles, or delete it. The editions of one article may share a DOI, or "
        "have their own: `doi: {en: 10.5555/1, tr: 10.5555/1.tr}`."
    ),
    Diagnostic.UNKNOWN_ARTICLE: (
        "Write the path of the article below `articles/`, without its ending, or the end of that path if no other "
        "article has it."
    ),
    Diagnostic.CIRCULAR_NOTICES: (
        "Name the article only in the notice about it; the article gets its link to the notice by itself."
    ),
    Diagnostic.UNKNOWN_ISSUE: (
        "Write the name of a file in `issues/`, without its ending; or the number with `volume: …`, of an issue that "
        "has no file."
    ),
    Diagnostic.CONTRADICTORY_ISSUE: (
        "Say in one place only in which issue the article is: in a table of contents of the issue, or by `issue: …` in "
        "the article."
    ),
    Diagnostic.UNKNOWN_TRANSLATOR: (
        "Correct the name, which is that of a file in `authors/` without its ending, write the file (`fleuron "
        "contributor NAME`), or write the translator's name as it is to be printed (`Ada Lovelace`)."
    ),
    Diagnostic.TITLE_TWICE: "Delete `title:` from the front matter, or the heading `# …` from the text.",
    Diagnostic.NAME_TWICE: (
        "Delete the heading `# …`: `name:` is the title of the page. Headings within a biography begin with `##`."
    ),
    Diagnostic.NO_NAME: "Add `name: …`, as it is to be printed, to the front matter of the file.",
    Diagnostic.BAD_FRONT_MATTER: (
        "Correct the line that is named: a space after each colon, quotation marks around a value with a colon in "
        "it, and `---` on a line of its own before and after."
    ),
    Diagnostic.EMPTY_DOCUMENT: (
        "Write a heading and some text, or delete the file and its line in the table of contents."
    ),
    Diagnostic.NO_TITLE: "Begin the text with a heading, `# …`, or add `title: …` to the front matter.",
    Diagnostic.NOT_UTF8: "Save the file as UTF-8; editors have this in “Save as” or “Encoding”.",
    Diagnostic.BAD_CATALOGUE: (
        "Correct what is named, or put back the file of the last version; `fleuron translations` keeps what is "
        "translated."
    ),
    Diagnostic.BAD_ENTRY: 'Correct the line: each text stands in quotation marks, and one within it is written `\\"`.',
    Diagnostic.LEFT_OVER_CATALOGUE: "Delete the `.mo` file; it is made anew from a `.po` file, where there is one.",
    Diagnostic.UNUSED_TRANSLATION: (
        "Write the role, the label or the key as the original has it; only words are translated."
    ),
    Diagnostic.REPEATED_MESSAGE: "Delete the second entry.",
    Diagnostic.NO_HEADER: "Write the header that the message shows, or run `fleuron translations`, which does.",
    Diagnostic.LOST_CATALOGUE: (
        "Run `fleuron translations` if the text was renamed; delete the catalogue if it is gone."
    ),
    Diagnostic.LOST_TRANSLATION: "Give the file the name and folder of its text, or delete it if the text is gone.",
    Diagnostic.CONTRADICTS_SOURCE: "Delete the line: a field that a translation lacks is that of its source.",
    Diagnostic.UNPAIRED_SECTION: (
        "Give the translation the headings of its source, in their order and at their levels."
    ),
    Diagnostic.UNRECORDED_TRANSLATION: "Run the command that the message names, once the translation is complete.",
    Diagnostic.TWO_TRANSLATIONS: "Delete the catalogue, or the file.",
    Diagnostic.BAD_BIBLIOGRAPHY: (
        "Correct the entry at the line: a comma after each field, and as many closing braces as opening ones."
    ),
    Diagnostic.NO_BIBLIOGRAPHY: "Correct the name in `bibtex_bibfiles`, or write the file.",
    Diagnostic.NO_SOURCES: "Write `refs.bib` beside conf.py, or name your files in `bibtex_bibfiles`.",
    Diagnostic.REPEATED_SOURCE: "Delete one of the two, or give it another key and cite it by that.",
    Diagnostic.SOURCE_LOSS: (
        "Correct the field, or move what it says to one that is printed, such as `note` or `addendum`."
    ),
    Diagnostic.UNKNOWN_SOURCE: "Correct the key, or add the entry to a .bib file; until then the note shows the key.",
    Diagnostic.UNLISTED_SOURCE: "Add a {bibliography} to the article or to a page of its own, or cite it in a note.",
    Diagnostic.MISSING_FIELD: (
        "Add the fields to the entry; `pubstate = {forthcoming}` stands for the date of what is not yet published."
    ),
    Diagnostic.BAD_CITATION: (
        "Write `` {footcite}`key{p. 12}` ``, with commas between sources and an abbreviation that is known: p., "
        "pp., ch., vol., no., n., fol."
    ),
    Diagnostic.LOOKS_LIKE_NOTE: (
        "Write it as the message shows; if it is meant as text, put `\\` before its first character."
    ),
    Diagnostic.TEMPLATE_TAG: "Write what the tag stood for, such as a figure; show a tag itself as code, in backticks.",
    Diagnostic.OTHER_ATTRIBUTES: (
        "Write a class on a line above the block, `{.lead}`, and a label, `(label)=`; show braces themselves as code."
    ),
    Diagnostic.BACKTICK_FENCE: "Close the directive with a line of as many backticks as it begins with.",
    Diagnostic.CHANGED_CALLS: "Put the calls that the original has into the translation, or take the others out.",
    Diagnostic.UNKNOWN_NOTE: "Write the note, `[^label]: …`, on a line of its own, or correct the label.",
    Diagnostic.UNCALLED_NOTE: "Call the note where it belongs, `[^label]`, or delete it.",
    Diagnostic.UNKNOWN_LANGUAGE: "Write the code of the language, as in `{.language-fa}` for Persian.",
    Diagnostic.MARKUP_IN_RECORD: "Write the text without HTML; Markdown's `*italics*` are allowed in titles.",
    Diagnostic.UNKNOWN_ELEMENT: "Put `\\` before the first bracket, or write the word as code, in backticks.",
    Diagnostic.FOREIGN_MARKUP: "Take the HTML out of the translation, or put it into the original as well.",
    Diagnostic.FORBIDDEN_ADDRESS: "Link a web page (http, https), an e-mail address (mailto) or a DOI.",
    Diagnostic.NO_DOCUMENT_TITLE: "Begin the text with a heading, `# …`.",
    Diagnostic.INCLUDES_ITSELF: "Take one of the two `include` directives out.",
    Diagnostic.MISSING_FILE: "Correct the path, which is that from the text's folder, or add the file.",
    Diagnostic.FETCHED_FILE: "Download the file into the publication's folder, and include it from there.",
    Diagnostic.CODE_IN_SUBSTITUTION: "Write the value itself in `substitutions`, in the front matter or in conf.py.",
    Diagnostic.RAW_MARKUP: "Write it in Markdown; if you trust the author, build without `--untrusted`.",
    Diagnostic.REMOTE_PICTURE: "Copy the picture into the folder, and name the file; ask who has its rights.",
    Diagnostic.REMOTE_SOURCE: "Copy the file into the folder, and name it in the HTML.",
    Diagnostic.NO_DESCRIPTION: (
        "Say in the brackets of `![…](map.png)` or after `:alt:` what the picture shows; an empty `:alt:` says "
        "that it is an ornament."
    ),
    Diagnostic.UNSAFE_PICTURE: "Export the drawing as plain SVG, with its pictures embedded.",
    Diagnostic.MISREAD_PICTURE: "Put the name into angle brackets, `![A map](<old map.png>)`.",
    Diagnostic.CONTROL_CHARACTER: "Delete the character; an editor shows it with “Show invisibles”.",
    Diagnostic.BROKEN_PICTURE: "Save or export the picture again, as PNG, JPEG, GIF, WebP or SVG.",
    Diagnostic.BROKEN_MARKUP: "Close each tag that is opened, in the reverse order; `<br/>` closes itself.",
    Diagnostic.OUTSIDE_PUBLICATION: "Copy the file into the publication's folder, and correct its path.",
    Diagnostic.WORD_MISSING: (
        "Look at the place: an HTML element or an extension may hide words. If nothing does, report it."
    ),
    Diagnostic.WORD_DOUBLED: (
        "Look at the place for what repeats the words, such as an extension; if nothing does, report it."
    ),
    Diagnostic.WORD_OUT_OF_ORDER: (
        "Look at the place for what moves the words, such as an extension or a style; if nothing does, report it."
    ),
    Diagnostic.WORD_IN_WRONG_PLACE: (
        "Look at the note that is nearest to the place; if it is written as it should be, report it."
    ),
    Diagnostic.WORD_ADDED: "Find what adds the words: a template, a style sheet or an extension.",
    Diagnostic.HIDDEN_WORDS: (
        "Take the declaration out, or write `{only}` around what one format should not have; if it is meant, name "
        '`"fleuron.hidden_words"` in `suppress_warnings`.'
    ),
    Diagnostic.MORE_WORDS_LOST: "Correct the places that are named first, and build again.",
    Diagnostic.UNREAD_WORDS: "Write the line so that Markdown reads it as text, as the message says.",
    Diagnostic.MORE_WORDS_UNREAD: "Correct the places that are named first, and build again.",
    Diagnostic.MISSING_CHARACTER: (
        "Install a typeface that has it (Noto has most), name one in `fleuron_typefaces`, or set "
        '`fleuron_missing_characters = "box"`.'
    ),
    Diagnostic.BOXED_CHARACTER: "Install a typeface that has it, or name one in `fleuron_typefaces`.",
    Diagnostic.OWN_FAULT: "Report it, with what `--options=-v` prints; write the place differently to go on.",
    Diagnostic.PROGRAM_FAULT: "Write the place differently or leave it out; if an extension failed, update it.",
    Diagnostic.NESTED_TOO_DEEPLY: "Take lists, quotations or brackets out of each other.",
    Diagnostic.UNREADABLE_FILE: "Give the file a shorter name, or the rights to read it; check that it is a text file.",
    Diagnostic.UNKNOWN_NODE: "Leave out what the extension makes, or use one that supports the format.",
}
