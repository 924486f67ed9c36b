"""What is missing from pages is told once for each text that lacks it."""

from __future__ import annotations

from typing import Any

import pytest

from fleuron.paged import page_losses


def test_a_loss_is_told_at_the_text_that_a_unit_has_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, str | None]] = []

    def record(_message: str, loss: str, *, location: str | None, **_kind: Any) -> None:
        told.append((loss, location))

    monkeypatch.setattr(page_losses.logger, "error", record)
    documents = {"d-one": ["articles/one"], "t-d-one": ["articles/one"], "front": ["index", "articles/one"]}
    losses = {"d-one": ("a glyph", "a picture"), "t-d-one": ("a glyph",), "front": ("a glyph",)}
    page_losses.report_losses_of_pages(losses, documents.__getitem__)
    assert told == [("a glyph", "articles/one"), ("a picture", "articles/one"), ("a glyph", None)]
