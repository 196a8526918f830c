"""Signals as of their day, after what proved them has changed, ended, and come back otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from api.replay.differences import differences
from api.replay.replay import Beside, Replayed, replay, replayable
from graph.connection import BatchSession
from graph.errors import NotFound
from graph.evidence import EvidenceStore
from graph.facts.claims import Claims, ref
from graph.facts.run import Run
from loaders.audit import Fields
from loaders.dates import day
from loaders.files import json_records
from loaders.identifiers import own
from loaders.source import Delivery, Extracted, RawRecord, Source, SourceSpec
from rules.engine.files.format import Pair, read_pair
from rules.engine.life.versions import keep
from rules.engine.runs.run import Order, run_rules
from tests.rules.engine.sample import write_rule

OCTOBER = {"signed_by": "1", "ends": "2027-04-01"}
CONTRACTS = [OCTOBER | {"id": "C1"}, OCTOBER | {"id": "C2"}]
LATER = [{"id": "C1", "signed_by": "1", "ends": "2029-01-01"}]


class Contracts(Source):
    """Contracts, each with one line, of customers that are each an account."""

    name = "paper"

    def __init__(self) -> None:
        super().__init__(
            SourceSpec(
                title="Contracts",
                publisher="a test",
                licence="none",
                holds=("contracts", "registry", "deals"),
                freshness_sla="P1D",
                scope="all",
                record_types={"contract": "a contract"},
            )
        )

    def extract(self, delivery: Delivery) -> Iterator[Extracted]:
        for line, payload in json_records(delivery.path):
            yield RawRecord("contract", payload["id"], payload, delivery.path.name, line)
        delivery.cover("contract")

    def transform(self, record: RawRecord) -> Claims:
        fields, claims = Fields(record), Claims()
        number, customer = fields.need("id"), fields.need("signed_by")
        entity = ref("LegalEntity", own(self.name, "company", customer))
        party = ref("Customer", own(self.name, "customer", customer))
        agreement = claims.node("Agreement", own(self.name, "contract", number), status="approved")
        item = claims.node(
            "AgreementItem", own(self.name, "line", number), ends_on=day(fields.take("ends"))
        )
        claims.fact("ROOTED_AT", ref("Account", own(self.name, "account", customer)), entity)
        claims.fact("PLAYS", entity, party)
        claims.fact("PARTY_TO", party, agreement)
        claims.link("HAS_ITEM", agreement, item)
        return fields.report(claims)


def known(day_of_october: int) -> datetime:
    return datetime(2026, 10, day_of_october, 6, tzinfo=UTC)


@pytest.fixture
def deliver(load: Callable[..., Run], tmp_path: Path) -> Callable[..., Run]:
    """Load all contracts as of a day of October 2026."""

    def deliver(on: int, records: list[dict[str, Any]]) -> Run:
        path = tmp_path / "contracts.ndjson"
        path.write_bytes(b"".join(orjson.dumps(one) + b"\n" for one in records))
        as_of = f"2026-10-{on:02d}"
        return load(Contracts(), path, as_of=as_of, now=known(on), full=True, guard=1.0)

    return deliver


@pytest.fixture
def ask(batches: BatchSession) -> Callable[..., Sequence[Sequence[Any]]]:
    """Ask a rule without a sandbox."""

    def ask(pair: Pair, parameters: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        return batches.rows(pair.statement.text, **parameters)

    return ask


@pytest.fixture
def found(
    deliver: Callable[..., Run],
    ask: Callable[..., Sequence[Sequence[Any]]],
    batches: BatchSession,
    evidence: EvidenceStore,
    tmp_path: Path,
) -> Callable[[int, list[dict[str, Any]]], None]:
    """Load contracts, and run the rule on them an hour after."""
    path = write_rule(tmp_path, yaml=("experimental", "stable"))

    def found(on: int, records: list[dict[str, Any]]) -> None:
        deliver(on, records)
        pair = read_pair(path)
        keep(evidence, [pair])
        now = known(on).replace(hour=7)
        run_rules(batches, Order([pair], now.date(), now), ask)

    return found


@pytest.fixture
def again(
    ask: Callable[..., Sequence[Sequence[Any]]],
    batches: BatchSession,
    emptied: Callable[[], object],
    evidence: EvidenceStore,
    tmp_path: Path,
) -> Callable[[], list[Replayed]]:
    """All signals replayed in an empty graph."""

    def again() -> list[Replayed]:
        signals = replayable(batches, [])
        emptied()
        beside = Beside(evidence, batches, ask, tmp_path / "versions", lambda name: Contracts())
        return list(replay(signals, batches, beside))

    return again


def test_signals_of_earlier_days_are_found_again_to_the_byte(
    found: Callable[..., None], again: Callable[[], list[Replayed]], batches: BatchSession
) -> None:
    found(1, CONTRACTS)
    found(2, [*CONTRACTS, OCTOBER | {"id": "C3", "signed_by": "2"}])
    found(3, LATER)
    states = "MATCH (signal:Signal) RETURN signal.state, signal.message ORDER BY signal.id"
    said = "A contract ends on 1 April 2027 and nobody renews it."
    assert batches.rows(states) == [("cleared", said)] * 3

    replayed = again()

    assert [(one.valid_on, one.message, one.differences) for one in replayed] == [
        (date(2026, 10, 2), said, [])
    ] * 3


def test_a_rule_that_was_changed_is_asked_as_it_was(
    found: Callable[..., None], again: Callable[[], list[Replayed]], tmp_path: Path
) -> None:
    found(1, CONTRACTS)
    write_rule(tmp_path, cypher=("$today < item.ends_on", "item.ends_on IS NULL AND $today"))

    assert [one.is_equal for one in again()] == [True, True]


def test_what_is_not_as_it_was_is_told(
    found: Callable[..., None], again: Callable[[], list[Replayed]], batches: BatchSession
) -> None:
    found(1, CONTRACTS[:1])
    batches.run(
        "MATCH (signal:Signal) SET signal.message = 'Nobody renews.', "
        "signal.evidence = replace(signal.evidence, 'approved', 'signed')"
    )
    ((agreement,),) = batches.rows("MATCH (agreement:Agreement) RETURN agreement.id")
    (one,) = again()

    assert one.differences == [
        "message: Nobody renews. then, A contract ends on 1 April 2027 and nobody renews it. "
        "as replayed",
        f"node Agreement {agreement}.status: signed then, approved as replayed",
    ]


def test_a_signal_that_no_evidence_gives_is_said_to_be_lost(
    found: Callable[..., None], again: Callable[[], list[Replayed]], batches: BatchSession
) -> None:
    found(1, CONTRACTS[:1])
    batches.run('MATCH (signal:Signal) SET signal.identity = \'[["item_id","other"]]\'')
    (one,) = again()

    assert one.differences == ["the rule does not find it as replayed (it finds others)"]


def test_a_version_that_is_not_kept_is_asked_for(
    found: Callable[..., None], again: Callable[[], list[Replayed]], evidence: EvidenceStore
) -> None:
    found(1, CONTRACTS[:1])
    (kept,) = evidence.filesystem.glob(f"{evidence.root}/rule-*.jsonl")
    evidence.filesystem.rm_file(kept)

    with pytest.raises(NotFound, match="version .{8} of contract_is_not_renewed is not kept here"):
        again()


def test_evidence_in_another_order_is_other_evidence() -> None:
    one = {"columns": {}, "nodes": [_node("a"), _node("b")], "facts": []}
    other = one | {"nodes": [_node("b"), _node("a")]}

    assert _compared(one, one) == []
    assert _compared(one, other) == ["evidence: the same in another order"]


def test_nodes_and_facts_that_only_one_side_has_are_named() -> None:
    fact = {"type": "PLAYS", "id": "f", "recorded_from": "2026", "valid_from": "2025"}
    one = {"columns": {"ids": ["a"]}, "nodes": [_node("a")], "facts": [fact]}
    other = {"columns": {"ids": ["b"]}, "nodes": [_node("b")], "facts": []}

    assert _compared(one, other) == [
        "evidence ids: ['a'] then, ['b'] as replayed",
        "node Agreement a: not there as replayed",
        "node Agreement b: was not there then",
        "fact PLAYS f of 2026 from 2025: not there as replayed",
    ]


def _node(id: str) -> dict[str, Any]:
    return {"id": id, "label": "Agreement", "properties": {}}


def _compared(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return differences(
        {"evidence": orjson.dumps(one).decode()}, {"evidence": orjson.dumps(other).decode()}
    )
