"""Interests: types, shares, days, chains, and the parties that are not named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from graph.errors import RecordRejected
from graph.facts.claims import Claims

Said = Callable[..., Claims]

OWNER, OWNED = "bods:entity:owner", "bods:entity:owned"
FROM = date(2019, 1, 1)


def facts(claims: Claims, type: str = "OWNS") -> list[tuple[Any, ...]]:
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


def spans(claims: Claims, type: str = "OWNS") -> list[tuple[Any, ...]]:
    return [
        (since, until, properties.get("share"))
        for _, _, since, until, properties in facts(claims, type)
    ]


def test_a_direct_majority_owns_and_is_a_legal_parent(said: Said, words: Any) -> None:
    claims = said(words.owns(words.interest(60)))

    assert facts(claims) == [
        (
            OWNER,
            OWNED,
            FROM,
            None,
            {
                "share": 0.6,
                "interest_type": "shareholding",
                "directness": "direct",
                "basis": "asserted",
            },
        )
    ]
    assert facts(claims, "PARENT_IN") == [
        (OWNED, OWNER, FROM, None, {"view": "legal", "basis": "ownership", "share": 0.6})
    ]
    assert claims.unknown == []


@pytest.mark.parametrize(
    ("interest", "share"),
    [
        ({"exact": 50}, None),
        ({"exact": 51, "how": "indirect"}, None),
        ({"exact": 51, "how": "unknown"}, 0.51),
        ({"exact": 51, "type": "votingRights"}, 0.51),
        ({"exact": 51, "type": "boardMember"}, None),
        ({"exact": None, "type": "appointmentOfBoard"}, None),
        ({"exact": None, "share": {"minimum": 75, "exclusiveMaximum": 100}}, 0.75),
        ({"exact": None, "share": {"exclusiveMinimum": 50, "maximum": 75}}, 0.5),
        ({"exact": None, "share": {"minimum": 50, "maximum": 75}}, None),
    ],
)
def test_only_a_majority_that_is_not_indirect_makes_a_parent(
    said: Said, words: Any, interest: dict[str, Any], share: float | None
) -> None:
    claims = said(words.owns(words.interest(**interest)))

    assert [found for *_, found in spans(claims, "PARENT_IN")] == ([share] if share else [])


def test_bounds_of_a_share_are_kept_and_a_register_s_word_is_legal(said: Said, words: Any) -> None:
    statement = words.owns(words.interest(None, share={"exclusiveMinimum": 25, "maximum": 50}))
    statement["source"] = {"type": ["officialRegister"]}

    ((*_, properties),) = facts(said(statement))

    assert properties == {
        "share_low": 0.25,
        "share_high": 0.5,
        "interest_type": "shareholding",
        "directness": "direct",
        "basis": "legal",
    }


@pytest.mark.parametrize("interests", [None, [{}], [{"directOrIndirect": "unknown"}]])
def test_an_interest_that_is_not_named_is_of_unknown_type(
    said: Said, words: Any, interests: list[dict[str, Any]] | None
) -> None:
    ((*_, properties),) = facts(said(words.owns(interests=interests)))

    assert properties == {
        "interest_type": "unknownInterest",
        "directness": "unknown",
        "basis": "asserted",
    }


def test_a_type_outside_the_codelist_is_kept_and_reported(said: Said, words: Any) -> None:
    claims = said(words.owns(words.interest(type="goldenShare")))

    assert facts(claims)[0][4]["interest_type"] == "goldenShare"
    assert claims.unknown == ["interests.type 'goldenShare'"]


def test_a_share_that_grew_is_told_period_by_period_whatever_the_order(
    said: Said, words: Any
) -> None:
    statements = [
        words.owns(words.interest(60, start="2021-09-24"), said="2021-09-25"),
        words.owns(words.interest(70, start="2022-09-21"), said="2022-09-25", status="updated"),
        words.owns(words.interest(80, start="2023-03-01"), said="2023-03-03", status="updated"),
    ]

    forward, backward = said(*statements), said(*reversed(statements))

    assert spans(forward) == [
        (date(2021, 9, 24), date(2022, 9, 21), 0.6),
        (date(2022, 9, 21), date(2023, 3, 1), 0.7),
        (date(2023, 3, 1), None, 0.8),
    ]
    assert spans(forward, "PARENT_IN") == spans(forward)
    assert backward == forward


def test_an_update_of_the_same_interest_corrects_it(said: Said, words: Any) -> None:
    claims = said(
        words.owns(words.interest(60)),
        words.owns(words.interest(70), said="2021-01-01", status="updated"),
    )

    assert spans(claims) == [(FROM, None, 0.7)]


def test_an_interest_that_an_update_leaves_out_ended_when_that_was_said(
    said: Said, words: Any
) -> None:
    votes = words.interest(100, type="votingRights")

    claims = said(
        words.owns(words.interest(40), votes),
        words.owns(words.interest(40), said="2021-05-05", status="updated"),
    )

    assert sorted(spans(claims), key=str) == [
        (FROM, None, 0.4),
        (FROM, date(2021, 5, 5), 1.0),
    ]


@pytest.mark.parametrize(
    ("closing", "ends"),
    [
        ({}, date(2021, 9, 11)),
        ({"end": "2021-04-03"}, date(2021, 4, 3)),
    ],
)
def test_a_closed_record_ends_its_interests_on_their_own_day_or_when_it_was_said(
    said: Said, words: Any, closing: dict[str, str], ends: date
) -> None:
    opened = words.owns(words.interest(100))
    closed = words.owns(
        words.interest(100, **closing), said="2021-09-11T14:02:11Z", status="closed"
    )

    assert spans(said(opened, closed)) == [(FROM, ends, 1.0)]
    assert spans(said(opened, closed), "PARENT_IN") == [(FROM, ends, 1.0)]


def test_a_closing_statement_without_details_ends_what_stood(said: Said, words: Any) -> None:
    closed = words.owns(said="2021-09-11", status="closed")
    closed["recordDetails"] = {}

    assert spans(said(words.owns(), closed)) == [(FROM, date(2021, 9, 11), 1.0)]


def test_days_of_saying_publishing_and_fetching_are_not_days_of_the_world(
    said: Said, words: Any
) -> None:
    statement = words.owns(words.interest(100, start=None), said="2020-05-05")
    statement["source"]["retrievedAt"] = "2024-02-02"

    claims = said(statement)

    assert spans(claims) == [(None, None, 1.0)]
    assert claims.happened_on == date(2020, 5, 5)
    assert claims.unknown == []


@pytest.mark.parametrize(
    ("status", "reason"), [("new", "subjectExemptFromDisclosure"), ("closed", None)]
)
def test_a_party_that_is_not_named_leaves_its_reason_at_the_company(
    said: Said, words: Any, status: str, reason: str | None
) -> None:
    party = {"reason": "subjectExemptFromDisclosure", "description": "Jane Doe would know"}

    claims = said(words.owns(party=party, status=status))

    assert [(node.ref.reference, node.properties) for node in claims.nodes] == [
        (OWNED, {"parent_exception": reason})
    ]
    assert claims.facts == []


def refused(said: Said, *statements: Any) -> RecordRejected:
    with pytest.raises(RecordRejected) as error:
        said(*statements)
    return error.value


@pytest.mark.parametrize(
    ("interest", "field"),
    [
        ({"start": "2019-02-31"}, "interests.startDate"),
        ({"end": "2018-12-31"}, "interests.endDate"),
        ({"how": "sideways"}, "interests.directOrIndirect"),
        ({"exact": 101}, "interests.share.exact"),
        ({"exact": -1}, "interests.share.exact"),
        ({"exact": None, "share": {"minimum": "most"}}, "interests.share.minimum"),
    ],
)
def test_what_cannot_be_an_interest_is_refused_with_its_field(
    said: Said, words: Any, interest: dict[str, Any], field: str
) -> None:
    assert refused(said, words.owns(words.interest(**interest))).where == field


def test_self_ownership_and_a_change_of_ends_are_refused(said: Said, words: Any) -> None:
    assert refused(said, words.owns(party="owned")).what == "owned is said to own itself"
    changed = words.owns(party="owned", said="2021-01-01", status="updated", subject="owner")
    assert "different ends" in refused(said, words.owns(), changed).what


def test_a_statement_without_status_day_or_ends_is_refused(said: Said, words: Any) -> None:
    assert refused(said, words.owns(status="")).where == "recordStatus"
    assert refused(said, words.owns(status="gone")).what == "'gone' is no recordStatus"
    assert refused(said, words.owns(said="")).where == "statementDate"
    assert refused(said, words.owns(subject=None)).where == "recordDetails.subject"


def test_a_field_that_nobody_mapped_is_reported_at_every_depth(said: Said, words: Any) -> None:
    statement = words.owns(words.interest(colour="red"), shade="blue")
    statement["outside"] = 1

    assert sorted(said(statement).unknown) == ["colour", "outside", "shade"]
