"""Read a LaTeX document with the files that it names, so that pandoc knows all its commands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fleuron.importing.conversion.pandoc import ConversionError, read_tree
from fleuron.importing.conversion.tree import nodes_in

COMMENT = re.compile(r"(?<!\\)(?P<even>(?:\\\\)*)%.*?(?:\n[ \t]*|\Z)")
# An accent over an i or j without a dot, which is one over i or j; pandoc 3.9 writes the letter without the dot.
DOTLESS = re.compile(r"""(?P<accent>\\["'`^~=.uvH])\s*(?:\{\s*\\(?P<within>[ij])\s*\}|\\(?P<bare>[ij])(?![A-Za-z]))""")
INCLUDED = re.compile(r"\\(?:input|include|subfile)\s*\{(?P<name>[^{}]+)\}")
BIBLIOGRAPHY = re.compile(r"\\(?:bibliography|addbibresource)\s*(?:\[[^\]]*\])?\{(?P<names>[^{}]+)\}")
PICTURE_FOLDERS = re.compile(r"\\graphicspath\s*\{(?P<folders>(?:\s*\{[^{}]*\}\s*)+)\}")
PICTURE = re.compile(r"(?P<before>\\includegraphics\s*\*?\s*(?:\[[^\]]*\])?\s*\{)(?P<path>[^{}]+)\}")
# What is tried after the name of a picture that has no end, as pdfTeX does; MyST shows no PDF.
PICTURE_ENDS = ("", ".png", ".jpg", ".jpeg", ".svg", ".PNG", ".JPG", ".gif", ".webp")
UNKNOWN = re.compile(r"\\(?P<name>[A-Za-z]+)\*?(?P<optional>\s*\[)?(?P<rest>.*)", re.DOTALL)
ARGUMENT = re.compile(r"\s*(?:\[[^\]]*\]\s*)*\{")
# Commands without words, which pandoc leaves out: they order a page, or print what is elsewhere.
SILENT = frozenset(
    " ".join(
        (
            "Cref DeclareMathOperator addbibresource addcontentsline addtocontents addtocounter autoref",
            "backmatter bibliography bibliographystyle centering cite cleardoublepage clearpage cref def",
            "definecolor eqref footnotesize frontmatter graphicspath hfill hskip hspace hypersetup hyphenation",
            "include index input label large let linespread listoffigures listoftables lstset mainmatter",
            "maketitle markboth markright nameref newcommand newpage newtheorem nocite noindent nopagebreak",
            "pagebreak pagenumbering pageref pagestyle pdfbookmark phantomsection printbibliography printindex",
            "providecommand raggedleft raggedright ref renewcommand selectlanguage setcounter setlength",
            "setstretch sloppy small stepcounter tableofcontents theoremstyle thispagestyle usepackage vfill",
            "vskip vspace",
        )
    ).split()
)
# How deep files may name others.
DEEPEST = 10


@dataclass(frozen=True)
class LatexDocument:
    """The text of a document with the files that it includes, the texts of its .bib files, and what is left out."""

    text: str
    bibliographies: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def read_document(file: Path) -> LatexDocument:
    """Read a document; only files in its folder are read. Raises ConversionError."""
    folder = file.resolve().parent
    left_out: list[str] = []
    text = with_included(read_text(file), folder, left_out, 0)
    text = PICTURE.sub(lambda match: with_end(match, folder, picture_folders(text)), text)
    text = DOTLESS.sub(lambda found: f"{found['accent']}{{{found['within'] or found['bare']}}}", text)
    names = [name.strip() for found in BIBLIOGRAPHY.finditer(text) for name in found["names"].split(",")]
    bibliographies = []
    for name in dict.fromkeys(names):
        path = beside(folder, name, ".bib")
        if path is None:
            left_out.append(f"its bibliography “{name}” is not in its folder")
        else:
            bibliographies.append(read_text(path))
    return LatexDocument(text, tuple(bibliographies), tuple(left_out))


def read_text(file: Path) -> str:
    """Return the text of a file, which is UTF-8, or Latin-1 as older ones are where it says so."""
    content = file.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if re.search(rb"\\usepackage\[latin[19]\]\{inputenc\}", content):
            return content.decode("latin-1")
        raise ConversionError(f"{file.name} is not UTF-8; save it as UTF-8") from None


def without_comments(text: str) -> str:
    return COMMENT.sub(lambda comment: comment["even"], text)


def with_included(text: str, folder: Path, left_out: list[str], depth: int) -> str:
    """Return a text with the files that it includes, without comments; ``left_out`` gets those that are missing."""

    def included(match: re.Match[str]) -> str:
        path = beside(folder, match["name"].strip(), ".tex")
        if path is None or depth >= DEEPEST:
            left_out.append(f"the file “{match['name']}” that it includes is not in its folder")
            return ""
        return with_included(read_text(path), folder, left_out, depth + 1)

    return INCLUDED.sub(included, without_comments(text))


def beside(folder: Path, name: str, end: str) -> Path | None:
    """Return a file in a folder, with or without the end of its name; None for one that is missing or elsewhere."""
    for path in (folder / f"{name}{end}", folder / name):
        if path.is_file() and path.resolve().is_relative_to(folder):
            return path
    return None


def picture_folders(text: str) -> list[str]:
    found = PICTURE_FOLDERS.search(text)
    return ["", *re.findall(r"\{\s*([^{}]*?)\s*\}", found["folders"])] if found else [""]


def with_end(match: re.Match[str], folder: Path, folders: list[str]) -> str:
    """Return the command of a picture with the whole path of its file, if it is there."""
    for start in folders:
        for end in PICTURE_ENDS:
            path = folder / start / f"{match['path'].strip()}{end}"
            if path.is_file() and path.resolve().is_relative_to(folder):
                return f"{match['before']}{path.relative_to(folder).as_posix()}}}"
    return match[0]


def read_latex(pandoc: str, document: LatexDocument, folder: Path) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the tree of a document, and what is left out of it.

    Pandoc leaves out a command that it does not know, with its words. Here such a command prints what it is given.
    """
    tree, _losses = read_tree(pandoc, "latex+raw_tex", folder, document.text)
    unknown = unknown_commands(tree)
    definitions = "".join(definition(name, *arguments) for name, arguments in unknown.items())
    tree, losses = read_tree(pandoc, "latex", folder, definitions + document.text)
    told = [f"the command \\{name} is not known; its words stand as they are" for name in unknown]
    return tree, (*document.left_out, *told, *(f"pandoc: {loss}" for loss in losses))


def unknown_commands(tree: Mapping[str, Any]) -> dict[str, tuple[int, bool]]:
    """Return the commands with words that pandoc does not know: how many arguments each has, and if one is optional."""
    found: dict[str, tuple[int, bool]] = {}
    for source in raw_latex(tree):
        command = UNKNOWN.match(source)
        if command and command["name"] not in SILENT:
            number = count_arguments(source[command.end("name") :])
            if number:
                most, has_option = found.get(command["name"], (0, False))
                found[command["name"]] = max(most, number), has_option or bool(command["optional"])
    return found


def raw_latex(tree: Mapping[str, Any]) -> Iterator[str]:
    """Yield what pandoc has left as LaTeX, but not the commands of citations, which it has read."""
    cites = {id(raw) for node in nodes_in(tree) if node["t"] == "Cite" for raw in node["c"][1]}
    for node in nodes_in(tree):
        if node["t"] in ("RawInline", "RawBlock") and node["c"][0] == "latex" and id(node) not in cites:
            yield node["c"][1]


def count_arguments(source: str) -> int:
    """Return how many arguments in braces stand at the beginning of a text."""
    count = at = 0
    while found := ARGUMENT.match(source, at):
        depth, at = 1, found.end()
        while at < len(source) and depth:
            depth += {"{": 1, "}": -1}.get(source[at], 0) if source[at - 1] != "\\" else 0
            at += 1
        count += 1
    return min(count, 8)


def definition(name: str, arguments: int, has_option: bool) -> str:
    """Return LaTeX that defines a command so that it prints what it is given."""
    total = arguments + has_option
    option = "[]" if has_option else ""
    return f"\\newcommand{{\\{name}}}[{total}]{option}{{{' '.join(f'#{number}' for number in range(1, total + 1))}}}\n"
