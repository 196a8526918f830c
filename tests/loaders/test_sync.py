"""The loop that runs any source: what it counts, what it closes, what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from graph.errors import LoadError, UsageError
from graph.facts import run as lifecycle
from graph.facts.approval import approve, reject
from graph.facts.run import Run
from loaders.source import Extracted, Ignored, Unreadable
from tests.graph.facts.conftest import ToySource

TEN = [(f"r{number}", {"name": f"Company {number}"}) for number in range(10)]


def counts(run: Run) -> dict[str, int]:
    assert run.adds_up
    return {name: getattr(run, name) for name in lifecycle.COUNTS if getattr(run, name)}


class Mixed(ToySource):
    """Records, what is no record, and what is left out by name."""

    def extract(self, delivery: Any) -> Iterator[Extracted]:
        yield from super().extract(delivery)
        yield Unreadable("company", "", "???", "no record", "look", "toy", 99)
        yield Ignored("total", "no data")


def test_every_record_read_is_counted_once(loads) -> None:
    loads(TEN)
    again = [*TEN[:8], ("r0", TEN[0][1]), ("r1", {"name": "Other"}), ("r8", {"name": "New"})]
    run = loads(Mixed([*again, ("r10", {}), ("r11", {"bad": True})]))

    assert counts(run) == {
        "read": 15,
        "loaded": 1,
        "changed": 1,
        "unchanged": 8,
        "duplicate": 1,
        "ignored": 1,
        "rejected": 3,
    }
    assert run.status == "PARTIAL"


@pytest.mark.parametrize("batch_rows", [2, 100])
def test_a_record_twice_with_different_content_waits_for_a_person(loads, batch_rows) -> None:
    twice = [*TEN[:4], ("r0", {"name": "Other"}), ("r0", TEN[0][1])]
    for _ in range(2):
        run = loads(twice, batch_rows=batch_rows)

        assert (run.status, run.rejected, run.duplicate) == ("PARTIAL", 1, 1)
        assert loads.waiting() == [("r0", "company r0 comes twice with different content")]
    assert loads.session.rows(
        "MATCH (one:LegalEntity {reference: 'toy:company:r0'}) RETURN one.name"
    )[0] == ("Company 0",)


def test_a_rejected_record_leaves_quarantine_when_a_good_version_comes(loads) -> None:
    partial = loads([*TEN, ("odd", {"bad": True})])
    assert (partial.status, loads.waiting()) == ("PARTIAL", [("odd", "bad")])

    whole = loads([*TEN, ("odd", {"name": "Mended"})])

    assert (whole.status, whole.loaded, loads.waiting()) == ("COMPLETE", 1, [])


def test_a_partial_run_closes_nothing(loads) -> None:
    loads(TEN)
    broken = ToySource(TEN[:9])
    broken.breaks_after = 9
    cut_off = loads(ToySource(TEN[:9] + [("x", {})], stall_seconds=5), guard=1.0)
    assert cut_off.closed == 1  # a whole delivery does close

    broken = ToySource(TEN[:5])
    broken.breaks_after = 4
    announced = ToySource(TEN[:5])
    announced.expected = 6
    uncovered = ToySource(TEN[:5])
    uncovered.covers = []
    for source, status in ((broken, "PARTIAL"), (announced, "PARTIAL"), (uncovered, "COMPLETE")):
        run = loads(source, guard=1.0)
        assert (run.status, run.closed, run.closing) == (status, 0, "none")
    assert loads([*TEN[:5], ("odd", {"bad": True})], guard=1.0).closed == 0
    assert loads(TEN[:5], full=False).closed == 0
    assert len(loads.current()) == 10


def test_an_announced_number_that_is_not_met_is_said(loads) -> None:
    announced = ToySource(TEN)
    announced.expected = 11

    assert loads(announced).reason == "the delivery announces 11 records and holds 10"


@pytest.mark.parametrize(("kept", "closing"), [(8, "applied"), (7, "held")])
def test_the_guard_lets_a_fifth_go_and_holds_more(loads, kept, closing) -> None:
    loads(TEN)
    run = loads(TEN[:kept])

    assert (run.status, run.closing, run.absent) == ("COMPLETE", closing, 10 - kept)
    assert len(loads.current()) == (8 if closing == "applied" else 10)


def test_records_of_another_type_do_not_hide_what_is_absent(loads) -> None:
    types = {"record_types": {"company": "one", "branch": "another"}}
    branches = [(f"b{number}", {"type": "branch"}) for number in range(5)]
    both = ToySource([*TEN, *branches], **types)
    loads(both)

    run = loads(ToySource([*TEN[:5], *branches], **types))

    assert (run.closing, run.absent) == ("held", 5)


def test_an_approved_run_closes_what_is_still_absent(loads) -> None:
    loads(TEN)
    held = loads(TEN[:6])
    loads([("r9", {"name": "Changed since"})], full=False)

    done = approve(loads.session, loads.evidence, ToySource([]).system(), held, loads.now)

    assert (done.status, done.closed, done.mode) == ("COMPLETE", 3, "approval")
    assert loads.current() == {f"r{number}" for number in (0, 1, 2, 3, 4, 5, 9)}


def test_a_held_run_is_overtaken_by_a_delivery_that_met_its_records(loads) -> None:
    loads(TEN)
    held = loads(TEN[:6])
    loads(TEN)

    with pytest.raises(LoadError, match="may have met these records again"):
        approve(loads.session, loads.evidence, ToySource([]).system(), held, loads.now)
    assert len(loads.current()) == 10


def test_what_was_decided_is_not_decided_again(loads) -> None:
    loads(TEN)
    held = loads(TEN[:6])
    reject(loads.session, loads.evidence, held, "the export was cut")

    for decided in (held, lifecycle.runs(loads.session, id=held.id)[0]):
        with pytest.raises(UsageError, match="waits for nobody"):
            approve(loads.session, loads.evidence, ToySource([]).system(), decided, loads.now)
    assert len(loads.current()) == 10


def test_an_older_delivery_is_refused_and_holds_nobody_up(loads) -> None:
    loads(TEN)

    with pytest.raises(UsageError, match="was already loaded as of"):
        loads(TEN[:9], as_of=date(2025, 1, 1))
    assert loads.session.rows("MATCH (lease:Lease) RETURN lease.until_ms") == [(0,)]


def test_a_returning_record_is_a_change_and_keeps_its_history(loads, facts) -> None:
    named = ("back", {"names": [["Alpha", "2020-01-01", None]]})
    loads([*TEN, named])
    loads(TEN)
    assert facts("HAS_NAME") == {
        ("toy:company:back", "FORMER_HAS_NAME", "Alpha", "2020-01-01", "2026-01-03")
    }

    run = loads([*TEN, named])

    assert run.changed == 1
    assert facts("HAS_NAME") == {
        ("toy:company:back", "HAS_NAME", "Alpha", "2020-01-01", "9999-12-31")
    }


def test_a_fact_stated_twice_in_a_record_is_one_fact(loads, facts) -> None:
    twice = [["Alpha", "2020-01-01", "2021-01-01"], ["Alpha", "2020-01-01", "2022-01-01"]]
    again = [["Beta", "2010-01-01", "2011-01-01"], ["Beta", "2012-01-01", None]]
    loads([("a", {"names": [*twice, *reversed(again)]})])
    loads([("a", {"names": [*twice, *reversed(again)], "status": "ACTIVE"})])

    assert {row[2:] for row in facts("HAS_NAME")} == {
        ("Alpha", "2020-01-01", "2022-01-01"),
        ("Beta", "2010-01-01", "2011-01-01"),
        ("Beta", "2012-01-01", "9999-12-31"),
    }


def test_a_parent_gives_way_only_to_one_of_its_own_view(loads, facts) -> None:
    legal = {"of": "b", "view": "legal", "from": "2000-01-01"}
    billing = {"of": "c", "view": "billing", "from": "2010-01-01"}
    moved = {"of": "d", "view": "legal", "from": "2012-01-01"}
    loads([("a", {"parents": [legal]}), ("x", {"parents": [legal]})])
    loads([("a", {"parents": [billing]}), ("x", {"parents": [moved]})])

    assert {(row[0][-1], row[2][-1], row[4]) for row in facts("PARENT_IN")} == {
        ("a", "b", "2026-01-03"),
        ("a", "c", "9999-12-31"),
        ("x", "b", "2012-01-01"),
        ("x", "d", "9999-12-31"),
    }


def test_a_delivery_with_few_records_of_a_type_is_not_complete(loads) -> None:
    loads.source = {"expect": {"records": {"company": {"min": 10}}}}

    assert loads(TEN[:9]).reason == "9 records of company, at least 10 expected"


def test_a_single_poor_record_among_many_unchanged_ones_is_healthy(loads) -> None:
    loads.source = {"expect": {"fill_rate": {"LegalEntity": {"name": 0.9}}}}
    loads(TEN)

    assert loads([*TEN, ("poor", {"name": None})]).status == "COMPLETE"
    assert (
        loads([(name, {"name": None, "status": "ACTIVE"}) for name, _ in TEN]).status == "PARTIAL"
    )
