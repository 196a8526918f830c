"""The server is spared what has not changed, and never at the price of a wrong answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.connection import BatchSession
from graph.errors import RecordRejected
from graph.evidence import EvidenceStore
from graph.facts.claims import Claims
from graph.facts.known import Known
from graph.facts.run import Run
from loaders.files import csv_records
from loaders.retry import retry_quarantined
from loaders.source import Delivery, Extracted, RawRecord, Source, SourceSpec

NOW = datetime(2026, 6, 1, tzinfo=UTC)


class Sellers(Source):
    """Sellers with a role; one that is not understood is refused."""

    name = "sellers"

    def __init__(self, *refused: str) -> None:
        super().__init__(
            SourceSpec(
                title="Sellers",
                publisher="a test",
                licence="none",
                holds=(),
                freshness_sla="P1D",
                scope="all",
                record_types={"seller": "a person"},
            )
        )
        self.refused = refused

    def extract(self, delivery: Delivery) -> Iterator[Extracted]:
        for line, row in csv_records(delivery.path, needs=("id", "role")):
            yield RawRecord("seller", row["id"], row, delivery.path.name, line)
        delivery.cover("seller")

    def transform(self, record: RawRecord) -> Claims:
        role = record.payload["role"]
        if role in self.refused:
            raise RecordRejected(f"no role {role!r}", where="role", remedy="map it")
        claims = Claims()
        claims.node("Seller", f"sellers:seller:{record.native_id}", role=role)
        return claims


Deliver = Callable[..., tuple[int, int, int, int]]


@pytest.fixture
def deliver(load: Callable[..., Run], tmp_path: Path) -> Deliver:
    """Deliver sellers by role, refusing some; what was loaded, changed, unchanged, rejected."""

    def deliver(roles: dict[str, str], *refused: str, **order: Any) -> tuple[int, int, int, int]:
        path = tmp_path / "sellers.csv"
        path.write_text("id,role\n" + "".join(f"{id},{role}\n" for id, role in roles.items()))
        run = load(Sellers(*refused), path, **order)
        return run.loaded, run.changed, run.unchanged, run.rejected

    return deliver


@pytest.fixture
def asked(batches: BatchSession, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The contents that the server was asked to compare, one list a question."""
    questions: list[list[str]] = []
    row = batches.row

    def listened(statement: str, **parameters: Any) -> Any:
        if "content_hash <>" in statement:
            questions.append([pair[0] for pair in parameters["rows"]])
        return row(statement, **parameters)

    monkeypatch.setattr(batches, "row", listened)
    return questions


def kept(evidence: EvidenceStore) -> list[Path]:
    return sorted(Path(evidence.root).glob("sellers/known-*.npy"))


def test_what_was_loaded_is_not_compared_by_the_server_again(
    deliver: Deliver, asked: list[list[str]]
) -> None:
    assert deliver({"1": "lead", "2": "care"}) == (2, 0, 0, 0)
    assert deliver({"1": "lead", "2": "care"}) == (0, 0, 2, 0)
    assert asked == []


def test_only_what_changed_is_compared_by_the_server(
    deliver: Deliver, asked: list[list[str]]
) -> None:
    deliver({str(number): "lead" for number in range(50)})
    assert deliver({str(number): "care" if number == 7 else "lead" for number in range(50)}) == (
        0,
        1,
        49,
        0,
    )
    assert [len(keys) for keys in asked] == [1]
    assert deliver({"7": "lead"}) == (0, 1, 0, 0)
    assert deliver({"7": "lead", "8": "lead"}) == (0, 0, 2, 0)


