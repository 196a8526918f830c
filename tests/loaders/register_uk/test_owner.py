"""Who an owner is: by a number of which the register is certain, else by the statement."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graph.facts.claims import Claims

Row = dict[str, Any]
Said = Callable[[Row], Claims]

OWNED = "registry:RA000585:01111111"
OWNER = "registry:RA000585:02222222"


def entities(claims: Claims) -> dict[str, dict[str, Any]]:
    return {
        node.ref.reference: {k: v for k, v in node.properties.items() if v is not None}
        for node in claims.nodes
        if node.ref.label == "LegalEntity"
    }


def identifiers(claims: Claims) -> set[tuple[str, str]]:
    return {
        (fact.start.reference, fact.end.reference)
        for fact in claims.facts
        if fact.type == "HAS_IDENTIFIER"
    }


def test_the_owner_is_described_in_the_words_of_the_filer(
    said: Said, control: Callable[..., Row]
) -> None:
    address = {"premises": "The Manor", "locality": "Leeds", "country": "England"}

    claims = said(control(address=address))

    assert entities(claims) == {
        OWNER: {
            "name": "Alpha Ltd",
            "legal_form_name": "Private Limited Company",
            "hq_address": "The Manor, Leeds, England",
            "hq_city": "Leeds",
        }
    }


@pytest.mark.parametrize(
    ("country", "place", "number", "reference"),
    [
        ("England & Wales", "Companies House Cardiff", "2345678", "registry:RA000585:02345678"),
        ("United Kingdom", "", "02222222", OWNER),
        ("", "Companies House", "02222222", OWNER),
        ("Scotland", "Registrar Of Companies", "SC123456", "registry:RA000587:SC123456"),
        ("U.K.", "Belfast", "ni 12345", "registry:RA000586:NI012345"),
    ],
)
def test_a_number_of_companies_house_joins_the_owner_with_the_register(
    said: Said,
    control: Callable[..., Row],
    country: str,
    place: str,
    number: str,
    reference: str,
) -> None:
    identification = {
        "country_registered": country,
        "place_registered": place,
        "registration_number": number,
    }

    claims = said(control(identification=identification))

    assert list(entities(claims)) == [reference]
    assert (reference, f"identifier:{reference}") in identifiers(claims)


@pytest.mark.parametrize(
    ("country", "place", "number", "identifier"),
    [
        ("Minnesota, Usa", "Connecticut", "41-0406690", "Connecticut:41-0406690"),
        ("Jersey", "Companies House", "02222222", "Companies House:02222222"),
        ("England", "Jersey", "02222222", "Jersey:02222222"),
        ("England", "", "XYZ-7", "England:XYZ-7"),
        ("", "", "02222222", "02222222"),
        ("New England", "", "02222222", "New England:02222222"),
    ],
)
def test_a_number_whose_register_is_not_certain_is_kept_and_joins_nothing(
    said: Said,
    control: Callable[..., Row],
    country: str,
    place: str,
    number: str,
    identifier: str,
) -> None:
    identification = {
        "country_registered": country,
        "place_registered": place,
        "registration_number": number,
    }
    owner = "register_uk:psc:/company/01111111/corporate-entity/a"

    claims = said(control(identification=identification))

    assert list(entities(claims)) == [owner]
    assert identifiers(claims) == {
        (owner, f"identifier:registration:{identifier}"),
        (OWNED, f"identifier:{OWNED}"),
    }


def test_a_company_is_not_its_own_owner_where_the_filer_gave_its_own_number(
    said: Said, control: Callable[..., Row]
) -> None:
    claims = said(control(identification={"registration_number": "1111111"}))

    assert list(entities(claims)) == ["register_uk:psc:/company/01111111/corporate-entity/a"]
    assert identifiers(claims) == {(OWNED, f"identifier:{OWNED}")}
    assert claims.unknown == ["identification.registration_number is the company's own"]


def test_an_overseas_entity_keeps_its_number_and_joins_nothing_by_it(
    said: Said, control: Callable[..., Row]
) -> None:
    claims = said(control(number="OE029880", kind="corporate-entity-beneficial-owner"))

    assert ("register_uk:company:OE029880", "identifier:companies_house:OE029880") in identifiers(
        claims
    )
    assert [fact.end.reference for fact in claims.facts if fact.type == "OWNS"] == [
        "register_uk:company:OE029880"
    ]
