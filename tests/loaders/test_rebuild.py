"""A graph made anew from evidence and judgements says the same as the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from graph.connection import BatchSession
from graph.errors import EvidenceError, LoadError, RecordRejected
from graph.evidence import EvidenceStore
from graph.facts import due, kept
from graph.facts.approval import approve, reject
from graph.facts.claims import Claims, ref
from graph.facts.run import Run, drop_lease, runs
from graph.fingerprint import difference, fingerprint
from loaders import identifiers
from loaders.audit import Fields
from loaders.dates import day
from loaders.files import json_records
from loaders.rebuild import rebuild, rebuild_until
from loaders.retry import retry_quarantined
from loaders.source import Delivery, Extracted, RawRecord, Source, SourceSpec

NOW = datetime(2026, 1, 2, tzinfo=UTC)
LATER = datetime(2026, 6, 1, tzinfo=UTC)
Load = Callable[..., Run]


class Register(Source):
    """Companies with parents and numbers; a size in words is not understood until `mended`."""

    name = "register"

    def __init__(self, name: str = "register", precedence: int = 20) -> None:
        super().__init__(
            SourceSpec(
                title=name,
                publisher="a test",
                licence="none",
                holds=("registry",),
                freshness_sla="P1D",
                precedence=precedence,
                scope="all",
                record_types={"company": "a company"},
            )
        )
        self.name = name
        self.mended = False

    def extract(self, delivery: Delivery) -> Iterator[Extracted]:
        for line, payload in json_records(delivery.path):
            yield RawRecord("company", payload["id"], payload, delivery.path.name, line)
        delivery.cover("company")

    def transform(self, record: RawRecord) -> Claims:
        fields, claims = Fields(record), Claims()
        own = identifiers.own(self.name, "company", fields.need("id"))
        if fields.take("size") == "big" and not self.mended:
            raise RecordRejected("a size in words", where="size", remedy="mend the mapping")
        entity = claims.node("LegalEntity", own, name=fields.take("name"))
        claims.name(entity, fields.take("name", "nameless"))
        parent, number = fields.take("parent"), fields.take("lei")
        if parent:
            above = ref("LegalEntity", identifiers.own(self.name, "company", parent))
            since = day(fields.take("since"))
            claims.fact("PARENT_IN", entity, above, view="legal", valid_from=since)
        if number:
            identifiers.state(claims, entity, "lei", number)
        return fields.report(claims)


REGISTER, LEDGER = Register(), Register("ledger", precedence=40)
LEI = "5493001KJTIIGC8Y1R12"


@pytest.fixture
def deliver(load: Load, tmp_path: Path) -> Load:
    """Load records as one delivery: `deliver(REGISTER, [..], as_of="2026-01-01")`."""

    def deliver(source: Source, records: list[dict[str, Any]], **order: Any) -> Run:
        path = tmp_path / "delivery.ndjson"
        path.write_bytes(b"".join(orjson.dumps(one) + b"\n" for one in records))
        return load(source, path, **order)

    return deliver


def found(name: str) -> Source:
    return {"register": REGISTER, "ledger": LEDGER}[name]


def company(id: str, **fields: Any) -> dict[str, Any]:
    return {"id": id, "name": f"Company {id}", **fields}


def compared(session: BatchSession, evidence: EvidenceStore) -> list[str]:
    """How the graph differs from itself after a rebuild."""
    due.retype_due(session, LATER.date())
    before = fingerprint(session, keep=True)
    done = rebuild(session, evidence, now=LATER, find=found)
    return [*done.differences, *difference(before, fingerprint(session, keep=True))]


@pytest.fixture(autouse=True)
def unmended() -> Iterator[None]:
    yield
    REGISTER.mended = False


class TestRebuild:
    def test_changes_absences_and_cycles_come_out_the_same(
        self, deliver: Load, batches: BatchSession, evidence: EvidenceStore
    ) -> None:
        first = [company("1"), company("2", parent="1"), company("3", parent="2")]
        first += [company(str(number)) for number in range(4, 30)]
        deliver(REGISTER, first, full=True)
        second = [company("1", parent="3"), company("2", parent="1", since="2026-02-01")]
        second += [{**one, "name": one["name"] + " plc"} for one in first[2:-1]]
        run = deliver(REGISTER, second, full=True, as_of="2026-03-01")

        assert (run.status, run.changed, run.closed) == ("COMPLETE", 28, 1)
        assert compared(batches, evidence) == []

    def test_merges_by_a_shared_number_and_contested_values_come_out_the_same(
        self, deliver: Load, batches: BatchSession, evidence: EvidenceStore
    ) -> None:
        deliver(LEDGER, [company("A", lei=LEI), company("B", parent="A")])
        deliver(REGISTER, [company("1", lei=LEI, parent="2"), company("2")])
        deliver(LEDGER, [company("A", lei=LEI, parent="B")], as_of="2026-02-01")

        merged = batches.rows(
            "MATCH (alias:EntityAlias)-[:REDIRECTS_TO]->(entity:LegalEntity) "
            "RETURN alias.reference AS alias, entity.reference AS entity"
        )
        assert merged == [("register:company:1", "ledger:company:A")]
        assert compared(batches, evidence) == []

    def test_quarantine_and_what_was_retried_come_out_the_same(
        self, deliver: Load, batches: BatchSession, evidence: EvidenceStore
    ) -> None:
        deliver(REGISTER, [company("1", size="big"), company("2"), company("2", name="Twin")])
        REGISTER.mended = True
        (run,) = retry_quarantined(REGISTER, batches, evidence, now=LATER)

        assert (run.status, run.read, run.loaded) == ("COMPLETE", 1, 1)
        assert compared(batches, evidence) == []

    def test_decisions_about_held_closings_are_kept(
        self, deliver: Load, batches: BatchSession, evidence: EvidenceStore
    ) -> None:
        deliver(REGISTER, [company(str(number)) for number in range(4)], full=True)
        held = deliver(REGISTER, [company("0")], full=True, as_of="2026-02-01")
        approve(batches, evidence, REGISTER.system(), held, LATER)
        drop_lease(batches)
        deliver(LEDGER, [company(str(number)) for number in range(4)], full=True)
        rejected = deliver(LEDGER, [company("0")], full=True, as_of="2026-02-01")
        reject(batches, evidence, rejected, "cut off")

        assert compared(batches, evidence) == []
        assert {run.closing for run in runs(batches)} == {
            "none",
            "approved",
            "applied",
            "rejected",
        }

    def test_judgements_of_people_and_findings_outlive_an_empty_database(
        self, deliver: Load, batches: BatchSession, evidence: EvidenceStore
    ) -> None:
        deliver(REGISTER, [company("1"), company("2")])
        batches.run(
            "MATCH (entity:LegalEntity {reference: 'register:company:1'}) "
            "CREATE (:Judgement {id: 'j', left: 'a', right: 'b', verdict: 'different', "
            "decided_by: 'ann', decided_at: datetime('2026-01-01T00:00:00Z')}) "
            "CREATE (:Signal {id: 's', state_since: datetime('2026-01-01T00:00:00Z'), "
            "act_by: date('2026-05-01'), value: ['EUR 100']})-[:ABOUT]->(entity)"
        )

        assert compared(batches, evidence) == []
        before = fingerprint(batches, keep=True)
        batches.run("MATCH (node) WHERE NOT node:Migration DETACH DELETE node")
        rebuild(batches, evidence, now=LATER, find=found)
        assert difference(before, fingerprint(batches, keep=True)) == []


class TestUntilAMoment:
    def test_an_earlier_moment_is_as_it_was_and_a_later_one_goes_on_from_it(
        self,
        deliver: Load,
        batches: BatchSession,
        evidence: EvidenceStore,
        emptied: Callable[[], object],
    ) -> None:
        first = deliver(REGISTER, [company("1"), company("2", parent="1")], full=True)
        before = fingerprint(batches, keep=True)
        changed = [company("1", name="Other")] + [company(str(number)) for number in range(3, 9)]
        second = deliver(REGISTER, changed, full=True, as_of="2026-02-01", guard=1.0)
        after = fingerprint(batches, keep=True)
        emptied()

        done = rebuild_until(first.moment, batches, evidence, find=found)
        assert (done.runs, done.differences) == (1, [])
        assert difference(before, fingerprint(batches, keep=True)) == []
        done = rebuild_until(second.moment, batches, evidence, find=found)
        assert (done.runs, done.deleted, done.differences) == (1, 0, [])
        assert difference(after, fingerprint(batches, keep=True)) == []
        done = rebuild_until(first.moment, batches, evidence, find=found)
        assert done.runs == 1
        assert difference(before, fingerprint(batches, keep=True)) == []

    def test_judgements_are_those_of_the_moment(self, batches: BatchSession) -> None:
        first, ended, later = (f"2026-01-0{day}T00:00:00Z" for day in (1, 2, 5))
        decided = [["early", "ann", first, None], ["ended", "ann", first, ended]]
        decided += [["late", "ann", later, None], ["to end", "ann", first, later]]
        decided += [["number", "identifier", first, None], ["undone", "identifier", first, ended]]
        batches.run(
            "UNWIND $rows AS row CREATE (one:Judgement {id: row[0], decided_by: row[1]}) "
            "SET one.decided_at = datetime(row[2]), one.retracted_at = datetime(row[3])",
            rows=decided,
        )
        told = kept.judgements(batches, until=datetime(2026, 1, 3, tzinfo=UTC))

        assert {line["id"]: line["properties"].get("retracted_at") for line in told} == {
            "early": None,
            "ended": ended,
            "to end": None,
            "undone": ended,
        }


class TestRefusals:
    def test_nothing_is_deleted_when_evidence_is_missing(
        self, deliver: Load, batches: BatchSession, evidence: EvidenceStore, tmp_path: Path
    ) -> None:
        lost = deliver(REGISTER, [company("1")])
        deliver(LEDGER, [company("2")])
        before = fingerprint(batches)

        with pytest.raises(EvidenceError, match="the evidence store holds no load run"):
            rebuild(batches, EvidenceStore(str(tmp_path / "other")), now=LATER, find=found)
        evidence.filesystem.rm(evidence.folder("register", lost.id), recursive=True)
        with pytest.raises(EvidenceError, match=f"the store lacks run {lost.id}"):
            rebuild(batches, evidence, now=LATER, find=found)

        assert difference(before, fingerprint(batches)) == []

    def test_a_rebuild_that_was_cut_off_takes_no_load_and_can_begin_again(
        self, deliver: Load, batches: BatchSession, evidence: EvidenceStore
    ) -> None:
        deliver(REGISTER, [company("1"), company("2", parent="1")])
        deliver(LEDGER, [company("A")])
        before = fingerprint(batches, keep=True)
        transform = Register.transform

        def breaks(self: Register, record: RawRecord) -> Claims:
            if self.name == "ledger":
                raise KeyboardInterrupt
            return transform(self, record)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Register, "transform", breaks)
            with pytest.raises(KeyboardInterrupt):
                rebuild(batches, evidence, now=LATER, find=found)
        with pytest.raises(LoadError, match="a rebuild of this graph was cut off"):
            deliver(REGISTER, [company("3")])
        drop_lease(batches)
        rebuild(batches, evidence, now=LATER, find=found)

        assert difference(before, fingerprint(batches, keep=True)) == []


def test_a_difference_names_the_first_things_that_differ(
    deliver: Load, batches: BatchSession
) -> None:
    deliver(REGISTER, [company("1")])
    before = fingerprint(batches, keep=True)
    batches.run("MATCH (entity:LegalEntity) SET entity.name = 'Other'")
    lines = difference(before, fingerprint(batches, keep=True))

    assert lines[0] == "LegalEntity: 1 before, 1 after, not the same"
    assert '["name","Company 1"]' in lines[1]
    assert '["name","Other"]' in lines[2]
    assert len(lines) == 3


def test_real_deliveries_come_out_the_same(
    load: Load, shared: Path, batches: BatchSession, evidence: EvidenceStore
) -> None:
    load("crm", shared / "telecom_crm" / "maven_crm", full=True, options={"currency": "USD"})
    load("crm", shared / "telecom_crm" / "salesforce_seeds", scope="seeds", as_of="2026-02-01")
    before = fingerprint(batches, keep=True)
    done = rebuild(batches, evidence, now=NOW)

    assert (done.runs, done.differences) == (2, [])
    assert difference(before, fingerprint(batches, keep=True)) == []