def test_without_its_file_the_server_is_asked_and_the_file_is_made_again(
    deliver: Deliver, evidence: EvidenceStore, asked: list[list[str]]
) -> None:
    deliver({"1": "lead", "2": "care"})
    kept(evidence)[0].unlink()

    assert deliver({"1": "lead", "2": "care"}) == (0, 0, 2, 0)
    assert [len(keys) for keys in asked] == [2]
    assert len(kept(evidence)) == 1
    assert deliver({"1": "lead", "2": "care"}) == (0, 0, 2, 0)
    assert [len(keys) for keys in asked] == [2]


def test_a_damaged_file_is_as_good_as_none(deliver: Deliver, evidence: EvidenceStore) -> None:
    deliver({"1": "lead"})
    kept(evidence)[0].write_bytes(b"\x93NUMPY\x01")

    assert deliver({"1": "lead"}) == (0, 0, 1, 0)
    assert deliver({"1": "care"}) == (0, 1, 0, 0)


def test_a_retried_version_takes_the_place_of_the_one_before_it(
    deliver: Deliver, batches: BatchSession, evidence: EvidenceStore
) -> None:
    deliver({"1": "lead"})
    assert deliver({"1": "boss"}, "boss") == (0, 0, 0, 1)
    (run,) = retry_quarantined(Sellers(), batches, evidence, now=NOW)

    assert (run.changed, run.unchanged) == (1, 0)
    assert deliver({"1": "lead"}) == (0, 1, 0, 0)


def test_a_record_that_ended_begins_again_with_the_same_content(deliver: Deliver) -> None:
    both, one = {"1": "lead", "2": "care"}, {"1": "lead"}
    deliver(both, full=True)
    deliver(one, full=True, guard=1.0, as_of="2026-02-01")

    assert deliver(both, full=True, as_of="2026-03-01") == (0, 1, 1, 0)


def test_a_run_that_broke_after_it_wrote_leaves_no_name_behind(
    deliver: Deliver, batches: BatchSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver({"1": "lead"})
    monkeypatch.setattr(Known, "keep", _breaks)
    with pytest.raises(RuntimeError, match="broken"):
        deliver({"1": "care", "2": "care"})
    monkeypatch.undo()

    assert batches.row("MATCH (s:SourceSystem) RETURN s.known_by")[0] is None
    assert deliver({"1": "lead", "2": "care"}) == (0, 1, 1, 0)


def _breaks(known: Known, session: BatchSession, run: str) -> None:
    raise RuntimeError("broken")


class NoGraph:
    """A session of a graph that names no file."""

    def row(self, statement: str, **parameters: Any) -> list[Any]:
        return [None]

    def run(self, statement: str, **parameters: Any) -> None:
        return


def numbers(*values: int) -> Any:
    return np.array(values, dtype=np.uint64)


KEYS = st.lists(st.integers(0, 6), unique=True, max_size=5)


@given(st.lists(st.tuples(KEYS, st.integers(0, 2), KEYS), max_size=6))
def test_what_is_held_is_what_a_dictionary_holds(
    tmp_path_factory: pytest.TempPathFactory, runs: list[tuple[list[int], int, list[int]]]
) -> None:
    evidence = EvidenceStore(str(tmp_path_factory.mktemp("known")))
    known, expected = Known(NoGraph(), evidence, "toy"), {}
    for number, (confirmed, mark, gone) in enumerate(runs):
        known.confirm(numbers(*confirmed), numbers(*[mark] * len(confirmed)))
        known.drop(numbers(*gone))
        expected.update(dict.fromkeys(confirmed, mark))
        expected = {key: mark for key, mark in expected.items() if key not in gone}
        known.doubted()
        known.keep(NoGraph(), str(number))
        known = named(evidence, number)
    for mark in range(3):
        held = known.holds(numbers(*range(7)), numbers(*[mark] * 7))
        assert held.tolist() == [expected.get(key) == mark for key in range(7)]


def named(evidence: EvidenceStore, run: int) -> Known:
    class Graph(NoGraph):
        def row(self, statement: str, **parameters: Any) -> list[Any]:
            return [str(run)]

    return Known(Graph(), evidence, "toy")
