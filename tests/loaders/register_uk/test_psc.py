"""Statements of control: interests, parents, owners, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from graph.errors import RecordRejected
from graph.facts.claims import Claims

Row = dict[str, Any]
Said = Callable[[Row], Claims]

OWNED = "registry:RA000585:01111111"
OWNER = "registry:RA000585:02222222"
FROM = date(2016, 4, 6)


def facts(claims: Claims, type: str) -> list[tuple[Any, ...]]:
    return [
        (
            fact.start.reference,
            fact.end.reference,
            fact.valid_from,
            fact.valid_to,
            {name: value for name, value in fact.properties.items() if value is not None},
        )
        for fact in claims.facts
        if fact.type == type
    ]


def owns(claims: Claims) -> list[dict[str, Any]]:
    return [properties for *_, properties in facts(claims, "OWNS")]


def parents(claims: Claims) -> list[dict[str, Any]]:
    return [properties for *_, properties in facts(claims, "PARENT_IN")]


def test_an_owner_of_three_quarters_owns_and_is_a_legal_parent(
    said: Said, control: Callable[..., Row]
) -> None:
    claims = said(control(ceased_on="2020-01-01"))

    assert facts(claims, "OWNS") == [
        (
            OWNER,
            OWNED,
            FROM,
            date(2020, 1, 1),
            {
                "share_low": 0.75,
                "share_high": 1.0,
                "interest_type": "shareholding",
                "directness": "unknown",
                "basis": "legal",
            },
        )
    ]
    assert facts(claims, "PARENT_IN") == [
        (
            OWNED,
            OWNER,
            FROM,
            date(2020, 1, 1),
            {"view": "legal", "basis": "ownership", "share": 0.75},
        )
    ]
    assert claims.unknown == []


@pytest.mark.parametrize(
    ("nature", "type", "directness", "low", "high", "parent"),
    [
        ("ownership-of-shares-25-to-50-percent", "shareholding", "unknown", 0.25, 0.5, []),
        ("ownership-of-shares-50-to-75-percent", "shareholding", "unknown", 0.5, 0.75, [0.5]),
        ("voting-rights-75-to-100-percent", "votingRights", "unknown", 0.75, 1.0, [0.75]),
        (
            "voting-rights-50-to-75-percent-limited-liability-partnership",
            "votingRights",
            "unknown",
            0.5,
            0.75,
            [0.5],
        ),
        (
            "right-to-appoint-and-remove-directors",
            "appointmentOfBoard",
            "unknown",
            None,
            None,
            [None],
        ),
        ("significant-influence-or-control", "otherInfluenceOrControl", "unknown", None, None, []),
        (
            "right-to-share-surplus-assets-75-to-100-percent-limited-liability-partnership",
            "rightsToSurplusAssetsOnDissolution",
            "unknown",
            0.75,
            1.0,
            [],
        ),
        (
            "ownership-of-shares-75-to-100-percent-as-trust",
            "shareholding",
            "indirect",
            0.75,
            1.0,
            [],
        ),
        (
            "ownership-of-shares-more-than-25-percent-as-control-over-firm-registered-overseas-entity",
            "shareholding",
            "indirect",
            0.25,
            1.0,
            [],
        ),
    ],
)
def test_a_nature_of_control_is_a_type_of_interest_with_bounds(
    said: Said,
    control: Callable[..., Row],
    nature: str,
    type: str,
    directness: str,
    low: float | None,
    high: float | None,
    parent: list[float | None],
) -> None:
    claims = said(control(nature))

    (interest,) = owns(claims)
    assert interest["interest_type"] == type
    assert interest["directness"] == directness
    assert (interest.get("share_low"), interest.get("share_high")) == (low, high)
    assert [one.get("share") for one in parents(claims)] == parent


def test_several_majorities_of_one_owner_make_one_parent_by_shares_first(
    said: Said, control: Callable[..., Row]
) -> None:
    claims = said(
        control(
            "right-to-appoint-and-remove-directors",
            "voting-rights-75-to-100-percent",
            "ownership-of-shares-50-to-75-percent",
        )
    )

    assert len(owns(claims)) == 3
    assert parents(claims) == [{"view": "legal", "basis": "ownership", "share": 0.5}]


def test_an_unknown_nature_is_an_interest_of_unknown_type_and_is_reported(
    said: Said, control: Callable[..., Row]
) -> None:
    claims = said(control("holds-a-golden-share"))

    assert owns(claims) == [
        {"interest_type": "unknownInterest", "directness": "unknown", "basis": "legal"}
    ]
    assert parents(claims) == []
    assert claims.unknown == ["natures_of_control 'holds-a-golden-share'"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": None}, "name"),
        ({"natures_of_control": None}, "natures_of_control"),
        ({"natures_of_control": []}, "natures_of_control"),
        ({"notified_on": "2016-02-31"}, "notified_on"),
        ({"ceased": True}, "ceased_on"),
        ({"ceased_on": "2016-04-05"}, "ceased_on"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_its_field(
    said: Said, control: Callable[..., Row], change: dict[str, Any], field: str
) -> None:
    with pytest.raises(RecordRejected) as refused:
        said(control(**change))

    assert refused.value.where == field


def test_a_field_that_nobody_mapped_is_reported_at_every_depth(
    said: Said, control: Callable[..., Row]
) -> None:
    row = control(shade="blue", identification={"colour": "red"})
    row["outside"] = 1

    assert sorted(said(row).unknown) == ["colour", "outside", "shade"]


@pytest.mark.parametrize(
    ("ceased", "reason"),
    [
        ({}, "no-individual-or-entity-with-signficant-control"),
        ({"ceased_on": "2020-01-01"}, None),
    ],
)
def test_a_statement_that_nobody_controls_is_the_reason_while_it_holds(
    said: Said, ceased: dict[str, str], reason: str | None
) -> None:
    row = {
        "company_number": "01111111",
        "data": {
            "kind": "persons-with-significant-control-statement",
            "links": {"self": "/company/01111111/statements/a"},
            "notified_on": "2016-04-06",
            "statement": "no-individual-or-entity-with-signficant-control",
            "linked_psc_name": "Jane Doe",
            **ceased,
        },
    }

    claims = said(row)

    assert claims.nodes[0].properties == {"parent_exception": reason}
    assert claims.unknown == []


def test_an_exemption_in_force_is_the_reason_and_one_that_ended_is_not(said: Said) -> None:
    row = {
        "company_number": "01111111",
        "data": {
            "kind": "exemptions",
            "links": {"self": "/company/01111111/exemptions"},
            "exemptions": {
                "a": {"exemption_type": "old", "items": [{"exempt_to": "2020-01-01"}]},
                "b": {"exemption_type": "psc-exempt-as-shares-admitted-on-market", "items": [{}]},
            },
        },
    }

    assert said(row).nodes[0].properties == {
        "parent_exception": "psc-exempt-as-shares-admitted-on-market"
    }
