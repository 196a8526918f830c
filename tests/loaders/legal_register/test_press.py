"""Deals in the press: events with roles, plans only where the text says so, and their endings."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from graph.connection import BatchSession
from graph.errors import RecordRejected
from graph.facts import quarantine
from graph.facts.run import Run
from loaders.source import Delivery, RawRecord, Source, find_source
from tests.loaders.saying import Said, sayer

Load = Callable[..., Run]
Say = Callable[[dict[str, Any]], Said]
BUYER, TARGET = "529900T8BM49AURSDO55", "5493001KJTIIGC8Y1R12"

NOTICE: dict[str, Any] = {
    "id": "PR-1",
    "deal_id": "D-77",
    "status": "announced",
    "kind": "acquisition",
    "published_at": "2026-10-05T07:30:00Z",
    "announced_on": "2026-10-05",
    "expected_on": "2027-01-15",
    "headline": "Alpha to buy Beta from Gamma",
    "source_url": "https://press.example/2026/10/05/alpha-beta",
    "author": "Jane Doe",
    "text": "Alpha said ...",
    "control": True,
    "share": 1.0,
    "parties": [
        {"role": "buyer", "name": "Alpha AG", "lei": BUYER},
        {"role": "target", "name": "Beta Ltd", "register": "RA000585", "number": "1234567"},
        {"role": "seller", "name": "Gamma Holding", "country": "FR"},
    ],
}
COMPLETED = {
    **NOTICE,
    "id": "PR-2",
    "status": "completed",
    "published_at": "2027-01-12T08:00:00Z",
    "effective_on": "2027-01-11",
}
WITHDRAWN = {
    **NOTICE,
    "id": "PR-3",
    "status": "withdrawn",
    "published_at": "2026-12-01T08:00:00Z",
    "withdrawn_on": "2026-11-30",
}
EVENT = "legal_register:deal:D-77"
TARGET_REFERENCE = "registry:RA000585:01234567"


@pytest.fixture
def source() -> Source:
    """The source under test."""
    return find_source("legal_register")


@pytest.fixture
def say(source: Source, tmp_path: Path) -> Say:
    """What one notice says."""
    return sayer(source, tmp_path)


def test_an_announced_deal_is_an_event_with_roles_and_a_plan(say: Say, source: Source) -> None:
    said = say(NOTICE)
    planned = source.transform(RawRecord("deal", "D-77", NOTICE)).facts[-1]

    assert said.nodes[f"CorporateEvent {EVENT}"] == {
        "type": "MERGERS_AND_ACQUISITIONS",
        "status": "IN_PROGRESS",
        "announced_on": "2026-10-05",
        "effective_on": "2027-01-15",
        "recorded_on": "2026-10-05",
        "documents": ["Alpha to buy Beta from Gamma"],
        "source_url": "https://press.example/2026/10/05/alpha-beta",
    }
    assert said.links == {
        (EVENT, "ACQUIRER", f"lei:{BUYER}"),
        (EVENT, "TARGET", TARGET_REFERENCE),
        (EVENT, "SELLER", "legal_register:named:gamma holding/FR"),
    }
    assert (planned.type, planned.start.reference, planned.end.reference) == (
        "PARENT_IN",
        TARGET_REFERENCE,
        f"lei:{BUYER}",
    )
    assert planned.properties == {
        "view": "legal",
        "basis": "announced deal",
        "planned": True,
        "share": 1.0,
    }
    assert (said.unknown, said.odd) == ([], [])


@pytest.mark.parametrize("silent", [{"control": None}, {"control": False}, {"status": "completed"}])
def test_what_the_text_does_not_say_is_no_plan(say: Say, silent: dict[str, Any]) -> None:
    said = say({**NOTICE, **silent})

    assert {fact[1] for fact in said.facts} == {"HAS_NAME"}


def test_control_that_passes_to_two_is_said_and_not_planned(say: Say) -> None:
    second = {"role": "buyer", "name": "Delta SA"}

    said = say({**NOTICE, "parties": [*NOTICE["parties"], second]})

    assert said.odd == ["control passes, and not to one buyer"]


def test_a_wrong_lei_is_said_and_the_name_stands_for_the_company(say: Say) -> None:
    said = say({**NOTICE, "parties": [{"role": "target", "name": "Beta", "lei": BUYER[:-1] + "4"}]})

    assert said.links == {(EVENT, "TARGET", "legal_register:named:beta/")}
    assert said.odd == [
        "a party has an LEI with a wrong checksum",
        "control passes, and not to one buyer",
    ]


def test_the_last_notice_tells_the_deal_whatever_their_order(
    source: Source, tmp_path: Path
) -> None:
    path = tmp_path / "press.json"
    path.write_text(json.dumps([COMPLETED, NOTICE]))

    (record,) = source.extract(Delivery(path))

    assert isinstance(record, RawRecord)
    assert (record.native_id, record.payload["id"]) == ("D-77", "PR-2")
    assert {"author", "text"} & set(record.payload) == set()


def _at(day: str) -> dict[str, Any]:
    return {"as_of": day, "now": datetime.fromisoformat(day).replace(tzinfo=UTC)}


@pytest.mark.parametrize("ending", [COMPLETED, WITHDRAWN])
def test_a_deal_that_is_done_or_off_ends_its_plan_and_states_no_parent(
    load: Load,
    facts: Callable[[str], set[Any]],
    node: Callable[[str], dict[str, Any]],
    tmp_path: Path,
    ending: dict[str, Any],
) -> None:
    path = tmp_path / "press.jsonl"
    path.write_text(json.dumps(NOTICE))
    load("legal_register", path, **_at("2026-10-06"))
    before = facts("PARENT_IN")

    path.write_text(json.dumps(ending))
    load("legal_register", path, **_at("2027-01-13"))

    assert {fact[1] for fact in before} == {"PLANNED_PARENT_IN"}
    assert {fact[1] for fact in facts("PARENT_IN")} <= {"FORMER_PARENT_IN"}
    assert node(EVENT)["status"] in ("COMPLETED", "WITHDRAWN_CANCELLED")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"status": "rumoured"}, "status"),
        ({"kind": "romance"}, "kind"),
        ({"announced_on": "2026-02-30"}, "announced_on"),
        ({"published_at": "yesterday"}, "published_at"),
        ({"parties": [{"role": "lawyer", "name": "X"}]}, "role"),
        ({"parties": [{"role": "target"}]}, "parties.name"),
    ],
)
def test_a_notice_that_cannot_be_understood_is_refused_with_its_field(
    say: Say, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(RecordRejected) as refused:
        say({**NOTICE, **wrong})

    assert refused.value.where == field


def test_a_cut_feed_hides_neither_its_notices_nor_the_register(
    load: Load, batches: BatchSession, tmp_path: Path
) -> None:
    other = {**NOTICE, "deal_id": "D-78"}
    (tmp_path / "press.jsonl").write_text(f"{json.dumps(NOTICE)}\n{json.dumps(other)[:90]}")
    (tmp_path / "level1.csv").write_text(
        "LEI,Entity.LegalName,Entity.EntityStatus,Registration.RegistrationStatus\n"
        f"{BUYER},Alpha AG,ACTIVE,ISSUED\n"
    )

    run = load("legal_register", tmp_path, full=True)

    assert (run.status, run.loaded, run.closed) == ("PARTIAL", 2, 0)
    assert "press.jsonl:2" in run.reason


def test_a_feed_in_another_encoding_is_refused(load: Load, tmp_path: Path) -> None:
    path = tmp_path / "press.jsonl"
    notice = json.dumps({**NOTICE, "headline": "Zürich"}, ensure_ascii=False)
    path.write_bytes(notice.encode("cp1252"))

    run = load("legal_register", path)

    assert (run.status, run.loaded) == ("PARTIAL", 0)


def test_an_unknown_field_is_reported_and_a_notice_without_an_id_waits(
    load: Load, batches: BatchSession, tmp_path: Path
) -> None:
    party = {"role": "target", "name": "Beta", "mood": "sad"}
    nameless = {"headline": "?", "parties": []}
    notices = [{**NOTICE, "stars": 5, "parties": [party]}, nameless]
    path = tmp_path / "press.json"
    path.write_text(json.dumps(notices))

    run = load("legal_register", path)

    assert (run.loaded, run.rejected) == (1, 1)
    assert len([one for one in run.warnings if "stars" in one or "parties.mood" in one]) == 2
    (waiting,) = quarantine.items(batches)
    assert waiting.reason == "the notice has neither deal_id nor id"


def test_real_deals_of_technology_firms_load_and_state_no_parent(
    load: Load,
    batches: BatchSession,
    facts: Callable[[str], set[Any]],
    shared: Path,
    tmp_path: Path,
) -> None:
    """Real deals, one of them on the day 4//17/2013."""
    with (shared / "ma_events" / "tech_giants" / "Acquisitions.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        rows = list(csv.DictReader(file))
    path = tmp_path / "press.jsonl"
    path.write_text("\n".join(json.dumps(_told(row, n)) for n, row in enumerate(rows)))

    run = load("legal_register", path)

    assert (run.read, run.loaded, run.rejected, run.warnings) == (1643, 1642, 1, [])
    (waiting,) = quarantine.items(batches)
    assert "4//17/2013" in waiting.reason
    assert set(batches.rows("MATCH (e:CorporateEvent) RETURN e.status, count(e)")) == {
        ("COMPLETED", 1611),
        ("IN_PROGRESS", 31),
    }
    assert facts("PARENT_IN") == set()


def _told(row: dict[str, str], number: int) -> dict[str, Any]:
    day = row["Deal announced on"]
    parts = day.split("/")
    written = f"{parts[2]}-{int(parts[1]):02d}-{int(parts[0]):02d}" if all(parts) else day
    return {
        "deal_id": f"T-{number}",
        "status": "announced" if row["Status"] == "Pending" else "completed",
        "kind": "acquisition",
        "announced_on": written,
        "headline": row["News"],
        "source_url": row["News Link"],
        "parties": [
            {"role": "buyer", "name": row["Acquiring Company"]},
            {"role": "target", "name": row["Acquired Company"]},
        ],
    }
