"""Check the sources of a stranger's publication before anything of them runs: conf.py, and links in the file system."""

from __future__ import annotations

import ast
import os
import re
import stat
import warnings
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fleuron.config import OPTIONS, ConfigurationError
from fleuron.diagnostics.similar_names import suggestion

# Extensions that neither run programs nor import modules nor use the network for a text.
EXTENSIONS = frozenset(
    {
        *("fleuron", "fleuron.notes", "fleuron.paged", "myst_parser", "sphinxcontrib.bibtex"),
        *("sphinx.ext.autosectionlabel", "sphinx.ext.extlinks", "sphinx.ext.githubpages", "sphinx.ext.mathjax"),
        *("sphinx.ext.todo",),
    }
)
# Options whose values are texts, numbers and names, and lead to no code, file or address.
PLAIN_OPTIONS = frozenset(
    {
        *("author", "copyright", "extensions", "exclude_patterns", "extlinks", "gettext_additional_targets"),
        *("gettext_compact", "highlight_language", "html_baseurl", "html_copy_source", "html_last_updated_fmt"),
        *("html_short_title", "html_show_sourcelink", "html_title", "include_patterns", "language", "master_doc"),
        *("math_eqref_format", "math_number_all", "math_numfig", "myst_dmath_allow_digits", "myst_dmath_allow_labels"),
        *("myst_dmath_allow_space", "myst_dmath_double_inline", "myst_enable_extensions", "myst_footnote_sort"),
        *("myst_footnote_transition", "myst_heading_anchors", "myst_links_external_new_tab", "myst_substitutions"),
        *("needs_sphinx", "nitpick_ignore", "nitpicky", "numfig", "numfig_format", "numfig_secnum_depth", "project"),
        *("release", "root_doc", "rst_epilog", "rst_prolog", "smartquotes", "smartquotes_action", "source_encoding"),
        *("source_suffix", "suppress_warnings", "toc_object_entries", "today", "today_fmt", "version"),
        *("epub_author", "epub_contributor", "epub_copyright", "epub_description", "epub_identifier", "epub_language"),
        *("epub_publisher", "epub_scheme", "epub_title", "epub_uid"),
    }
)
# Options that name files and folders, which must be in the publication.
PATH_OPTIONS = frozenset({"bibtex_bibfiles", "fleuron_pdf_css", "locale_dirs"})
# Options of Fleuron that its commands set, or by which a build talks to other machines.
OWN_OPTIONS_REFUSED = frozenset(
    {
        *("fleuron_article", "fleuron_downloads", "fleuron_editions", "fleuron_issue"),
        *("fleuron_keep_going", "fleuron_pdf_executor"),
        *("fleuron_pdf_scheduler", "fleuron_published", "fleuron_release", "fleuron_untrusted"),
    }
)
OPTIONS_ALLOWED = PLAIN_OPTIONS | PATH_OPTIONS | {option.name for option in OPTIONS} - OWN_OPTIONS_REFUSED
# By which Sphinx shows HTML as text.
SPHINX_OPTIONS = ("-D", "fleuron_untrusted=1")
# A name that is not an option of Sphinx: it holds a value for use further down.
OWN_NAME = re.compile(r"_\w+|[A-Z][A-Z0-9_]*")
# The most letters or items of a value: a few lines that double it would fill the memory.
LONGEST = 100_000
INSTEAD = "write the value itself: text, numbers, lists and dictionaries, or names given above, joined by +"


class RefusedCode(ValueError):
    """Raised for a part of conf.py that does more than give a name a value, with its line (from 1)."""

    def __init__(self, node: ast.AST, problem: str) -> None:
        super().__init__(f"line {getattr(node, 'lineno', 1)}: {problem}")


@dataclass
class LiteralSettings:
    """The values that a conf.py gives names, and the line of each."""

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def read(self, statement: ast.stmt) -> None:
        """Read a statement; raise RefusedCode if it is not an assignment of a value that is written out."""
        match statement:
            case ast.Pass() | ast.Expr(value=ast.Constant()):
                return
            case ast.ImportFrom(module="__future__"):
                return
            case ast.Assign(targets=targets, value=value) if all(isinstance(target, ast.Name) for target in targets):
                found = self.value_of(value)
                for target in targets:
                    self.store(target, found)
            # Python evaluates an annotation, so that only a name is taken for one.
            case ast.AnnAssign(target=ast.Name() as target, annotation=ast.Name(), value=ast.expr() as value):
                self.store(target, self.value_of(value))
            case ast.AugAssign(target=ast.Name() as target, op=ast.Add(), value=value):
                sum_ = ast.BinOp(left=ast.Name(target.id, lineno=target.lineno), op=ast.Add(), right=value)
                self.store(target, self.value_of(ast.copy_location(sum_, statement)))
            case _:
                written = shortened(ast.unparse(statement))
                raise RefusedCode(statement, f"“{written}” is code, which --untrusted does not run; {INSTEAD}")

    def store(self, target: ast.AST, value: Any) -> None:
        assert isinstance(target, ast.Name)
        self.values[target.id], self.lines[target.id] = value, target.lineno

    def value_of(self, node: ast.expr) -> Any:
        """Return the value of an expression; raise RefusedCode for one that has to be computed by code."""
        match node:
            case ast.Constant(value=value):
                return value
            case ast.Name(id=name) if name in self.values:
                return self.values[name]
            case ast.List(elts=parts):
                return [self.value_of(part) for part in parts]
            case ast.Tuple(elts=parts):
                return tuple(self.value_of(part) for part in parts)
            case ast.Set(elts=parts):
                return self.made(node, lambda: {self.value_of(part) for part in parts})
            case ast.Dict(keys=keys, values=values) if None not in keys:
                pairs = [
                    (self.value_of(key), self.value_of(value))
                    for key, value in zip(keys, values, strict=True)
                    if key is not None
                ]
                return self.made(node, lambda: dict(pairs))
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
                return -number
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return self.joined(node, self.value_of(left), self.value_of(right))
        raise RefusedCode(node, f"“{shortened(ast.unparse(node))}” is code, which --untrusted does not run; {INSTEAD}")

    def joined(self, node: ast.expr, left: Any, right: Any) -> Any:
        """Return two texts or lists as one."""
        for kind in (str, list, tuple):
            if isinstance(left, kind) and isinstance(right, kind):
                if len(left) + len(right) > LONGEST:
                    raise RefusedCode(node, f"this value has more than {LONGEST:,} letters or items; write a shorter")
                return left + right  # type: ignore[operator]  # both are of one kind
        raise RefusedCode(
            node, f"“{shortened(ast.unparse(node))}” joins what is not both text or both lists; {INSTEAD}"
        )

    @staticmethod
    def made(node: ast.expr, make: Any) -> Any:
        """Return a set or dictionary; raise RefusedCode for one with a list as a key."""
        try:
            return make()
        except TypeError as error:
            raise RefusedCode(node, f"{error}; {INSTEAD}") from None


