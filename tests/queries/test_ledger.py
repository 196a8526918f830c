"""The load ledger: what every source delivered, what became of it, and why it was not whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from graph.connection import ReadSession
from graph.facts.run import Run
from queries.load.freshness import Freshness
from queries.load.ledger import Delivered, ledger
from queries.terminal.changes_told import show_changes_by_kind
from queries.terminal.ledger_told import faults_told, show_ledger
from tests.queries.register import company
from tests.queries.test_told import change


async def test_deliveries_up_to_a_day_are_counted_by_source(
    graph: ReadSession, register: Callable[..., Run]
) -> None:
    register(company("A"), company("B"), on="2026-01-01", known="2026-01-02")
    register(company("A"), on="2026-01-02", known="2026-01-03", full=False)
    register(company("A"), on="2026-02-01", known="2026-02-02", full=False)

    found = await ledger(graph, valid_on=date(2026, 1, 31))

    assert found == [Delivered("toy", "Toy register", 2, 0, 0, 3, 0, 0, 0, [])]


def test_a_ledger_is_told_with_its_faults(capsys: pytest.CaptureFixture[str]) -> None:
    faults = [
        ["2026-10-14", "PARTIAL", "in quarantine: 1; see ./footprint quarantine list"],
        ["2026-10-16", "PARTIAL", "in quarantine: 3; see ./footprint quarantine list"],
    ]
    day = date(2026, 10, 31)
    fresh = Freshness("crm", "CRM", "crm", day, day, "P2D", False, "COMPLETE", None)

    show_ledger(
        [
            Delivered("crm", "CRM", 31, 0, 0, 1_727, 4, 4, 0, faults),
            Delivered("network", None, 2, 120, 1, 100, 0, 0, 1, []),
        ],
        [fresh],
    )

    assert [line.rstrip() for line in capsys.readouterr().out.splitlines()] == [
        "source   expected   read  rejected  held  complete to",
        "crm             -  1,727         4     -  2026-10-31 fresh",
        "network       120    100         -     1  never",
        "",
        "not complete, so nothing was ended by them",
        "  crm  2 loads from 2026-10-14 to 2026-10-16: in quarantine: 1 to 3",
    ]


@pytest.mark.parametrize(
    ("reasons", "told"),
    [
        (["cut [a.xml:10] -> fetch it"], ["2026-10-10: cut"]),
        (["x: 1", "x: 1"], ["2 loads from 2026-10-10 to 2026-10-11: x: 1"]),
        (["x: 1", "y: 1"], ["2026-10-10: x: 1", "2026-10-11: y: 1"]),
    ],
)
def test_faults_of_one_reason_are_one_line(reasons: list[str], told: list[str]) -> None:
    faults = [[f"2026-10-{10 + n}", "PARTIAL", reason] for n, reason in enumerate(reasons)]

    assert list(faults_told(faults)) == told


def test_changes_are_counted_by_kind_and_the_first_are_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    moved = [change("moved", name, from_name="A", to_name="B") for name in ("X", "Y", "Z")]

    show_changes_by_kind([change("added", "New", to_name="A"), *moved], shown=1)

    assert capsys.readouterr().out.splitlines() == [
        "  moved to another parent: 3",
        "    2026-02-01  X: A -> B",
        "                from toy, learnt 2026-11-22 16:55",
        "    … 2 more",
        "  joined the family: 1",
        "    2026-02-01  New, under A",
        "                from toy, learnt 2026-11-22 16:55",
    ]
