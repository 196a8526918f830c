"""Tickets of the desk and of the network, without the people in them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.connection import BatchSession
from graph.errors import RecordRejected, SourceError
from graph.evidence import EvidenceStore
from graph.facts.run import Run
from loaders.source import Delivery, Extracted, Ignored, RawRecord, Source
from tests.loaders.saying import Said

Desk = Callable[..., list[Extracted]]
ROW = {
    "id": "3180",
    "status": "solved",
    "priority": "high",
    "type": "incident",
    "created_at": "2026-08-01 07:00:00",
    "updated_at": "2026-08-02 09:30:00",
    "problem_id": "3100",
    "subject": "Jane cannot work",
    "requester_id": "77",
    "custom_service_id": "S-1",
    "custom_root_cause": "fibre cut",
    "custom_caused_by": "supplier",
    "custom_downtime_minutes": "190",
    "custom_planned": "false",
}
HISTORY = """field_name,ticket_id,updated,user_id,value
status,3180,2026-08-01 08:00:00,5,open
status,3180,2026-08-01 10:10:00,5,solved
status,3180,2026-08-01 11:00:00,5,open
status,3180,2026-08-02 09:30:00,5,solved
priority,3180,2026-08-03 09:30:00,5,solved
"""


def test_a_ticket_of_the_desk_says_what_suffers_how_bad_and_why(
    say_row: Callable[[dict[str, str]], Said],
) -> None:
    said = say_row(ROW)

    assert said.nodes == {
        "TroubleTicket tickets:ticket:3180": {
            "status": "resolved",
            "severity": "2",
            "root_cause": "fibre cut",
            "caused_by": "supplier",
            "downtime_minutes": 190,
            "planned": False,
            "incident": "3100",
            "opened_at": "2026-08-01 07:00:00+00:00",
        }
    }
    assert said.links == {("tickets:ticket:3180", "AFFECTS", "inventory:service:S-1")}
    assert (said.unknown, said.odd) == ([], [])


def test_a_ticket_is_resolved_when_its_history_last_says_so(desk: Desk, source: Source) -> None:
    tickets = f"{','.join(ROW)}\n{','.join(ROW.values())}\n"

    items = desk(tickets=tickets, history=HISTORY)

    (record,) = [item for item in items if isinstance(item, RawRecord)]
    (node,) = source.transform(record).nodes
    assert str(node.properties["resolved_at"]) == "2026-08-02 09:30:00+00:00"
    assert Counter(item.record_type for item in items if isinstance(item, Ignored)) == {
        "ticket_field_history": 5
    }


def test_a_ticket_opened_again_is_not_resolved_whatever_its_history_says(
    desk: Desk, source: Source
) -> None:
    row = {**ROW, "status": "open"}

    items = desk(tickets=f"{','.join(row)}\n{','.join(row.values())}\n", history=HISTORY)

    (record,) = [item for item in items if isinstance(item, RawRecord)]
    assert source.transform(record).nodes[0].properties["resolved_at"] is None


def test_a_ticket_without_a_service_is_kept_and_said(
    say_row: Callable[[dict[str, str]], Said],
) -> None:
    said = say_row({**ROW, "custom_service_id": ""})

    assert said.links == set()
    assert said.odd == ["the ticket names no service"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "asleep"),
        ("priority", "whatever"),
        ("created_at", "2026-02-30 00:00:00"),
        ("custom_downtime_minutes", "three hours"),
        ("custom_planned", "perhaps"),
    ],
)
def test_a_value_that_cannot_be_understood_is_refused_with_its_field(
    say_row: Callable[[dict[str, str]], Said], field: str, value: str
) -> None:
    with pytest.raises(RecordRejected) as refused:
        say_row({**ROW, field: value})

    assert refused.value.where == field


def test_a_ticket_of_the_network_says_the_same_in_the_standards_terms(
    say: Callable[[dict[str, Any]], Said],
) -> None:
    said = say(
        {
            "@type": "TroubleTicket",
            "id": "N-1",
            "status": "inProgress",
            "severity": "1",
            "creationDate": "2026-08-01T07:00:00Z",
            "relatedEntity": [{"id": "S-9", "@referredType": "Service"}],
            "troubleTicketCharacteristic": [
                {"name": "rootCause", "value": "power"},
                {"name": "downtimeMinutes", "value": 12},
                {"name": "planned", "value": True},
            ],
            "troubleTicketRelationship": [{"id": "N-0", "relationshipType": "childOf"}],
        }
    )

    assert said.nodes == {
        "TroubleTicket tickets:ticket:N-1": {
            "status": "inProgress",
            "severity": "1",
            "root_cause": "power",
            "downtime_minutes": 12,
            "planned": True,
            "incident": "N-0",
            "opened_at": "2026-08-01 07:00:00+00:00",
        }
    }
    assert said.links == {("tickets:ticket:N-1", "AFFECTS", "inventory:service:S-9")}
    assert said.unknown == []


def test_both_kinds_of_ticket_load_from_one_folder_and_an_unknown_service_is_a_stub(
    load: Callable[..., Run],
    node: Callable[[str], dict[str, Any]],
    evidence: EvidenceStore,
    tmp_path: Path,
) -> None:
    folder = tmp_path / "delivery"
    folder.mkdir()
    (folder / "tickets.csv").write_text(f"{','.join(ROW)}\n{','.join(ROW.values())}\n")
    entity = {"id": "S-404", "@referredType": "Service"}
    ticket = {"@type": "TroubleTicket", "id": "N-1", "relatedEntity": entity}
    (folder / "network.jsonl").write_text(json.dumps(ticket))

    first, again = load("tickets", folder, full=True), load("tickets", folder, full=True)

    assert (first.status, first.loaded, first.warnings) == ("COMPLETE", 2, [])
    assert (again.unchanged, again.changed, again.absent) == (2, 0, 0)
    assert node("inventory:service:S-404") == {"label": "Service", "stub": True}


def test_no_person_reaches_the_evidence(desk: Desk) -> None:
    (record,) = desk(tickets=f"{','.join(ROW)}\n{','.join(ROW.values())}\n")

    assert isinstance(record, RawRecord)
    assert {"subject", "requester_id"} & set(record.payload) == set()


def test_a_cut_table_is_named_and_the_other_tickets_are_loaded(
    load: Callable[..., Run], tmp_path: Path
) -> None:
    header, row = ",".join(ROW), ",".join(ROW.values())
    (tmp_path / "a.csv").write_text(f"{header}\n{row}\n{row[:40]}")
    (tmp_path / "b.json").write_text('{"@type": "TroubleTicket", "id": "N-1"}')

    run = load("tickets", tmp_path, full=True)

    assert (run.status, run.loaded, run.closed) == ("PARTIAL", 2, 0)
    assert "a.csv:3" in run.reason


def test_a_table_in_another_encoding_is_refused(load: Callable[..., Run], tmp_path: Path) -> None:
    row = {**ROW, "custom_root_cause": "Kabel zerstört"}
    path = tmp_path / "tickets.csv"
    path.write_bytes(f"{','.join(row)}\n{','.join(row.values())}\n".encode("latin-1"))

    run = load("tickets", path)

    assert (run.status, run.loaded) == ("PARTIAL", 0)
    assert "is not utf-8" in run.reason


def test_a_table_that_nobody_knows_is_named(source: Source, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("spell,wand\nlumos,elder\n")

    with pytest.raises(SourceError, match="no export that is known"):
        list(source.extract(Delivery(tmp_path)))


def test_a_new_column_is_reported_and_a_ticket_that_differs_from_itself_waits(
    load: Callable[..., Run], batches: BatchSession, tmp_path: Path
) -> None:
    row = {**ROW, "custom_moon_phase": "full"}
    other = {**row, "custom_root_cause": "lightning"}
    path = tmp_path / "tickets.csv"
    lines = [",".join(one.values()) for one in (row, row, other)]
    path.write_text("\n".join([",".join(row), *lines]))

    run = load("tickets", path)

    assert (run.loaded, run.duplicate, run.rejected) == (1, 1, 1)
    assert len([one for one in run.warnings if "custom_moon_phase" in one]) == 1


def test_the_published_export_of_a_desk_loads_its_tickets_and_names_all_else(
    source: Source, shared: Path
) -> None:
    folder = shared / "telecom_crm" / "zendesk_seeds"

    items = list(source.extract(Delivery(folder)))

    records = [item for item in items if isinstance(item, RawRecord)]
    said = [source.transform(record) for record in records]
    assert Counter(record.record_type for record in records) == {"ticket": 10}
    assert {name for claims in said for name in claims.unknown} == set()
    assert Counter(claims.nodes[0].properties["status"] for claims in said) == {
        "closed": 7,
        "cancelled": 2,
        "resolved": 1,
    }
    solved = {
        record.native_id: str(claims.nodes[0].properties["resolved_at"])
        for record, claims in zip(records, said, strict=True)
        if claims.nodes[0].properties["resolved_at"]
    }
    assert solved == {"11071": "2020-11-14 11:01:27+00:00"}
