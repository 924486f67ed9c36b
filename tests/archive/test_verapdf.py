"""veraPDF, called as archived versions have it: what it finds in PDFs that were broken."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from fleuron.archive.validation.verapdf import verapdf

pytestmark = pytest.mark.java


def test_each_file_has_the_rules_that_it_breaks_by_standard(bound: bytes, tmp_path: Path) -> None:
    (tmp_path / "pdf").mkdir()
    paths = [tmp_path / "pdf" / f"{name}.pdf" for name in ("whole", "without language", "without colours")]
    paths[0].write_bytes(bound)
    for path, name in zip(paths[1:], ("Lang", "OutputIntents"), strict=True):
        with pikepdf.open(paths[0]) as pdf:
            del pdf.Root[f"/{name}"]
            pdf.save(path)
    report = verapdf(paths, tmp_path)
    assert report["validator"].startswith("veraPDF 1.")
    assert report["files"] == ["pdf/whole.pdf", "pdf/without language.pdf", "pdf/without colours.pdf"]
    rules = {
        (name, profile): {failure["rule"] for failure in failures}
        for name, by_profile in report["failures"].items()
        for profile, failures in by_profile.items()
    }
    assert rules.keys() == {(f"pdf/{path.name}", profile) for path in paths[1:] for profile in ("PDFA-3A", "PDFUA-1")}
    # ISO 14289-1, 7.2: the natural language of text in page content; ISO 19005-3, 6.2.4.3: device colours.
    assert "7.2-34" in rules["pdf/without language.pdf", "PDFUA-1"]
    assert "6.2.4.3-2" in rules["pdf/without colours.pdf", "PDFA-3A"]
    assert rules["pdf/without colours.pdf", "PDFUA-1"] == set()
