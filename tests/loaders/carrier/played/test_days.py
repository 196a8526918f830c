"""Thirty days of deliveries, damaged as they are, leave the graph that the truth allows."""

from __future__ import annotations

from typing import Any

import pytest

from loaders.carrier.check.check import check

CHANGED_SCHEMA = "crm_emea"


@pytest.mark.parametrize("day", [6, 9, 14, 18, 30])
def test_the_graph_says_what_could_be_known_on_a_day_and_nothing_else(month: Any, day: int) -> None:
    found = check(month.folder, month.session, day=day)

    assert [one for kind in found.differences.kinds.values() for one in kind.examples] == []
    assert found.differences.total == 0
    assert found.differences.kinds["tree"].expected > 500
    assert found.is_last == (day == 30)


def test_only_damaged_deliveries_are_partial(month: Any) -> None:
    partial = {
        (one.day, one.system, one.status)
        for one in month.deliveries
        if one.status != "COMPLETE" and one.system != CHANGED_SCHEMA
    }

    assert partial == {(9, "billing_emea", "PARTIAL"), (14, "network", "PARTIAL")}


def test_a_page_that_is_missing_closes_nothing(month: Any) -> None:
    runs = month.session.rows(
        "MATCH (run:LoadRun {source: 'network', status: 'PARTIAL'}) "
        "RETURN run.closing, run.closed, run.facts_closed, run.expected - run.read"
    )

    assert runs == [("none", 0, 0, 100)]


def test_a_silent_system_loses_no_fact(month: Any) -> None:
    superseded = month.session.row(
        "MATCH ()-[fact]->() WHERE fact.recorded_to >= datetime('2026-10-18') "
        "AND fact.recorded_to < datetime('2026-10-21') "
        "MATCH (record:SourceRecord {id: fact.record, system: 'billing_apac'}) RETURN count(fact)"
    )
    days = {one.day for one in month.deliveries if one.system == "billing_apac"}

    assert days == {*range(31)} - {17, 18, 19}
    assert superseded == (0,)


def test_a_repeated_delivery_is_seen_through_and_a_late_one_speaks_of_its_own_day(
    month: Any,
) -> None:
    repeated = month.session.rows(
        "MATCH (run:LoadRun {source: 'tickets'}) WHERE date(run.moment) = date('2026-10-22') "
        "RETURN toString(run.as_of), run.loaded + run.changed ORDER BY run.moment"
    )
    late = month.session.rows(
        "MATCH (run:LoadRun {source: 'contracts'}) WHERE date(run.moment) = date('2026-10-08') "
        "RETURN toString(run.as_of), run.status ORDER BY run.moment"
    )

    assert repeated[0] == ("2026-10-21", 0)
    assert late == [("2026-10-07", "COMPLETE"), ("2026-10-08", "COMPLETE")]
