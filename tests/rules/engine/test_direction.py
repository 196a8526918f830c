"""Which way relationships go: what is told of those that no node of the model can have so."""

from __future__ import annotations

import pytest

from rules.engine.files.direction import misdirected

ITEM = "(:Agreement)-[:HAS_ITEM]->(:AgreementItem)"
WRONG = "HAS_ITEM is written the wrong way round"


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (a:Agreement)<-[:HAS_ITEM]-(i:AgreementItem)",
        "MATCH (i:AgreementItem {id: 'i'})-[:HAS_ITEM]->(other)",
        "MATCH (i:AgreementItem) WHERE EXISTS { (i)-[has:HAS_ITEM {record: 'r'}]->() }",
        "MATCH (a:Agreement) WITH head(collect(a)) AS a MATCH (a)<-[:HAS_ITEM]-(i)",
        "MATCH (i:Product|AgreementItem)-[:HAS_ITEM*1..2]->(a)",
        "MATCH (x:Service)((a:Agreement)<-[:HAS_ITEM]-(i)){1,2}(y:Service)",
        "MATCH (a)-[:HAS_ITEM]->+(b:Agreement)",
        "CREATE (a:Agreement); CREATE (a:AgreementItem)-[:HAS_ITEM]->(:Agreement)",
    ],
)
def test_what_is_written_the_wrong_way_round_is_told_with_the_right_way(text: str) -> None:
    assert list(misdirected(text)) == [(1, WRONG, ITEM)]


def test_the_mend_is_in_the_tense_that_was_written_and_the_line_that_of_the_type() -> None:
    assert list(
        misdirected("MATCH (s:Service)\n  -[:REALIZED_BY\n  |FORMER_REALIZED_BY]->(x)")
    ) == [
        (
            line,
            f"{name} is written the wrong way round",
            f"(:Product)-[:{name}]->(:Service)",
        )
        for line, name in ((2, "REALIZED_BY"), (3, "FORMER_REALIZED_BY"))
    ]


def test_what_the_model_does_not_join_either_way_is_told_with_what_it_joins() -> None:
    assert list(misdirected("MATCH (s:Site)-[:OCCUPIES]->(p)")) == [
        (1, "OCCUPIES is written the wrong way round", "(:LegalEntity)-[:OCCUPIES]->(:Site)")
    ]
    assert list(misdirected("MATCH (s:Service)-[:OCCUPIES]->(:Site)")) == [
        (
            1,
            "the model has no OCCUPIES from Service to Site",
            "(:LegalEntity)-[:OCCUPIES]->(:Site)",
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (:Agreement)-[:HAS_ITEM]-(:AgreementItem)",
        "MATCH (:Agreement)<-[:HAS_ITEM]->(:AgreementItem)",
        "MATCH (:AgreementItem)-[:HAS_ITEM]-(:Agreement)",
        "MATCH (a)<-[:HAS_ITEM]-(b)",
        "MATCH (a:!Agreement)<-[:HAS_ITEM]-(b)",
        "MATCH (a:Agreement)<-[:!HAS_ITEM]-(b:AgreementItem)",
        "MATCH (a:Agreement) UNWIND [1] AS a MATCH (a)<-[:HAS_ITEM]-(b)",
        "MATCH (a:Agreement) RETURN [a IN [1] WHERE EXISTS { (a)<-[:HAS_ITEM]-() }] AS found",
        "MATCH (x) CALL (x) { MATCH (x:Agreement) RETURN 1 AS y } MATCH (x)<-[:HAS_ITEM]-(b)",
        "MATCH (x) WHERE x:Agreement OR EXISTS { (x)<-[:HAS_ITEM]-(:Agreement) }",
        "CALL () { MATCH (x:Agreement) RETURN 1 AS y } MATCH (x)<-[:HAS_ITEM]-(b)",
        "MATCH (x:Agreement) RETURN 1 AS one UNION MATCH (x)<-[:HAS_ITEM]-(b) RETURN 1 AS one",
        "MATCH (:LegalEntity)-[:PARENT_IN*0..64]->(:LegalEntity)-[:IN_FAMILY]->(:Account)",
        "MATCH (:CorporateEvent)-[:ACQUIRER|TARGET]->(:LegalEntity)<-[:WITH|CONCERNS]-(other)",
        "RETURN 3 -[1, 2][0] AS less",
        "MATCH (a:Agreement)<-[:UNKNOWN]-(b)",
    ],
)
def test_what_may_be_as_the_model_has_it_is_no_fault(text: str) -> None:
    assert list(misdirected(text)) == []
