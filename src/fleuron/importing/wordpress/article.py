"""Make articles of the posts of an export."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fleuron.importing.conversion.pandoc import read_tree
from fleuron.importing.conversion.tree import Node, text
from fleuron.importing.converted_files import ConvertedFile, written_article
from fleuron.importing.wordpress.content import post_page
from fleuron.importing.wordpress.export import Post, read_export
from fleuron.importing.wordpress.words import post_text

TAG = re.compile(r"<[^<>]+>")


@dataclass(frozen=True)
class ConvertedPost:
    """A post as an article: its name, the article, and the words of the post."""

    name: str
    article: ConvertedFile
    words: str


def convert_posts(pandoc: str, file: Path, folder: Path, authors: Mapping[str, str]) -> Iterator[ConvertedPost]:
    """Yield the published posts of an export as articles; see `convert`. Raises ConversionError."""
    export = read_export(file)
    beside = file.resolve().parent
    others = [f"{number:,} × {kind}" for kind, number in export.others.items()]
    for number, post in enumerate(export.posts):
        page = post_page(post, export.attachments, beside)
        tree, losses = read_tree(pandoc, "html", folder, page.source)
        article = written_article(pandoc, {**tree, "meta": metadata(post)}, folder, post.name, authors, beside)
        told = [*article.left_out, *page.told, *(f"pandoc: {loss}" for loss in losses)]
        if others and not number:
            told.append(f"only published posts are imported; the export has besides: {', '.join(others)}")
        yield ConvertedPost(post.name, replace(article, left_out=tuple(told)), post_text(post))


def metadata(post: Post) -> dict[str, Any]:
    """Return the metadata of a post as pandoc has them."""
    found: dict[str, Any] = {"title": inlines(post.title)}
    if post.author:
        found["author"] = {"t": "MetaList", "c": [inlines(post.author)]}
    if post.date and not post.date.startswith("0000"):
        found["date"] = inlines(post.date)
    if post.excerpt:
        found["abstract"] = inlines(post.excerpt)
    if post.tags:
        found["keywords"] = {"t": "MetaList", "c": [inlines(tag) for tag in post.tags]}
    return found


def inlines(words: str) -> Node:
    return {"t": "MetaInlines", "c": [text(" ".join(TAG.sub("", words).split()))]}
