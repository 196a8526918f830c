"""Who consolidates whom, for how long, and why a parent is absent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from graph.errors import RecordRejected
from graph.facts.claims import Claims

Said = Callable[[str, dict[str, Any]], Claims]


def stated(claims: Claims) -> list[tuple[Any, ...]]:
    return [(fact.type, fact.valid_from, fact.valid_to, fact.qualifier) for fact in claims.facts]


def test_a_direct_parent_is_a_claim_and_our_conclusion(said: Said, words: Any) -> None:
    row = words.parent(1, 2) | words.period("2017-12-31T23:00:00Z")

    claims = said("relationship_record", row)

    assert stated(claims) == [
        ("DIRECTLY_CONSOLIDATED_BY", date(2018, 1, 1), None, ""),
        ("PARENT_IN", date(2018, 1, 1), None, "legal"),
    ]
    assert {(fact.start.reference, fact.end.reference) for fact in claims.facts} == {
        (f"lei:{words.lei(1)}", f"lei:{words.lei(2)}")
    }
    assert claims.facts[1].properties == {"view": "legal", "basis": "gleif direct consolidation"}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("ULTIMATELY", ["ULTIMATELY_CONSOLIDATED_BY"]),
        ("BRANCH", ["INTERNATIONAL_BRANCH_OF", "PARENT_IN"]),
    ],
)
def test_an_ultimate_parent_alone_is_no_parent_in_the_tree(
    said: Said, words: Any, kind: str, expected: list[str]
) -> None:
    claims = said("relationship_record", words.parent(1, 2, kind))

    assert [fact.type for fact in claims.facts] == expected


@pytest.mark.parametrize("kind", ["ACCOUNTING", "DOCUMENT_FILING"])
def test_no_other_period_stands_for_the_relationships_own(
    said: Said, words: Any, kind: str
) -> None:
    row = words.parent(1, 2, "ULTIMATELY") | words.period("2018-01-01", "2018-12-31", kind)

    assert stated(said("relationship_record", row)) == [
        ("ULTIMATELY_CONSOLIDATED_BY", None, None, "")
    ]


def test_an_ended_relationship_is_closed_on_its_end(said: Said, words: Any) -> None:
    row = words.parent(1, 2, "ULTIMATELY", holds="INACTIVE")
    row |= words.period("2018-01-01", "2020-06-30")

    assert stated(said("relationship_record", row)) == [
        ("ULTIMATELY_CONSOLIDATED_BY", date(2018, 1, 1), date(2020, 6, 30), "")
    ]


@pytest.mark.parametrize("start", ["", "2018-01-01"])
def test_an_ended_relationship_without_an_end_is_not_stated(
    said: Said, words: Any, start: str
) -> None:
    row = words.parent(1, 2, holds="INACTIVE") | words.period(start)

    claims = said("relationship_record", row)

    assert (stated(claims), claims.happened_on) == ([], date(2025, 6, 1))


def test_periods_that_meet_are_one_and_others_stay_apart(said: Said, words: Any) -> None:
    row = words.parent(1, 2, "ULTIMATELY")
    row |= words.period("2020-01-01", "", n=1)
    row |= words.period("2015-01-01", "2016-01-01", n=2)
    row |= words.period("2020-01-01T01:54:46.387Z", "", n=3)

    assert stated(said("relationship_record", row)) == [
        ("ULTIMATELY_CONSOLIDATED_BY", date(2020, 1, 1), None, ""),
        ("ULTIMATELY_CONSOLIDATED_BY", date(2015, 1, 1), date(2016, 1, 1), "until 2016-01-01"),
    ]


@pytest.mark.parametrize("status", ["ANNULLED", "DUPLICATE"])
def test_an_annulled_relationship_was_never_true(said: Said, words: Any, status: str) -> None:
    claims = said("relationship_record", words.parent(1, 2, registration=status))

    assert stated(claims) == []
    assert claims.correction == f"GLEIF: the relationship record is {status}"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"Relationship.EndNode.NodeID": "self"},
            "{child} names itself as its parent [Relationship.EndNode.NodeID] -> "
            "ask the issuer of the LEI: no company is its own parent",
        ),
        (
            {"Relationship.RelationshipType": "IS_COUSIN_OF"},
            "relationship type 'IS_COUSIN_OF' is not known [Relationship.RelationshipType] -> "
            "map it in loaders/gleif/level2.py or ignore it in source.yaml",
        ),
        (
            {"Relationship.RelationshipStatus": "MAYBE"},
            "relationship status 'MAYBE' is not known [Relationship.RelationshipStatus] -> "
            "ask the issuer of the LEI: ACTIVE or INACTIVE",
        ),
        (
            {"Relationship.StartNode.NodeIDType": "ISIN"},
            "a node named by ISIN, not by an LEI [Relationship.StartNode.NodeIDType] -> "
            "map it in loaders/gleif/level2.py",
        ),
        (
            {
                "Relationship.Period.1.periodType": "RELATIONSHIP_PERIOD",
                "Relationship.Period.1.startDate": "2020-01-01",
                "Relationship.Period.1.endDate": "2019-01-01",
            },
            "the relationship ends on 2019-01-01, before it begins on 2020-01-01 "
            "[Relationship.Period.endDate] -> ask the issuer of the LEI",
        ),
    ],
    ids=["self-parent", "type", "status", "node", "backwards"],
)
def test_what_makes_no_sense_is_rejected(
    said: Said, words: Any, change: dict[str, str], sentence: str
) -> None:
    child = words.lei(1)
    row = words.parent(1, 2) | {
        field: child if value == "self" else value for field, value in change.items()
    }

    with pytest.raises(RecordRejected) as caught:
        said("relationship_record", row)

    assert caught.value.sentence == sentence.format(child=child)


@pytest.mark.parametrize(
    ("category", "shown"),
    [("DIRECT", "parent_exception"), ("ULTIMATE", "ultimate_exception")],
)
def test_the_reason_that_a_parent_is_absent_is_shown(
    said: Said, words: Any, category: str, shown: str
) -> None:
    row = {
        "LEI": words.lei(1),
        "Exception.Category": f"{category}_ACCOUNTING_CONSOLIDATION_PARENT",
        "Exception.Reason.1": "NO_KNOWN_PERSON",
        "Exception.Reason.2": "NATURAL_PERSONS",
        "Exception.Reference.1": "our files",
    }

    claims = said("reporting_exception", row)

    assert [(node.ref.reference, node.properties) for node in claims.nodes] == [
        (f"lei:{words.lei(1)}", {shown: "NATURAL_PERSONS, NO_KNOWN_PERSON"})
    ]
    assert claims.unknown == []


def test_a_deleted_exception_takes_the_reason_back(said: Said, words: Any) -> None:
    row = {
        "LEI": words.lei(1),
        "Exception.Category": "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT",
        "Exception.Reason.1": "NON_PUBLIC",
        "Extension.Deletion.DeletedAt": "2025-01-01T00:00:00Z",
    }

    claims = said("reporting_exception", row)

    assert claims.nodes[0].properties == {"parent_exception": None}


def test_an_unknown_reason_is_rejected(said: Said, words: Any) -> None:
    row = {
        "LEI": words.lei(1),
        "Exception.Category": "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT",
        "Exception.Reason.1": "TOO_SHY",
    }

    with pytest.raises(RecordRejected, match="exception reason TOO_SHY is not known"):
        said("reporting_exception", row)
