"""Validate a PDF as PDF/A-3a and PDF/UA-1 with page-validation, and its syntax with qpdf."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from fleuron.archive.validation.programs import DidNotRun, version_line

PROFILES = ("pdfa-3a", "pdfua-1")
STREAM_LENGTH_RULE = "PDFA3A-STREAM-LENGTH-001"
STREAM = re.compile(rb"/Length (\d+)((?!stream).)*>>\nstream\n", re.DOTALL)


def validate_pdf(pdf: Path) -> Mapping[str, Any]:
    """Return the findings of page-validation and qpdf."""
    validator = f"page-validation {version('page-validation')}"
    import page as page_validation

    content = pdf.read_bytes()
    found = {profile: page_validation.validate_pdf_bytes(content, profile=profile).failures for profile in PROFILES}
    failures = {
        profile: [describe_failure(failure.rule_id, failure.message, content) for failure in found[profile]]
        for profile in PROFILES
    }
    return {"validator": validator, "failures": failures, "syntax": check_syntax(pdf)}


def describe_failure(rule: str, message: str, pdf: bytes) -> Mapping[str, str]:
    """Return a finding, with the proof if the file proves it a false positive."""
    proof = proof_against(rule, pdf)
    return {"rule": rule, "message": message} | ({"proof": proof} if proof else {})


def check_syntax(pdf: Path) -> Mapping[str, Any]:
    """Return whether qpdf finds the syntax of a PDF correct."""
    try:
        qpdf = version_line("qpdf", "--version")
    except DidNotRun as reason:
        return {"not run": str(reason)}
    done = subprocess.run(["qpdf", "--check", pdf.name], cwd=pdf.parent, capture_output=True, text=True, check=False)
    return {"validator": qpdf, "whole": done.returncode == 0}


def proof_against(rule: str, pdf: bytes) -> str:
    """Return what proves that a finding of page-validation is a false positive, or an empty string.

    page-validation 0.11 takes the last byte of a stream that ends in CR for a part of the line end before
    ``endstream``. The length that the file states is right (ISO 32000-1, 7.3.8.2) if exactly that many bytes precede
    the line end.
    """
    if rule == STREAM_LENGTH_RULE and stream_lengths_are_right(pdf):
        return "false positive: each “endstream” follows as many bytes as /Length says, the last of which may be a CR"
    return ""


def stream_lengths_are_right(pdf: bytes) -> bool:
    """Return whether all streams are as long as they say, and at least one ends in CR."""
    streams = []
    for head in STREAM.finditer(pdf):
        end = head.end() + int(head[1])
        if pdf[end : end + 10] != b"\nendstream":
            return False
        streams.append(pdf[head.end() : end])
    return len(streams) == pdf.count(b"\nendstream\n") and any(stream.endswith(b"\r") for stream in streams)
