"""Judgements of people: between records, with the score that was, and withdrawn without a trace."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from graph.connection import BatchSession
from graph.errors import NotFound, UsageError
from graph.facts.judging import judge, withdraw

NOW = datetime(2026, 6, 20, 12, tzinfo=UTC)
TWO = """
UNWIND [['e1', ['k1', 'k3']], ['e2', ['k2', 'k4']]] AS row
CREATE (entity:LegalEntity {id: row[0], record: row[1][0] + '/v'})
WITH row, entity UNWIND row[1] AS key
CREATE (:SourceRecord {id: key + '/v', key: key,
  recorded_to: datetime('9999-12-31T00:00:00Z')})-[:RESOLVES_TO]->(entity)
"""
OTHERS = """
CREATE (:LegalEntity {id: 'stub', stub: true})
CREATE (:Judgement {id: 'model', left: 'k3', right: 'k4', verdict: 'unsure', score: 0.8,
  features: '{}', model_version: '1', decided_by: 'model', decided_at: datetime('2026-06-01')})
CREATE (:Judgement {id: 'number', left: 'a', right: 'b', verdict: 'same',
  decided_by: 'identifier', decided_at: datetime('2026-06-01')})
WITH 1 AS one MATCH (entity:LegalEntity {id: 'e2'})
CREATE (:EntityAlias {id: 'retired'})-[:REDIRECTS_TO]->(entity)
"""


@pytest.fixture
def graph(batches: BatchSession) -> BatchSession:
    batches.run(TWO)
    batches.run(OTHERS)
    return batches


def judged(graph: BatchSession, left: str, right: str, verdict: str = "unsure") -> dict[str, Any]:
    return graph.write(
        lambda tx: judge(tx, left, right, verdict, "I looked", by="Ada", now=NOW)
    )  # fmt: skip


def kept(graph: BatchSession, id: str) -> dict[str, Any]:
    ((found,),) = graph.rows("MATCH (j:Judgement {id: $id}) RETURN properties(j)", id=id)
    return dict(found)


@pytest.mark.parametrize(
    ("left", "right"), [("e1", "e2"), ("e2", "e1"), ("k1", "k2"), ("e1", "retired"), ("k2", "e1")]
)
def test_companies_are_judged_by_the_records_that_are_shown(
    graph: BatchSession, left: str, right: str
) -> None:
    told = judged(graph, left, right)
    id = told.pop("judgement_id")
    assert told == {"left": "k1", "right": "k2", "verdict": "unsure", "supersedes": "model"}
    found = kept(graph, id)
    assert {name: str(value) for name, value in found.items() if name != "id"} == {
        "left": "k1", "right": "k2", "verdict": "unsure", "reason": "I looked",
        "decided_by": "Ada", "supersedes": "model", "score": "0.8", "features": "{}",
        "model_version": "1", "decided_at": "2026-06-20T12:00:00.000000000+00:00",
        "first_seen_at": "2026-06-20T12:00:00.000000000+00:00",
        "last_seen_at": "2026-06-20T12:00:00.000000000+00:00",
    }  # fmt: skip


def test_the_newest_that_stands_is_superseded_and_a_withdrawn_one_stands_no_more(
    graph: BatchSession,
) -> None:
    first = judged(graph, "e1", "e2", "different")
    second = judged(graph, "e1", "e2", "same")
    assert second["supersedes"] == first["judgement_id"]
    withdrawn = graph.write(lambda tx: withdraw(tx, second["judgement_id"], now=NOW))
    assert withdrawn == second | {"supersedes": None}
    assert kept(graph, second["judgement_id"])["retracted_at"] is not None
    third = judged(graph, "e1", "e2", "related")
    assert third["supersedes"] == first["judgement_id"]


@pytest.mark.parametrize(
    ("left", "right", "verdict", "error"),
    [
        ("e1", "nobody", "same", NotFound),
        ("e1", "stub", "same", UsageError),
        ("e1", "k3", "same", UsageError),
        ("e1", "e1", "same", UsageError),
        ("e1", "e2", "alike", UsageError),
    ],
)
def test_what_cannot_be_judged_is_refused(
    graph: BatchSession, left: str, right: str, verdict: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        judged(graph, left, right, verdict)
    assert graph.row("MATCH (j:Judgement) RETURN count(j)") == (2,)


def test_a_judgement_needs_a_reason_and_a_person(graph: BatchSession) -> None:
    for reason, by in ((" ", "Ada"), ("I looked", "identifier")):
        with pytest.raises(UsageError):
            graph.write(lambda tx, reason=reason, by=by: judge(
                tx, "e1", "e2", "same", reason, by=by, now=NOW))  # fmt: skip


def test_only_a_persons_judgement_is_withdrawn_and_only_once(graph: BatchSession) -> None:
    mine = judged(graph, "e1", "e2")["judgement_id"]
    graph.write(lambda tx: withdraw(tx, mine, now=NOW))
    for id, error in (("number", UsageError), ("nothing", NotFound), (mine, UsageError)):
        with pytest.raises(error):
            graph.write(lambda tx, id=id: withdraw(tx, id, now=NOW))
