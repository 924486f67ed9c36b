"""List the words of a post as its export has them, to prove that its article has them all."""

from __future__ import annotations

import re
from html import unescape

from fleuron.importing.wordpress.export import Post

# Calls of notes, whose numbers are made, and what no reader sees.
UNSEEN = re.compile(
    r"<sup\b[^>]*\bdata-fn=.*?</sup>|<!--.*?-->|<(?P<tag>script|style)\b.*?</(?P=tag)>", re.DOTALL | re.IGNORECASE
)
SHORTCODE = re.compile(r"\[/?[A-Za-z][\w-]*(?:\s[^\[\]]*)?\]")
CAPTION = re.compile(r"\[(?:wp_)?caption[^\]]*?\bcaption=\"(?P<words>[^\"]*)\"[^\]]*\]")
NUMBERED = re.compile(r"\[\d+\.\s")
INLINE = re.compile(r"</?(?:abbr|b|bdi|cite|code|em|i|mark|q|s|small|span|strong|sub|sup|u)\b[^>]*>", re.IGNORECASE)
TAG = re.compile(r"</?[A-Za-z][^>]*>")


def post_text(post: Post) -> str:
    """Return the text of a post: its title, excerpt, content and notes, without tags and shortcodes."""
    content = CAPTION.sub(lambda match: f" {match['words']} ", UNSEEN.sub("", post.content))
    parts = [post.title, post.excerpt, NUMBERED.sub(" ", SHORTCODE.sub(" ", content)), *post.notes.values()]
    return unescape("\n".join(TAG.sub(" ", INLINE.sub("", part)) for part in parts))
