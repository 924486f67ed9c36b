"""Addresses and DOIs are broken by Chicago's rules, and never inside a number."""

from __future__ import annotations

import pytest

from fleuron.paged.line_breaking.addresses import addresses_in, breaks_of_address

CASES = {
    "https://example.org/path/page.html": "https://|example|.org|/path|/page|.html",
    "https://doi.org/10.1093/jaarel/lfaa041": "https://|doi|.org|/10.1093|/jaarel|/lfaa041",
    "10.17613/pqr_stu-vwx": "10.17613|/pqr|_stu|-vwx",
    "https://a.example/?q=drum&page=12": "https://|a|.example|/|?q|=|drum|&|page|=12",
    "www.example.com/~user/2024-11-18,3": "www|.example|.com|/|~user|/2024-11-18,3",
    "urn:isbn:9780226817972": "urn:|isbn:|9780226817972",
}


@pytest.mark.parametrize("address", CASES)
def test_that_addresses_are_broken_by_the_rules(address: str) -> None:
    places = breaks_of_address(address)
    parts = [address[start:end] for start, end in zip([0, *places], [*places, None], strict=True)]
    assert "|".join(parts) == CASES[address]


def test_that_addresses_are_found_without_the_stop_after_them() -> None:
    text = "See https://example.org/a(b). Also doi:10.1000/182, and the ratio 10.5/3 of and/or."
    assert [text[start:end] for start, end in addresses_in(text)] == ["https://example.org/a(b", "doi:10.1000/182"]
