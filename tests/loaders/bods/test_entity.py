"""Entities: what they are called, what kind they are, which numbers join."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from graph.errors import RecordRejected
from graph.facts.claims import Claims

Said = Callable[..., Claims]


def described(claims: Claims) -> dict[str, Any]:
    (node,) = (node for node in claims.nodes if node.ref.label == "LegalEntity")
    return {name: value for name, value in node.properties.items() if value is not None}


def stated(claims: Claims, type: str) -> list[tuple[str, date | None]]:
    return [(fact.end.reference, fact.valid_to) for fact in claims.facts if fact.type == type]


def test_a_company_is_described_and_joined_by_its_numbers(said: Said, words: Any) -> None:
    claims = said(
        words.entity(
            "alpha",
            name="Alpha plc",
            jurisdiction={"code": "GB", "name": "United Kingdom"},
            foundingDate="1992-06-17",
            identifiers=[
                {"scheme": "GB-COH", "id": "02723534"},
                {"scheme": "XI-LEI", "id": "PY6ZZQWO2IZFZC3IOL08"},
            ],
            addresses=[
                {
                    "type": "registered",
                    "address": "1 High Street, N3 1LF",
                    "postCode": "N3 1LF",
                    "country": {"name": "United Kingdom", "code": "GB"},
                }
            ],
        )
    )

    assert described(claims) == {
        "name": "Alpha plc",
        "jurisdiction": "GB",
        "created_on": date(1992, 6, 17),
        "legal_address": "1 High Street, N3 1LF, United Kingdom",
    }
    assert stated(claims, "HAS_IDENTIFIER") == [
        ("identifier:registry:RA000585:02723534", None),
        ("identifier:lei:PY6ZZQWO2IZFZC3IOL08", None),
    ]
    assert stated(claims, "HAS_NAME") == [("name:legal::Alpha plc", None)]
    assert claims.unknown == []


@pytest.mark.parametrize(
    ("number", "identifier"),
    [
        ({"scheme": "GB-COH", "id": "SC123456"}, "registry:RA000587:SC123456"),
        ({"scheme": "GB-COH", "id": "XE000017"}, "GB-COH:XE000017"),
        ({"scheme": "FI-PRO", "id": "3007894-1"}, "registry:RA000188:3007894-1"),
        ({"scheme": "MX-RFC", "id": "CPL211105123"}, "MX-RFC:CPL211105123"),
        (
            {"schemeName": "Company Registry, Delaware", "id": "758355"},
            "registration:Company Registry, Delaware:758355",
        ),
    ],
)
def test_a_number_joins_only_where_its_register_is_certain(
    said: Said, words: Any, number: dict[str, str], identifier: str
) -> None:
    claims = said(words.entity("alpha", identifiers=[number]))

    assert stated(claims, "HAS_IDENTIFIER") == [(f"identifier:{identifier}", None)]


@pytest.mark.parametrize(
    ("kind", "properties"),
    [
        ({"type": "state"}, {"category": "RESIDENT_GOVERNMENT_ENTITY"}),
        (
            {"type": "stateBody", "subtype": "governmentDepartment", "details": "ministerio"},
            {"category": "RESIDENT_GOVERNMENT_ENTITY", "legal_form_name": "ministerio"},
        ),
        (
            {"type": "arrangement", "subtype": "nomination"},
            {"legal_form_name": "nomination", "is_sellable": False},
        ),
    ],
)
def test_states_and_arrangements_are_told_from_companies(
    said: Said, words: Any, kind: dict[str, str], properties: dict[str, Any]
) -> None:
    claims = said(words.entity("alpha", entityType=kind))

    assert described(claims) == {"name": "alpha Ltd", **properties}


def test_an_entity_that_is_not_named_keeps_the_reason(said: Said, words: Any) -> None:
    claims = said(
        words.entity(
            "alpha",
            entityType={"type": "unknownEntity"},
            name=None,
            unspecifiedEntityDetails={"reason": "unknown", "description": "Jane Doe knows"},
        )
    )

    assert described(claims) == {"parent_exception": "unknown"}


def test_a_later_statement_supersedes_and_the_old_name_is_a_former_one(
    said: Said, words: Any
) -> None:
    claims = said(
        words.entity("alpha", "2021-01-01", "updated", name="New Ltd", alternateNames=["Nova"]),
        words.entity("alpha", "2020-01-01", name="Old Ltd"),
    )

    assert described(claims) == {"name": "New Ltd"}
    assert stated(claims, "HAS_NAME") == [
        ("name:legal::New Ltd", None),
        ("name:former::Old Ltd", None),
        ("name:trading::Nova", None),
    ]


def test_a_closed_entity_loses_its_names_and_keeps_its_numbers(said: Said, words: Any) -> None:
    numbers = [{"scheme": "GB-COH", "id": "02723534"}]

    claims = said(
        words.entity("alpha", identifiers=numbers),
        words.entity("alpha", "2021-01-01", "closed", identifiers=numbers),
    )

    assert stated(claims, "HAS_NAME") == [("name:legal::alpha Ltd", date(2021, 1, 1))]
    assert stated(claims, "HAS_IDENTIFIER") == [("identifier:registry:RA000585:02723534", None)]


def test_the_31st_of_february_is_refused(said: Said, words: Any) -> None:
    with pytest.raises(RecordRejected) as refused:
        said(words.entity("alpha", foundingDate="2021-02-31"))

    assert refused.value.where == "foundingDate"
