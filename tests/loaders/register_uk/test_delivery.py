"""Deliveries of Companies House: the samples whole, repeated, shrunk, broken, in any order."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from graph.connection import BatchSession
from graph.facts.run import Run

SAMPLES = "legal_entities/uk_psc_corporate"
LATER = datetime(2026, 2, 2, tzinfo=UTC)
Row = dict[str, Any]
Load = Callable[..., Run]


@pytest.fixture
def samples(shared: Path, tmp_path: Path) -> Path:
    """The sample folder without the company file that is no CSV."""
    folder = tmp_path / "samples"
    shutil.copytree(shared / SAMPLES, folder)
    folder.chmod(0o755)
    (folder / "basic-company-data-1.csv").unlink()
    return folder


@pytest.fixture
def deliver(tmp_path: Path) -> Callable[..., Path]:
    """A file with these records."""

    def deliver(*rows: Row, name: str = "psc-snapshot.json") -> Path:
        path = tmp_path / name
        path.write_text(json.dumps(list(rows)))
        return path

    return deliver


def counts(run: Run) -> dict[str, int]:
    names = ("read", "loaded", "changed", "unchanged", "ignored", "rejected", "duplicate")
    return {name: getattr(run, name) for name in names if getattr(run, name)}


def owned(facts: Callable[[str], set[tuple[Any, ...]]]) -> set[tuple[str, str, str]]:
    return {(type, since, until) for _, type, _, since, until in facts("OWNS")}


def test_every_record_of_the_samples_is_loaded_or_ignored_by_name(
    load: Load,
    samples: Path,
    facts: Callable[[str], set[tuple[Any, ...]]],
    batches: BatchSession,
) -> None:
    run = load("register_uk", samples, full=True)
    again = load("register_uk", samples, full=True, now=LATER)

    assert (run.status, run.reason, run.warnings) == ("COMPLETE", "", [])
    assert counts(run) == {"read": 26, "loaded": 13, "ignored": 13}
    assert counts(again) == {"read": 26, "unchanged": 13, "ignored": 13}
    assert (again.facts_opened, again.facts_closed) == (0, 0)
    assert batches.row("MATCH ()-[fact:OWNS]->() RETURN count(fact)") == (18,)
    assert len(facts("PARENT_IN")) == 8
    assert (
        "registry:RA000585:07434180",
        "PARENT_IN",
        "registry:RA000585:00686734",
        "2016-04-06",
        "9999-12-31",
    ) in facts("PARENT_IN")


def test_a_company_file_that_is_no_csv_is_refused_by_name_and_the_others_count(
    load: Load, shared: Path
) -> None:
    run = load("register_uk", shared / SAMPLES, full=True)

    assert run.status == "PARTIAL"
    assert "the header lacks CompanyStatus, IncorporationDate" in run.reason
    assert "basic-company-data-1.csv:1" in run.reason
    assert counts(run) == {"read": 26, "loaded": 13, "ignored": 13}


def test_a_statement_that_is_gone_from_the_whole_register_has_ended(
    load: Load,
    deliver: Callable[..., Path],
    control: Callable[..., Row],
    facts: Callable[[str], set[tuple[Any, ...]]],
) -> None:
    both = [control(number="01111111"), control(number="01111112")]
    load("register_uk", deliver(*both), full=True)

    held = load("register_uk", deliver(both[0]), full=True, as_of="2026-02-01", now=LATER)
    assert (held.closing, held.closed) == ("held", 0)
    done = load(
        "register_uk", deliver(both[0]), full=True, guard=0.9, as_of="2026-02-02", now=LATER
    )

    assert (done.status, done.closed) == ("COMPLETE", 1)
    assert owned(facts) == {
        ("OWNS", "2016-04-06", "9999-12-31"),
        ("FORMER_OWNS", "2016-04-06", "2026-02-02"),
    }


def test_control_that_ceased_is_a_former_fact_with_the_register_s_days(
    load: Load,
    deliver: Callable[..., Path],
    control: Callable[..., Row],
    facts: Callable[[str], set[tuple[Any, ...]]],
) -> None:
    load("register_uk", deliver(control()))
    run = load(
        "register_uk",
        deliver(control(ceased=True, ceased_on="2025-03-01")),
        as_of="2026-02-01",
        now=LATER,
    )

    assert counts(run) == {"read": 1, "changed": 1}
    assert owned(facts) == {("FORMER_OWNS", "2016-04-06", "2025-03-01")}


def test_a_company_with_the_number_that_gleif_gives_is_one_company_in_either_order(
    load: Load,
    deliver: Callable[..., Path],
    control: Callable[..., Row],
    batches: BatchSession,
    tmp_path: Path,
) -> None:
    alpha = tmp_path / "alpha.csv"
    alpha.write_text(
        "LEI,Entity.LegalName,Entity.EntityStatus,Registration.RegistrationStatus,"
        "Registration.LastUpdateDate,Entity.RegistrationAuthority.RegistrationAuthorityID,"
        "Entity.RegistrationAuthority.RegistrationAuthorityEntityID\n"
        "529900T8BM49AURSDO55,Alpha Limited,ACTIVE,ISSUED,2025-06-01T00:00:00Z,RA000585,02222222\n"
    )

    load("register_uk", deliver(control()))
    load("gleif", alpha)

    assert batches.rows(
        "MATCH (owner:LegalEntity)-[:OWNS]->(:LegalEntity) RETURN owner.reference, owner.name"
    ) == [("lei:529900T8BM49AURSDO55", "Alpha Limited")]


def test_the_owner_of_three_quarters_controls_before_who_consolidates_the_accounts(
    load: Load,
    deliver: Callable[..., Path],
    control: Callable[..., Row],
    batches: BatchSession,
    tmp_path: Path,
) -> None:
    owned, parent = "529900T8BM49AURSDO55", "7LTWFZYICNSX8D621K86"
    entities, relationships = tmp_path / "entities.csv", tmp_path / "relationships.csv"
    entities.write_text(
        "LEI,Entity.LegalName,Entity.EntityStatus,Registration.RegistrationStatus,"
        "Entity.RegistrationAuthority.RegistrationAuthorityID,"
        "Entity.RegistrationAuthority.RegistrationAuthorityEntityID\n"
        f"{owned},Beta Limited,ACTIVE,ISSUED,RA000585,01111111\n"
    )
    relationships.write_text(
        "Relationship.StartNode.NodeID,Relationship.StartNode.NodeIDType,"
        "Relationship.EndNode.NodeID,Relationship.EndNode.NodeIDType,"
        "Relationship.RelationshipType,Relationship.RelationshipStatus,"
        "Registration.RegistrationStatus\n"
        f"{owned},LEI,{parent},LEI,IS_DIRECTLY_CONSOLIDATED_BY,ACTIVE,PUBLISHED\n"
    )
    load("gleif", entities)
    load("gleif", relationships)
    load("register_uk", deliver(control(notified_on="2025-01-01")))

    assert set(
        batches.rows(
            "MATCH (:LegalEntity {reference: $child})-[fact:PARENT_IN {view: 'legal'}]->(parent) "
            "RETURN parent.reference, fact.share, fact.controlling",
            child=f"lei:{owned}",
        )
    ) == {
        ("registry:RA000585:02222222", 0.75, True),
        (f"lei:{parent}", None, False),
    }


def test_what_is_refused_is_in_quarantine_and_the_rest_is_loaded(
    load: Load,
    deliver: Callable[..., Path],
    control: Callable[..., Row],
    tmp_path: Path,
) -> None:
    rows = [
        control(number="01111111"),
        control(number="01111112", notified_on="2016-02-31"),
        control(number="01111113", kind="individual-person-with-significant-control", name="Doe"),
        control(number="01111114", kind="new-kind", name="Doe"),
    ]

    run = load("register_uk", deliver(*rows))

    assert run.status == "PARTIAL"
    assert counts(run) == {"read": 4, "loaded": 1, "ignored": 1, "rejected": 2}
    files = [path for path in (tmp_path / "evidence").rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if b"Doe" in path.read_bytes()]


def test_a_file_that_is_no_json_is_named_and_the_others_count(
    load: Load, deliver: Callable[..., Path], control: Callable[..., Row], tmp_path: Path
) -> None:
    deliver(control())
    (tmp_path / "psc-broken.json").write_text('[{"company_number": ')

    run = load("register_uk", tmp_path)

    assert (run.status, run.loaded) == ("PARTIAL", 1)
    assert "not JSON" in run.reason
    assert "psc-broken.json" in run.reason
