"""Deliveries of BODS: the samples whole, repeated, shrunk, broken, split and in any order."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from graph.connection import BatchSession
from graph.facts.run import Run

SAMPLES = "legal_entities/bods_examples"
LATER = datetime(2026, 2, 2, tzinfo=UTC)
Load = Callable[..., Run]
Facts = Callable[[str], set[tuple[Any, ...]]]


def counts(run: Run) -> dict[str, int]:
    names = ("read", "loaded", "changed", "unchanged", "ignored", "rejected", "duplicate")
    return {name: getattr(run, name) for name in names if getattr(run, name)}


def spans(facts: Facts) -> set[tuple[str, str, str]]:
    return {(type, since, until) for _, type, _, since, until in facts("OWNS")}


def test_every_statement_of_the_samples_is_loaded_or_ignored_by_name(
    load: Load, shared: Path, batches: BatchSession, tmp_path: Path
) -> None:
    statements = [
        statement
        for path in sorted((shared / SAMPLES).glob("*.json"))
        for statement in json.loads(path.read_text())
    ]

    run = load("bods", shared / SAMPLES, full=True)
    again = load("bods", shared / SAMPLES, full=True, now=LATER)

    assert len(statements) == 119
    # 65 statements are of persons; 54 speak of 50 records.
    assert (run.status, run.reason, run.warnings) == ("COMPLETE", "", [])
    assert counts(run) == {"read": 115, "loaded": 50, "ignored": 65}
    assert counts(again) == {"read": 115, "unchanged": 50, "ignored": 65}
    assert (again.facts_opened, again.facts_closed) == (0, 0)
    assert batches.rows(
        "MATCH ()-[fact:OWNS|FORMER_OWNS|PARENT_IN|FORMER_PARENT_IN]->() "
        "RETURN type(fact) AS type, count(fact) ORDER BY type"
    ) == [("FORMER_OWNS", 4), ("FORMER_PARENT_IN", 2), ("OWNS", 17), ("PARENT_IN", 6)]
    persons = [
        name["fullName"].encode()
        for statement in statements
        if statement["recordType"] == "person"
        for name in statement["recordDetails"].get("names", [])
    ]
    kept = [path.read_bytes() for path in (tmp_path / "evidence").rglob("*") if path.is_file()]
    assert len(persons) > 20
    assert not [name for name in persons if any(name in content for content in kept)]


def test_a_state_stands_above_the_chain_and_the_nearest_majority_controls(
    load: Load, shared: Path, batches: BatchSession
) -> None:
    load("bods", shared / SAMPLES / "bods-package-fi-soe.json")

    assert batches.rows(
        "MATCH (child)-[fact:PARENT_IN]->(parent) "
        "RETURN child.name, parent.name, fact.share, fact.controlling ORDER BY fact.share"
    ) == [
        ("Gasgrid Finland Oy", "Suomen Kaasuverkko Oy", 0.765, True),
        ("Suomen Kaasuverkko Oy", "Valtiovarainministerio", 1.0, True),
    ]


def test_statements_that_come_one_after_the_other_make_the_same_history_as_together(
    load: Load, words: Any, deliver: Callable[..., Path], facts: Facts
) -> None:
    ends = [words.entity("owner"), words.entity("owned")]
    first = words.owns(words.interest(60, start="2021-09-24"), said="2021-09-25")
    second = words.owns(words.interest(70, start="2022-09-21"), said="2022-09-25", status="updated")
    closed = words.owns(
        words.interest(70, start="2022-09-21", end="2023-03-01"), said="2023-03-03", status="closed"
    )

    load("bods", deliver(*ends, first))
    load("bods", deliver(*ends, second), as_of="2026-01-02")
    load("bods", deliver(*ends, closed), as_of="2026-01-03")
    apart = spans(facts)
    load("bods", deliver(closed, second, first, *ends), as_of="2026-01-04")

    assert apart == {
        ("FORMER_OWNS", "2021-09-24", "2022-09-21"),
        ("FORMER_OWNS", "2022-09-21", "2023-03-01"),
    }
    assert spans(facts) == apart


def test_files_in_any_order_make_the_same_graph(
    load: Load, words: Any, deliver: Callable[..., Path], facts: Facts, tmp_path: Path
) -> None:
    parts = [
        [words.owns(words.interest(70, start="2022-01-01"), said="2022-01-02", status="updated")],
        [words.entity("owned"), words.owns(words.interest(60))],
        [words.entity("owner"), words.person("jane")],
    ]
    for turn, order in enumerate((parts, parts[::-1])):
        for place, part in enumerate(order):
            deliver(*part, name=f"turn{turn}/{place}.json")

    first = load("bods", tmp_path / "turn0", full=True)
    second = load("bods", tmp_path / "turn1", full=True, now=LATER)

    assert counts(first) == {"read": 4, "loaded": 3, "ignored": 1}
    assert counts(second) == {"read": 4, "unchanged": 3, "ignored": 1}
    assert spans(facts) == {
        ("FORMER_OWNS", "2019-01-01", "2022-01-01"),
        ("OWNS", "2022-01-01", "9999-12-31"),
    }


def test_a_record_that_is_gone_from_a_full_delivery_has_ended_once_the_guard_allows(
    load: Load, words: Any, deliver: Callable[..., Path], facts: Facts
) -> None:
    ends = [words.entity("owner"), words.entity("owned")]
    load("bods", deliver(*ends, words.owns()), full=True)

    held = load("bods", deliver(*ends), full=True, as_of="2026-02-01", now=LATER)
    kept = spans(facts)
    done = load("bods", deliver(*ends), full=True, guard=0.5, as_of="2026-02-02", now=LATER)

    assert (held.closing, held.closed, kept) == (
        "held",
        0,
        {("OWNS", "2019-01-01", "9999-12-31")},
    )
    assert (done.status, done.closed) == ("COMPLETE", 1)
    assert spans(facts) == {("FORMER_OWNS", "2019-01-01", "2026-02-02")}


def test_broken_files_and_refused_records_leave_the_rest_and_close_nothing(
    load: Load, words: Any, deliver: Callable[..., Path], tmp_path: Path
) -> None:
    deliver(
        words.entity("owner"),
        words.entity("owned"),
        words.owns(party="owned"),
        words.owns(words.interest(start="2019-02-31"), record="other"),
        name="d/good.json",
    )
    (tmp_path / "d" / "broken.json").write_text("[{")
    (tmp_path / "d" / "old.json").write_text('[{"statementType": "personStatement"}]')

    run = load("bods", tmp_path / "d", full=True)

    assert run.status == "PARTIAL"
    assert counts(run) == {"read": 4, "loaded": 2, "rejected": 2}
    assert "not JSON" in run.reason
    assert "BODS 0.3 or older" in run.reason
