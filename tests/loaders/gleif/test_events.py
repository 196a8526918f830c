"""What happened to a company: events, ends, successors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from graph.facts.claims import Claims

Said = Callable[[str, dict[str, Any]], Claims]


def ended_on(claims: Claims) -> date | None:
    return next(  # type: ignore[no-any-return]
        node.properties["ended_on"] for node in claims.nodes if node.ref.label == "LegalEntity"
    )


def events(claims: Claims) -> list[dict[str, Any]]:
    return [
        {name: value for name, value in node.properties.items() if value is not None}
        for node in claims.nodes
        if node.ref.label == "CorporateEvent"
    ]


def roles(claims: Claims) -> list[tuple[str, str]]:
    return [(link.type, link.end.reference) for link in claims.links]


@pytest.mark.parametrize("kind", ["DISSOLUTION", "LIQUIDATION", "ABSORPTION"])
def test_an_inactive_company_ended_with_its_terminal_event(
    said: Said, words: Any, kind: str
) -> None:
    row = words.company(1, status="INACTIVE") | words.event(kind, "2018-11-08T23:00:00Z")

    claims = said("lei_record", row)

    assert ended_on(claims) == date(2018, 11, 9)
    assert events(claims) == [
        {
            "type": kind,
            "group": "STANDALONE",
            "status": "COMPLETED",
            "effective_on": date(2018, 11, 9),
            "recorded_on": date(2018, 11, 9),
        }
    ]
    assert roles(claims) == [("SUBJECT", f"lei:{words.lei(1)}")]


@pytest.mark.parametrize(
    ("kind", "status", "entity_status"),
    [
        ("MERGERS_AND_ACQUISITIONS", "COMPLETED", "ACTIVE"),
        ("MERGERS_AND_ACQUISITIONS", "IN_PROGRESS", "INACTIVE"),
        ("DISSOLUTION", "WITHDRAWN_CANCELLED", "INACTIVE"),
        ("BANKRUPTCY", "COMPLETED", "INACTIVE"),
    ],
    ids=["an acquirer", "in progress", "withdrawn", "bankrupt, not gone"],
)
def test_nothing_else_ends_a_company(
    said: Said, words: Any, kind: str, status: str, entity_status: str
) -> None:
    row = words.company(1, status=entity_status) | words.event(kind, "2020-01-01T00:00:00Z", status)

    claims = said("lei_record", row)

    assert ended_on(claims) is None
    assert roles(claims) == [("SUBJECT", f"lei:{words.lei(1)}")]


def test_the_latest_of_several_terminal_events_counts(said: Said, words: Any) -> None:
    row = words.company(1, status="INACTIVE")
    row |= words.event("LIQUIDATION", "2019-01-01T00:00:00Z", n=1)
    row |= words.event("DISSOLUTION", "2020-06-30T00:00:00Z", n=2)
    row |= words.event("CHANGE_HQ_ADDRESS", "2021-01-01T00:00:00Z", n=3)

    assert ended_on(said("lei_record", row)) == date(2020, 6, 30)


def test_a_given_expiration_comes_before_any_event(said: Said, words: Any) -> None:
    row = words.company(1, status="INACTIVE", expired="2018-05-01T00:00:00Z")

    assert ended_on(said("lei_record", row | words.event("DISSOLUTION", "2019-01-01"))) == date(
        2018, 5, 1
    )


def test_a_lapsed_lei_ends_nothing(said: Said, words: Any) -> None:
    claims = said("lei_record", words.company(1, registration="LAPSED"))

    assert ended_on(claims) is None
    assert (claims.same, events(claims)) == ([], [])


def test_a_duplicate_is_the_same_company_and_no_event(said: Said, words: Any) -> None:
    claims = said("lei_record", words.company(1, registration="DUPLICATE", successor=words.lei(2)))

    assert [(left.reference, right.reference, why) for left, right, why in claims.same] == [
        (
            f"lei:{words.lei(1)}",
            f"lei:{words.lei(2)}",
            "GLEIF: duplicate registration of one company",
        )
    ]
    assert events(claims) == []


def test_a_merged_company_has_a_successor_and_stays_itself(said: Said, words: Any) -> None:
    row = words.company(
        1,
        status="INACTIVE",
        registration="MERGED",
        successor=words.lei(2),
        expired="2014-11-07T00:00:00Z",
    )

    claims = said("lei_record", row)

    assert claims.same == []
    assert events(claims) == [
        {
            "type": "MERGERS_AND_ACQUISITIONS",
            "status": "COMPLETED",
            "effective_on": date(2014, 11, 7),
        }
    ]
    assert roles(claims) == [
        ("PREDECESSOR", f"lei:{words.lei(1)}"),
        ("SUCCESSOR", f"lei:{words.lei(2)}"),
    ]


def test_the_event_that_absorbed_a_company_names_its_successor(said: Said, words: Any) -> None:
    row = words.company(1, status="INACTIVE", registration="RETIRED", successor=words.lei(2))
    row |= words.event("CHANGE_LEGAL_FORM", "2020-01-01T00:00:00Z", n=1)
    row |= words.event("ABSORPTION", "2021-01-01T00:00:00Z", n=2)

    claims = said("lei_record", row)

    assert [event["type"] for event in events(claims)] == ["CHANGE_LEGAL_FORM", "ABSORPTION"]
    assert roles(claims) == [
        ("SUBJECT", f"lei:{words.lei(1)}"),
        ("PREDECESSOR", f"lei:{words.lei(1)}"),
        ("SUCCESSOR", f"lei:{words.lei(2)}"),
    ]


def test_the_successor_of_an_annulled_lei_is_left_out(said: Said, words: Any) -> None:
    claims = said("lei_record", words.company(1, registration="ANNULLED", successor=words.lei(2)))

    assert (claims.same, events(claims), roles(claims)) == ([], [], [])


def test_an_event_of_unknown_type_is_reported(said: Said, words: Any) -> None:
    claims = said("lei_record", words.company(1) | words.event("ECLIPSE", "2020-01-01"))

    assert (events(claims), claims.unknown) == ([], ["LegalEntityEventType=ECLIPSE"])
