"""Rules over what changed: the same change in a graph and in one ten times as large."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from datetime import UTC, date, datetime

from measure import Bench, Result, timed

from graph.connection import BatchSession, open_batches
from graph.facts.outbox import append_rows, event_type
from graph.model.catalogue import LABELS
from rules.engine.files.format import read_pair, rule_paths
from rules.engine.judged.asking import sandboxed
from rules.engine.judged.judging import Ask
from rules.engine.runs.change_run import run_changes
from rules.engine.runs.run import Order, Report, run_rules

SMALL, TIMES = 200, 10
CHANGED = 20
"""Accounts that a change touches: what of a day of `tiny` and half of one of `demo` does."""
ROUNDS = 5
LIMIT_SECONDS = 3
TODAY = date(2026, 10, 1)
SOURCES = """
UNWIND $kinds AS kind
CREATE (system:SourceSystem {id: 'source of ' + kind, name: kind, holds: [kind]})
CREATE (:LoadRun {id: kind, source: system.id, status: 'COMPLETE', mode: 'full', as_of: $today,
                  moment: datetime({date: $today})})-[:OF]->(system)
"""
GROW = """
UNWIND range($first, $last) AS number
CREATE (account:Account {id: 'account ' + number, name: 'Account ' + number})
CREATE (account)-[:ROOTED_AT {recorded_from: datetime('2026-01-01T00:00:00Z')}]->
       (entity:LegalEntity {id: 'entity ' + number, name: 'Company ' + number, status: 'ACTIVE'})
CREATE (entity)-[:PLAYS]->(customer:Customer {id: 'customer ' + number})
CREATE (customer)-[:BILLED_BY]->(payer:BillingAccount {id: 'payer ' + number, currency: 'EUR'})
CREATE (customer)-[:PARTY_TO]->(paper:Agreement {id: 'paper ' + number,
                                                 signed_on: date('2025-04-01'), status: 'active'})
CREATE (entity)-[:OCCUPIES]->(site:Site {id: 'site ' + number, city: 'Berlin', country: 'DE'})
WITH number, paper, payer, site
UNWIND range(1, 3) AS line
CREATE (paper)-[:HAS_ITEM]->(item:AgreementItem {id: 'item ' + number + '.' + line,
  starts_on: date('2025-04-01'), ends_on: date('2027-04-01'), monthly_amount: 100000,
  currency: 'EUR'})
CREATE (item)-[:GOVERNS]->(product:Product {id: 'product ' + number + '.' + line, price: 100000,
                                            currency: 'EUR'})
CREATE (product)-[:REALIZED_BY]->(service:Service {id: 'service ' + number + '.' + line,
  state: 'active', activated_on: date('2025-05-01')})
CREATE (service)-[:DELIVERED_AT]->(site)
WITH number, line, payer, product
UNWIND range(1, 6) AS month
WITH *, date('2026-04-01') + duration({months: month - 1}) AS begun
MERGE (bill:Bill {id: 'bill ' + number + '.' + month})
ON CREATE SET bill.issued_on = begun + duration({months: 1}), bill.period_from = begun,
  bill.period_to = begun + duration({months: 1}), bill.currency = 'EUR',
  bill.due_on = begun + duration({months: 2}), bill.state = 'settled'
MERGE (bill)-[:ON]->(payer)
CREATE (bill)-[:HAS_CHARGE]->(charge:Charge {id: 'charge ' + number + '.' + line + '.' + month,
  kind: 'recurring', amount: 100000, currency: 'EUR', period_from: begun,
  period_to: begun + duration({months: 1})})-[:FOR]->(product)
"""
CLOCKS = """
MATCH (:LegalEntity|Customer|Agreement|AgreementItem|Product|Service)-[fact]->()
WHERE fact.valid_to IS NULL
SET fact.valid_from = date('2025-04-01'), fact.valid_to = date('9999-12-31'),
    fact.recorded_from = datetime('2026-01-01T00:00:00Z'),
    fact.recorded_to = datetime('9999-12-31T00:00:00Z')
"""
CHANGE = """
UNWIND range(1, $changed) AS number
MATCH (item:AgreementItem {id: 'item ' + number + '.1'})
SET item.ends_on = date('2027-04-01') + duration({days: $round})
RETURN collect(item.id) AS ids
"""


def changes(bench: Bench) -> list[Result]:
    """All rules over a change of twenty contract lines, here and among ten times the accounts."""
    with open_batches(bench.server) as session, sandboxed(bench.server) as ask:
        bench.wipe()
        kinds = LABELS["SourceSystem"].properties["holds"].values
        session.run(SOURCES, kinds=list(kinds), today=TODAY)
        small, _ = _measured(bench, session, ask, 1, SMALL)
        large, report = _measured(bench, session, ask, SMALL + 1, SMALL * TIMES)
        bench.wipe()
    note = f"{report.events} events, {report.accounts} accounts of {SMALL * TIMES:,}, "
    note += f"{len(report.judged)} rules asked"
    among = f"the same among {SMALL}"
    return [
        Result("rules over a change", large, "s", "limit", 0, LIMIT_SECONDS, note=note),
        Result("rules over a change, graph x10", large, "s", among, small, 1.2),
    ]


def _measured(
    bench: Bench, session: BatchSession, ask: Ask, first: int, last: int
) -> tuple[float, Report]:
    """Median seconds of a run over the change, once all rules ran over all accounts."""
    for start in range(first, last + 1, SMALL):
        session.run(GROW, first=start, last=min(start + SMALL - 1, last))
    session.run(CLOCKS)
    bench.settle()
    orders = _orders()
    run_rules(session, next(orders), ask)
    seconds = []
    for number in range(ROUNDS + 1):
        _change(session, last + number)
        with timed() as clock:
            report = run_changes(session, next(orders), ask)
        if report.mode != "change_set":
            raise RuntimeError(report.because)
        seconds.append(clock.seconds)
    return statistics.median(seconds[1:]), report


def _change(session: BatchSession, number: int) -> None:
    """Contract lines end on another day, and the feed tells of it."""
    ((ids,),) = session.run(CHANGE, changed=CHANGED, round=number % 28)
    rows = [[event_type("AgreementItem"), f"AgreementItem/{id}", "{}"] for id in ids]
    session.write(
        lambda transaction: append_rows(
            transaction, rows, moment=datetime.now(UTC).isoformat(), run="bench"
        )
    )


def _orders() -> Iterator[Order]:
    pairs = [read_pair(path) for path in rule_paths()]
    while True:
        yield Order(pairs, TODAY, datetime.now(UTC))
