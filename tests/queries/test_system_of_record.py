"""The matrix counts whose value is shown, who agrees and who lost, property by property."""

from __future__ import annotations

from dataclasses import astuple

from graph.connection import ReadSession
from queries.load.called_wrong import CalledWrong
from queries.load.system_of_record import Supply, system_of_record
from queries.terminal.supplies_told import told
from tests.queries.conftest import Register
from tests.queries.register import company

LEI = "5493001KJTIIGC8Y1R12"


async def test_every_supplier_of_a_property_is_counted(
    graph: ReadSession, register: Register
) -> None:
    shared = {"identifiers": [["lei", LEI]]}
    register(company("A", country="DE", **shared), company("B", country="FR"), precedence=10)
    register(
        company("Z", name="A", country="AT", **shared),
        source="other",
        known="2026-01-03",
        precedence=90,
    )

    found = await system_of_record(graph, label="LegalEntity")
    rows = [astuple(one) for one in found if one.property in ("jurisdiction", "name")]
    assert [(row[1], row[2], row[3], *row[5:]) for row in rows] == [
        ("jurisdiction", "toy", 10, 2, 0, 0),
        ("jurisdiction", "other", 90, 0, 0, 1),
        ("name", "toy", 10, 2, 0, 0),
        ("name", "other", 90, 0, 1, 0),
    ]
    assert {row[4] for row in rows} == {"2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z"}
    everything = await system_of_record(graph)
    assert [one for one in everything if one.label == "LegalEntity"] == found


def test_a_property_is_told_with_its_leader_first() -> None:
    suppliers = [
        Supply("LegalEntity", "hq_city", "crm", 10, None, 1_200, 0, 0),
        Supply("LegalEntity", "hq_city", "billing", 60, None, 3, 1, 2),
    ]

    assert told(suppliers, {}).plain == "crm [10] 1,200, billing [60] 3 (1 same, 2 differ)"
    assert told(suppliers[:1], {}).plain == "crm 1,200"


def test_what_people_called_wrong_stands_beside_who_supplies_it() -> None:
    suppliers = [Supply("LegalEntity", "hq_city", "crm", 10, None, 1_200, 1, 0)]
    wrong = CalledWrong("crm", "LegalEntity.hq_city", 2, 7)

    assert told(suppliers, {("crm", "LegalEntity.hq_city"): wrong}).plain == (
        "crm 1,200 (1 same, 2 of 7 called wrong)"
    )
