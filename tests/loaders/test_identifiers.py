"""Identifiers: checked by their own rules, one writing each, junk left out."""

from __future__ import annotations

import pytest

from graph.facts.claims import Claims, ref
from loaders.identifiers import (
    is_junk,
    is_valid_duns,
    is_valid_lei,
    is_valid_vat,
    lei,
    own,
    registry,
    state,
)


def stated(scheme: str, value: str, issuer: str = "") -> list[tuple[object, ...]]:
    claims = Claims()
    state(claims, ref("LegalEntity", "toy:company:1"), scheme, value, issuer)
    return [
        tuple(node.properties[name] for name in ("scheme", "value", "issuer", "is_valid"))
        for node in claims.nodes
    ]


@pytest.mark.parametrize(
    ("number", "kept"),
    [
        ("1234", "00001234"),
        ("sc 1234", "SC001234"),
        ("SC123456", "SC123456"),
        ("R5", "R0000005"),
        ("09876543", "09876543"),
    ],
)
def test_companies_house_pads_to_eight_characters(number, kept) -> None:
    assert registry("RA000585", number) == f"registry:RA000585:{kept}"


def test_no_other_register_pads() -> None:
    assert registry("RA000242", " hrb  1234 ") == "registry:RA000242:HRB 1234"


def test_references_say_what_founds_them() -> None:
    assert lei(" 5493001kjtiigc8y1r12 ") == "lei:5493001KJTIIGC8Y1R12"
    assert own("crm", "account", "001") == "crm:account:001"


@pytest.mark.parametrize("value", ["5493001KJTIIGC8Y1R12", "529900T8BM49AURSDO55"])
def test_an_lei_with_its_checksum_is_valid(value) -> None:
    assert is_valid_lei(value)


@pytest.mark.parametrize("value", ["5493001KJTIIGC8Y1R13", "5493001KJTIIGC8Y1R1", "", "LEI"])
def test_an_lei_without_it_is_not(value) -> None:
    assert not is_valid_lei(value)


def test_vat_and_duns_are_checked() -> None:
    assert [is_valid_vat(text) for text in ("DE136695976", "DE136695977", "XX1")] == [
        True,
        False,
        False,
    ]
    assert [is_valid_duns(text) for text in ("31-415-9265", "31415926", "999999999")] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("value", "valid"),
    [
        ("GB980780684", True),
        ("GB980780685", False),
        ("CHE107787577IVA", True),
        ("NO995525828MVA", True),
        ("980780684", False),
    ],
)
def test_vat_is_checked_beyond_the_union_too(value, valid) -> None:
    assert is_valid_vat(value) is valid


@pytest.mark.parametrize(
    ("scheme", "value", "kept", "valid"),
    [
        ("cnpj", "16.727.230/0001-97", "16727230000197", True),
        ("cnpj", "16.727.230.0001-98", "16727230000198", False),
        ("abn", "83 914 571 673", "83914571673", True),
        ("uen", "00192200m", "00192200M", True),
        ("tax", "12.a-3", "12.A-3", True),
    ],
)
def test_numbers_of_single_countries_are_checked_by_their_own_rule(
    scheme, value, kept, valid
) -> None:
    assert stated(scheme, value) == [(scheme, kept, None, valid)]


@pytest.mark.parametrize("value", ["N/A", "none", "000000000", "-", "TBD", " ", "xxx", "999"])
def test_what_only_fills_a_field_is_junk(value) -> None:
    assert is_junk(value)
    assert stated("duns", value) == []


def test_one_number_written_in_two_ways_is_one_identifier() -> None:
    assert stated("vat", "DE 136.695.976") == stated("vat", "de136695976")
    assert stated("duns", "31-415-9265") == [("duns", "314159265", None, True)]
    assert stated("registry", "1234", "RA000585") == [("registry", "00001234", "RA000585", True)]


def test_a_scheme_without_rules_keeps_its_punctuation() -> None:
    assert stated("opencorporates", "gb/00102498")[0][1] == "GB/00102498"


def test_a_number_without_its_register_links_nothing() -> None:
    assert stated("registry", "1234") == [("registry", "1234", None, False)]
