"""The check finds every way in which a graph can differ from the truth."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
import pytest

from graph.errors import UsageError
from loaders.carrier.check.check import check
from tests.commands import Command

PLANT = (
    "MATCH ()-[fact:PARENT_IN {view: 'legal'}]->() WITH fact ORDER BY fact.id LIMIT 1 "
    "SET fact.kept = toString(fact.valid_from), fact.valid_from = date('1999-01-01')",
    "MATCH ()-[fact:PARTY_TO]->() WITH fact ORDER BY fact.id LIMIT 1 "
    "SET fact.kept = 'open', fact.recorded_to = datetime('2026-10-09')",
    "MATCH ()-[fact:PLAYS]->() WITH fact ORDER BY fact.id LIMIT 1 "
    "SET fact.kept = toString(fact.recorded_from), fact.recorded_from = datetime('2026-10-02')",
    "MATCH (one)-[fact:DIVERSE_FROM]->(), (other:Service) WHERE other.stub IS NULL "
    "AND other <> one AND NOT (one)-[:DIVERSE_FROM]->(other) "
    "WITH one, fact, other ORDER BY fact.id, other.id LIMIT 1 "
    "CREATE (one)-[new:DIVERSE_FROM]->(other) SET new = properties(fact), new.id = 'planted'",
    "MATCH (ticket:TroubleTicket) WITH ticket ORDER BY ticket.id LIMIT 1 "
    "SET ticket.kept = ticket.status, ticket.status = 'pending'",
    "MATCH (bill:Bill)-[old:ON]->() WITH bill, old ORDER BY bill.id LIMIT 1 "
    "MATCH (other:BillingAccount) WHERE NOT (bill)-[:ON]->(other) "
    "WITH bill, old, other ORDER BY other.id LIMIT 1 "
    "CREATE (bill)-[:ON {record: old.record, planted: true}]->(other)",
    "CREATE (:SourceRecord {id: 'planted', key: 'planted', system: 'tickets', "
    "record_type: 'ticket', recorded_from: datetime('2026-10-05')})",
)
UPROOT = (
    "MATCH ()-[fact:PARENT_IN]->() WHERE fact.kept IS NOT NULL "
    "SET fact.valid_from = date(fact.kept) REMOVE fact.kept",
    "MATCH ()-[fact:PARTY_TO]->() WHERE fact.kept IS NOT NULL "
    "SET fact.recorded_to = datetime('9999-12-31T00:00:00Z') REMOVE fact.kept",
    "MATCH ()-[fact:PLAYS]->() WHERE fact.kept IS NOT NULL "
    "SET fact.recorded_from = datetime(fact.kept) REMOVE fact.kept",
    "MATCH ()-[fact:DIVERSE_FROM {id: 'planted'}]->() DELETE fact",
    "MATCH (ticket:TroubleTicket) WHERE ticket.kept IS NOT NULL "
    "SET ticket.status = ticket.kept REMOVE ticket.kept",
    "MATCH ()-[link:ON {planted: true}]->() DELETE link",
    "MATCH (record:SourceRecord {id: 'planted'}) DELETE record",
)


@contextmanager
def planted(month: Any, statements: tuple[str, ...], undo: tuple[str, ...]) -> Iterator[None]:
    try:
        for statement in statements:
            month.session.run(statement)
        yield
    finally:
        for statement in undo:
            month.session.run(statement)


WAYS = ("missing", "extra", "wrong_valid", "wrong_known", "wrong_value")


def test_every_way_of_being_wrong_is_found_and_counted_under_its_kind(
    month: Any, footprint: Command
) -> None:
    with planted(month, PLANT, UPROOT):
        code, out, _ = footprint("carrier", "check", str(month.folder), "--json")

    told = orjson.loads(out)
    wrong = {kind["kind"]: {way: kind[way] for way in WAYS if kind[way]} for kind in told["kinds"]}
    assert code == 9
    assert told["differences"] == 7
    assert {kind: ways for kind, ways in wrong.items() if ways} == {
        "tree": {"wrong_valid": 1},
        "agreements": {"missing": 1},
        "customers": {"wrong_known": 1},
        "services": {"extra": 1},
        "tickets": {"wrong_value": 1},
        "bills": {"extra": 1},
        "records": {"extra": 1},
    }


def test_two_companies_in_one_node_are_an_error_and_so_is_one_company_in_two(month: Any) -> None:
    merge = (
        "MATCH (one:LegalEntity), (other:LegalEntity) WHERE one.reference STARTS WITH 'lei:' "
        "AND other.reference STARTS WITH 'lei:' AND one.reference < other.reference "
        "AND NOT ()-[:REDIRECTS_TO]->(one) "
        "WITH one, other ORDER BY one.reference, other.reference LIMIT 1 "
        "CREATE (:EntityAlias {id: one.id, planted: true})-[:REDIRECTS_TO]->(other)"
    )
    split = (
        "MATCH (alias:EntityAlias)-[old:REDIRECTS_TO]->(entity) "
        "WHERE alias.reference STARTS WITH 'crm_americas:account:' "
        "WITH alias, old, entity ORDER BY alias.reference LIMIT 1 "
        "SET alias.kept = entity.id DELETE old"
    )
    undo = (
        "MATCH (alias:EntityAlias {planted: true}) DETACH DELETE alias",
        "MATCH (alias:EntityAlias) WHERE alias.kept IS NOT NULL "
        "MATCH (entity:LegalEntity {id: alias.kept}) "
        "CREATE (alias)-[:REDIRECTS_TO]->(entity) REMOVE alias.kept",
    )
    with planted(month, (merge, split), undo):
        found = check(month.folder, month.session).differences.kinds["identity"]

    assert found.extra == 1
    assert found.missing >= 1
    assert found.expected - found.found == 0


def test_the_command_tells_a_line_a_kind_and_ends_with_0_when_all_is_right(
    month: Any, footprint: Command
) -> None:
    code, out, _ = footprint("carrier", "check", str(month.folder), "--day", "12", "--sample", "1")

    assert code == 0
    assert "day 12, 1 family: 0 differences" in out
    assert {"tree", "names", "identifiers", "services", "agreements", "records"} <= {
        line.split()[0] for line in out.splitlines() if "all right" in line
    }


def test_a_carrier_that_lacks_systems_is_refused(month: Any, tmp_path: Path) -> None:
    truth = tmp_path / "truth"
    truth.mkdir()
    told = orjson.loads((month.folder / "truth" / "carrier.json").read_bytes())
    told["systems_written"].remove("tickets")
    (truth / "carrier.json").write_bytes(orjson.dumps(told))

    with pytest.raises(UsageError, match="without some of its systems"):
        check(tmp_path, month.session)
