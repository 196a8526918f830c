"""What a load survives: a source that stalls, a lost answer, a full disk, a step that fails."""

from __future__ import annotations

import errno
from typing import Any

import pyarrow.parquet
import pytest

from graph.connection import BatchSession
from graph.errors import EngineUnavailable, EvidenceError, SchemaError
from graph.facts import run as lifecycle
from tests.graph.facts.conftest import ToySource

TEN = [(f"r{number}", {"name": f"Company {number}"}) for number in range(10)]
POSITIONS = "MATCH (record:SourceRecord) RETURN record.position, record.key"


def test_a_source_that_stalls_is_cut_off_and_one_that_is_slow_is_not(loads) -> None:
    stalled = ToySource(TEN, stall_seconds=0.5)
    stalled.stalls_after, stalled.pause = 9, 3.0
    slow = ToySource(TEN, stall_seconds=0.5)
    slow.stalls_after, slow.pause = 5, 0.2

    cut_off = loads(stalled, batch_rows=3)
    assert (cut_off.status, cut_off.loaded) == ("PARTIAL", 9)
    assert cut_off.reason.startswith("no record came for 0 s")
    assert (loads(slow).status, len(loads.current())) == ("COMPLETE", 10)


class Faulty:
    """A session whose n-th batch commits, and whose answer is lost."""

    def __init__(self, session: BatchSession, lost: int) -> None:
        self._session, self._left = session, lost

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, name)

    def write(self, work: Any) -> Any:
        done = self._session.write(work)
        if "Loading.write" in work.__qualname__:
            self._left -= 1
            if not self._left:
                raise EngineUnavailable("the server went away", remedy="repeat")
        return done


def test_a_commit_whose_answer_is_lost_keeps_its_evidence(loads, batches) -> None:
    loads.session = Faulty(batches, 2)
    with pytest.raises(EngineUnavailable):
        loads(TEN, batch_rows=3)
    loads.session = batches

    (run,) = lifecycle.runs(batches)
    assert (run.status, run.loaded, run.evidence_rows) == ("FAILED", 6, 6)
    for position, key in batches.rows(POSITIONS):
        assert loads.evidence.entry(position).key == key
    assert (loads(TEN).loaded, len(loads.current())) == (4, 10)


def test_a_full_disk_ends_the_run_and_leaves_nothing_of_the_batch(loads, monkeypatch) -> None:
    write, left = pyarrow.parquet.write_table, iter(range(2))

    def write_until_full(*arguments: Any, **more: Any) -> None:
        if next(left, None) is None:
            raise OSError(errno.ENOSPC, "No space left on device")
        write(*arguments, **more)

    monkeypatch.setattr("graph.evidence.store.pq.write_table", write_until_full)
    with pytest.raises(EvidenceError, match="No space left on device"):
        loads(TEN, batch_rows=3)

    (run,) = lifecycle.runs(loads.session)
    assert (run.status, run.loaded) == ("FAILED", 6)
    assert len(loads.current()) == 6
    monkeypatch.undo()
    assert (loads(TEN).loaded, len(loads.current())) == (4, 10)


def test_a_disk_that_is_full_to_the_end_is_cleared_up_by_the_next_load(loads, monkeypatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    write, left = pyarrow.parquet.write_table, iter(range(2))
    monkeypatch.setattr(
        "graph.evidence.store.pq.write_table",
        lambda *arguments, **more: (
            full() if next(left, None) is None else write(*arguments, **more)
        ),
    )
    monkeypatch.setattr("graph.evidence.store.pq.ParquetWriter", full)
    with pytest.raises(EvidenceError):
        loads(TEN, batch_rows=3)
    (failed,) = lifecycle.runs(loads.session)
    assert failed.status == "FAILED"
    monkeypatch.undo()

    loads(TEN)

    assert loads.evidence.has_manifest("toy", failed.id)
    assert loads.evidence.rows("toy", failed.id) == failed.evidence_rows == 6


def test_a_run_that_ended_stays_ended_when_a_later_step_fails(loads, monkeypatch) -> None:
    def broken(*_: Any) -> int:
        raise EngineUnavailable("the server went away", remedy="repeat")

    loads(TEN)
    monkeypatch.setattr("loaders.sync.due.retype_due", broken)
    with pytest.raises(EngineUnavailable):
        loads(TEN[:9])

    run = lifecycle.runs(loads.session)[0]
    assert (run.status, run.closing, run.closed) == ("COMPLETE", "applied", 1)


def test_a_mapping_that_the_model_does_not_know_fails_the_run(loads, monkeypatch) -> None:
    def misspelt(self: ToySource, record: Any) -> Any:
        claims = transform(self, record)
        claims.nodes[0].properties["nmae"] = "x"
        return claims

    transform = ToySource.transform
    monkeypatch.setattr(ToySource, "transform", misspelt)
    with pytest.raises(SchemaError, match="nmae"):
        loads(TEN)

    assert lifecycle.runs(loads.session)[0].status == "FAILED"
