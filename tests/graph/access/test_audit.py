"""The log of decisions: written once, never changed, and each decision done once."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from graph.access.audit import (
    Decision,
    Taken,
    Told,
    answered,
    do_at_length,
    do_once,
    entries,
    note,
)
from graph.access.principal import LOCAL_OPERATOR, Principal, Role
from graph.connection import BatchSession, OneTransaction, Transaction
from graph.errors import UsageError
from graph.settings import ROOT

NOW = datetime(2026, 6, 20, 12, tzinfo=UTC)
ADA = Principal("p-ada", "Ada", Role.steward)
DECISION = Decision(ADA, "judge", "Judgement/a+b", NOW, "req-1", "cleaning", "c-1", {"x": 1})


def add(transaction: Transaction) -> Told:
    """Something that shows how often it was done."""
    ((count,),) = OneTransaction(transaction).run(
        "MERGE (lease:Lease {id: 'test'}) "
        "SET lease.until_ms = coalesce(lease.until_ms, 0) + 1 RETURN lease.until_ms"
    )
    return {"count": count}


def times_done(session: BatchSession) -> int:
    return sum(count for (count,) in session.rows("MATCH (l:Lease {id: 'test'}) RETURN l.until_ms"))


def test_what_is_done_is_noted_once_with_all_that_an_auditor_asks(batches: BatchSession) -> None:
    assert do_once(batches, DECISION, add) == {"count": 1}
    assert do_once(batches, replace(DECISION, request_id="req-2"), add) == {"count": 1}
    (entry,) = entries(batches)
    told = entry.as_dict()
    assert told.pop("entry_id")
    assert told == {
        "at": "2026-06-20T12:00:00Z", "principal": "p-ada", "principal_name": "Ada",
        "role": "steward", "act": "judge", "subject": "Judgement/a+b", "outcome": "done",
        "code": None, "reason": None, "details": '{"x":1}', "purpose": "cleaning",
        "request_id": "req-1", "client_mutation_id": "c-1",
    }  # fmt: skip


def test_an_id_stands_for_one_decision_of_one_principal(batches: BatchSession) -> None:
    do_once(batches, DECISION, add)
    for other in (replace(DECISION, given={"x": 2}), replace(DECISION, act="actOnSignal")):
        with pytest.raises(Taken):
            do_once(batches, other, add)
    assert do_once(batches, replace(DECISION, principal=LOCAL_OPERATOR), add) == {"count": 2}


def test_eight_at_once_do_it_once(batches: BatchSession) -> None:
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda _: do_once(batches, DECISION, add), range(8)))
    assert told == [{"count": 1}] * 8
    assert (times_done(batches), len(entries(batches))) == (1, 1)


def test_what_is_refused_on_the_way_leaves_nothing_behind(batches: BatchSession) -> None:
    def refuses(transaction: Transaction) -> Told:
        add(transaction)
        raise UsageError("no")

    with pytest.raises(UsageError):
        do_once(batches, DECISION, refuses)
    assert (times_done(batches), entries(batches)) == (0, [])
    assert answered(batches, DECISION) is None


def test_what_takes_long_is_noted_before_and_after(batches: BatchSession) -> None:
    def act() -> Told:
        assert [one.outcome for one in entries(batches)] == ["begun"]
        return batches.write(add)

    assert do_at_length(batches, DECISION, act) == {"count": 1}
    assert do_at_length(batches, DECISION, act) == {"count": 1}
    assert sorted(one.outcome for one in entries(batches)) == ["begun", "done"]


def test_entries_are_found_by_principal_and_day_the_newest_first(batches: BatchSession) -> None:
    for day in range(3):
        for who in (ADA, LOCAL_OPERATOR):
            one = replace(DECISION, principal=who, at=NOW + timedelta(days=day))
            batches.write(lambda tx, one=one: note(tx, one, "refused", code="FORBIDDEN"))
    assert len(entries(batches)) == 6
    assert len(entries(batches, limit=4)) == 4
    since = NOW + timedelta(days=1)
    for name in ("Ada", "p-ada"):
        found = entries(batches, principal=name, since=since)
        assert [(one.principal, one.at[:10]) for one in found] == [
            ("p-ada", "2026-06-22"), ("p-ada", "2026-06-21"),
        ]  # fmt: skip


def test_nothing_in_the_code_changes_or_deletes_an_entry() -> None:
    statements = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for folder in ("graph", "loaders", "queries", "rules", "api")
        for path in (ROOT / folder).rglob("*.*")
        if path.suffix in (".cypher", ".py") and "migrations" not in path.parts
    }
    named = {name for name, text in statements.items() if re.search(r"\(\w*:AuditEntry\b", text)}
    assert named == {
        "graph/access/audit_entries.cypher",
        "graph/access/receipt.cypher",
        "graph/access/write_audit_entry.cypher",
    }
    writing = re.compile(r"\b(SET|REMOVE|DELETE|MERGE)\b")
    assert [name for name in named if writing.search(statements[name])] == []