def shortened(code: str) -> str:
    first = code.partition("\n")[0]
    return first if len(first) <= 60 and first == code else f"{first[:60]}…"


def read_literals(source: bytes) -> LiteralSettings:
    """Read a conf.py without running it; raise ConfigurationError if it does more than assign values."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Sphinx shows them when it runs the file
            module = ast.parse(source, "conf.py")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = f"line {error.lineno}: " if isinstance(error, SyntaxError) and error.lineno else ""
        raise ConfigurationError(f"{line}it cannot be read: {getattr(error, 'msg', '') or error}") from None
    settings, faults = LiteralSettings(), []
    for statement in module.body:
        try:
            settings.read(statement)
        except RefusedCode as error:
            faults.append(str(error))
        except RecursionError:
            faults.append(f"line {statement.lineno}: this value is nested too deeply; write it in fewer brackets")
    refuse(faults)
    return settings


def refuse(faults: list[str]) -> None:
    """Raise ConfigurationError with all faults, a line for each, if there are any."""
    if faults:
        raise ConfigurationError("\nfleuron: conf.py: ".join(faults))


def faults_of_options(source: Path, settings: LiteralSettings) -> Iterator[str]:
    """Yield what a stranger's conf.py may not set, with the line of each."""
    for name, value in settings.values.items():
        where = f"line {settings.lines[name]}: "
        if name == "templates_path":
            yield f"{where}templates are code, which --untrusted does not run; delete templates_path"
        elif name in OPTIONS_ALLOWED:
            yield from (f"{where}{fault}" for fault in faults_of_value(source, name, value))
        elif not OWN_NAME.fullmatch(name):
            hint = suggestion(name, OPTIONS_ALLOWED) if name not in OWN_OPTIONS_REFUSED else ""
            hint = hint if hint.startswith("; did") else ""
            yield (
                f"{where}--untrusted does not allow “{name}”{hint}; delete it, or write “_{name}” if it is not "
                "an option of Sphinx"
            )


def faults_of_value(source: Path, name: str, value: Any) -> Iterator[str]:
    """Yield what is wrong with the value of an option: extensions that run code, paths that lead outside."""
    items = value if isinstance(value, list | tuple | set) else [value]
    for item in sorted(map(str, items)) if name == "extensions" else ():
        if item not in EXTENSIONS:
            known = ", ".join(sorted(EXTENSIONS))
            yield f"--untrusted does not load the extension “{item}”; delete it; those that it loads are {known}"
    for item in items if name in PATH_OPTIONS else ():
        if isinstance(item, str) and not leads_inside(source, source / item):
            yield f"{name} names “{item}”, which is outside the publication’s folder; copy it into the folder"


def leads_inside(source: Path, path: Path) -> bool:
    """Return whether a path, with its symbolic links resolved, is in the publication's folder."""
    try:
        return path.resolve().is_relative_to(source.resolve())
    except (OSError, RuntimeError, ValueError):  # links that lead to each other, or a NUL
        return False


def faults_of_files(source: Path) -> Iterator[str]:
    """Yield the links in the file system that lead out of a publication's folder, and what is not a regular file."""
    for folder, folders, files in os.walk(source):
        for name in sorted((*folders, *files)):
            path = Path(folder, name)
            shown = path.relative_to(source).as_posix()
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode):
                if not leads_inside(source, path):
                    yield f"{shown}: this link leads out of the publication’s folder; delete it, or copy the file"
            elif not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                yield f"{shown}: this is neither a file nor a folder; delete it"


def options_of(arguments: Namespace) -> tuple[str, ...]:
    """Return the options for Sphinx of a command that builds; check the sources first if they are a stranger's."""
    if arguments.untrusted:
        check_untrusted(arguments.source)
        return (*arguments.options, *SPHINX_OPTIONS)
    return tuple(arguments.options)


def check_untrusted(source: Path) -> None:
    """Raise ConfigurationError or SystemExit if a publication's sources could run code or read other files."""
    conf = source / "conf.py"
    faults = list(faults_of_files(source))
    if faults:
        raise SystemExit("\n".join(f"fleuron: {fault}" for fault in faults))
    if conf.is_file():
        refuse(list(faults_of_options(source, read_literals(conf.read_bytes()))))
