"""Tell the text of directives and of reStructuredText from its syntax: settings, names of fields, numbers of items."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

OPTION = re.compile(r"\s*:([\w-]+):(?:\s+(.*))?")
# The options whose value is printed; others are settings.
PRINTED_OPTIONS = frozenset({"alt", "caption", "header", "legend", "subtitle", "summary", "title"})
# The directives whose argument is a setting, a file or a list of files.
SETTINGS = frozenset(
    {"bibliography", "class", "code", "code-block", "codeauthor", "container", "contents", "cssclass", "currentmodule",
     "default-domain", "default-role", "figure", "footbibliography", "highlight", "ifconfig", "image", "include",
     "literalinclude", "math", "moduleauthor", "only", "raw", "role", "rst-class", "sectionauthor", "sourcecode",
     "tabularcolumns", "doctest", "testcleanup", "testcode", "testoutput", "testsetup"}
)  # fmt: skip
# The directives whose body is not text of a page: names of files, what is for machines, and what reST alone has.
WITHOUT_TEXT = frozenset({"bibliography", "toctree", "meta", "role", "default-role", "highlight", "tabularcolumns"})
# The markup of reStructuredText that is not text; a directive may begin an item of a list or a cell.
RST_SYNTAX = re.compile(
    r"(?m)(?:^|[-*+•‣⁃|]|\s\s)\s*\.\. (?:\S+::|_[^:\n]+:|\[[^\]]*\]|\|[^|]*\|\s*\S+::)|^\s*:[\w-]+:|:[\w:.+-]+:(?=`)"
)
# The names of fields in the descriptions of functions and the like, which become headings.
FIELD_NAMES = frozenset(
    {"arg", "argument", "cvar", "except", "exception", "ivar", "key", "keyword", "kwarg", "param", "parameter", "raise",
     "raises", "return", "returns", "retval", "rtype", "throws", "tparam", "type", "var", "vartype"}
)  # fmt: skip
# What begins an item of a list, in a list too: “- A) ”.
ENUMERATOR = re.compile(r"(?m)^\s*(?:[-*+•‣⁃]\s+)*\(?(?:\d+|[A-Za-z]|[ivxlcdmIVXLCDM]+)[.)]\s")
# A directive may be the first line of an item of a list or of a cell.
DIRECTIVE = re.compile(r"((?:\s|[-*+•‣⁃|]\s)*)\.\. ([\w:.+-]+)::\s*(.*)")
# A directive of HTML with its lines, and a tag.
RAW_HTML = re.compile(r"(?m)^([ \t]*)\.\. raw:: .*(?:\n(?:\1[ \t]+.*|[ \t]*$))*")
TAG = re.compile(r"<[!/A-Za-z][^<>]*>")
# Sphinx prints a type, with the name that it belongs to, in the line of that name's own field: “eggs (int) – the eggs”.
TYPE_OF_NAME = r"(?:param|kw|var)?type\s+[^\s:][^:\n]*(?=:)"
FIELD = re.compile(rf"(?m)^\s*:(?:{TYPE_OF_NAME}|(?:{'|'.join(sorted(FIELD_NAMES))})(?=[\s:]))")


def without_tags_in_raw(source: str) -> str:
    """Return a source without the tags in its HTML, with each line in its place."""
    return RAW_HTML.sub(lambda block: TAG.sub(lambda tag: "\n" * tag[0].count("\n"), block[0]), source)


def text_lines(source: str, is_unread: Callable[[str], bool] | None = None) -> Iterator[str]:
    """Yield the lines of a source without its syntax, such as the names and settings of directives.

    Of a directive whose name ``is_unread``, nothing is yielded.
    """
    hidden = ""
    is_head = False
    for line in without_tags_in_raw(source).splitlines():
        directive, option = DIRECTIVE.fullmatch(line), OPTION.fullmatch(line)
        if hidden and line.strip() and not line.startswith(hidden):
            hidden = ""
        if directive:
            is_head = True
            is_hidden = directive[2] in WITHOUT_TEXT or bool(is_unread and is_unread(directive[2]))
            hidden = " " * (len(directive[1]) + 1) if is_hidden else ""
            yield "" if directive[2] in SETTINGS or hidden else directive[3]
        elif hidden:
            yield ""
        elif is_head and option:
            yield option[2] or "" if option[1] in PRINTED_OPTIONS else ""
        else:
            is_head = is_head and bool(line.strip())
            yield RST_SYNTAX.sub(" ", FIELD.sub(" ", ENUMERATOR.sub(" ", line)))
