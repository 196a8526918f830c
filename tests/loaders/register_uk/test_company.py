"""Rows of the company data product."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from graph.errors import RecordRejected
from graph.facts.claims import Claims
from loaders.source import Extracted, Unreadable

Row = dict[str, Any]
Said = Callable[[Row], Claims]


def names(claims: Claims) -> list[tuple[str, date | None, date | None]]:
    return [
        (fact.end.reference, fact.valid_from, fact.valid_to)
        for fact in claims.facts
        if fact.type == "HAS_NAME"
    ]


def test_a_company_is_described_under_its_number(said: Said, company: Callable[..., Row]) -> None:
    claims = said(company())

    assert claims.nodes[0].ref.reference == "registry:RA000585:01111111"
    assert claims.nodes[0].properties == {
        "name": "BETA LTD",
        "jurisdiction": "GB",
        "legal_form_name": "Private Limited Company",
        "status": "ACTIVE",
        "created_on": date(2012, 9, 11),
        "ended_on": None,
        "legal_address": "1 High Street, Leeds",
    }
    assert names(claims) == [("name:legal::BETA LTD", date(2012, 9, 11), None)]
    assert claims.unknown == []


def test_former_names_follow_one_another_up_to_the_one_it_bears(
    said: Said, company: Callable[..., Row]
) -> None:
    claims = said(
        company(
            PreviousName_1__CONDATE="01/05/2020",
            PreviousName_1__CompanyName="SECOND LTD",
            PreviousName_2__CONDATE="01/03/2015",
            PreviousName_2__CompanyName="FIRST LTD",
        )
    )

    assert names(claims) == [
        ("name:former::FIRST LTD", date(2012, 9, 11), date(2015, 3, 1)),
        ("name:former::SECOND LTD", date(2015, 3, 1), date(2020, 5, 1)),
        ("name:legal::BETA LTD", date(2020, 5, 1), None),
    ]


@pytest.mark.parametrize(
    ("said_status", "status", "unknown"),
    [
        ("Active - Proposal to Strike off", "ACTIVE", []),
        ("Liquidation", "ACTIVE", []),
        ("Dissolved", "INACTIVE", []),
        ("Asleep", None, ["CompanyStatus 'Asleep'"]),
        ("", None, []),
    ],
)
def test_a_status_says_whether_the_company_exists(
    said: Said,
    company: Callable[..., Row],
    said_status: str,
    status: str | None,
    unknown: list[str],
) -> None:
    claims = said(company(CompanyStatus=said_status))

    assert claims.nodes[0].properties["status"] == status
    assert claims.unknown == unknown


@pytest.mark.parametrize(
    ("number", "reference"),
    [
        ("NI012345", "registry:RA000586:NI012345"),
        ("R0000123", "registry:RA000586:R0000123"),
        ("SC123456", "registry:RA000587:SC123456"),
        ("OC301234", "registry:RA000585:OC301234"),
        ("FC012345", "register_uk:company:FC012345"),
    ],
)
def test_the_first_letters_of_a_number_tell_its_register(
    said: Said, company: Callable[..., Row], number: str, reference: str
) -> None:
    assert said(company(number)).nodes[0].ref.reference == reference


def test_the_31st_of_february_and_a_missing_name_are_refused(
    said: Said, company: Callable[..., Row]
) -> None:
    with pytest.raises(RecordRejected, match="IncorporationDate"):
        said(company(IncorporationDate="31/02/2012"))
    with pytest.raises(RecordRejected, match="has no CompanyName"):
        said(company(CompanyName=""))


def test_a_company_without_number_is_named_by_its_place(
    extracted: Callable[..., list[Extracted]], company: Callable[..., Row]
) -> None:
    (item,) = extracted(company(""))

    assert isinstance(item, Unreadable)
    assert (item.reason, item.line) == ("the company has no CompanyNumber", 1)
