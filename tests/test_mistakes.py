"""An author's mistake: one message with its place, a non-zero exit for an error, never a traceback."""

from __future__ import annotations

from conftest import Maker


def test_a_sound_publication_is_silent(make: Maker) -> None:
    publication = make({})
    result = publication.publish("html", options="-W --keep-going")
    assert result.code == 0
    assert result.output.splitlines() == ["English: html", "Türkçe: html", f"html → {publication.build / 'html'}"]
