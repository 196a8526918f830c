"""Eighty customers whose contracts, quotes and troubles change from day to day."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from graph.connection import BatchSession
from rules.engine.files.format import Pair, read_pair, rule_paths
from rules.engine.life.answering import LEADS_TO, Answer, Person, answer
from rules.engine.trial.proof import COMPLETE_FACTS, FACTS

ACCOUNTS = 80
FIRST = date(2026, 10, 1)
RULES = (
    "contract_ends_without_renewal_opportunity",
    "coverage_missing_or_doubled",
    "customer_in_financial_distress",
    "notice_deadline_without_decision",
    "quote_is_stalling",
)
SYSTEMS = {
    "paper": ["contracts", "billing", "orders"],
    "other_paper": ["contracts"],
    "sales": ["crm", "quotes", "coverage"],
    "register": ["registry", "deals"],
}
BUILD = """
UNWIND range(0, $accounts - 1) AS number
WITH number, toString(number) AS n
CREATE (account:Account {id: 'account-' + n, name: 'Customer ' + n})-[:ROOTED_AT]->
  (entity:LegalEntity {id: 'entity-' + n, name: 'Company ' + n})
CREATE (entity)-[:PLAYS]->(:Customer {id: 'customer-' + n})-[:PARTY_TO]->(agreement:Agreement
  {id: 'agreement-' + n, status: 'approved', signed_on: date('2024-03-15'), notice_days: 60,
   record: 'record-' + n})
CREATE (agreement)-[:HAS_ITEM]->(:AgreementItem {id: 'item-' + n, starts_on: date('2024-04-19')})
  -[:GOVERNS]->(product:Product {id: 'product-' + n})-[:REALIZED_BY]->(:Service
  {id: 'service-' + n, state: 'active', activated_on: date('2024-01-01')})
CREATE (:Bill {id: 'bill-' + n, issued_on: date('2026-09-05')})-[:HAS_CHARGE]->
  (:Charge {id: 'charge-' + n, kind: 'recurring', amount: 1000 * number, currency: 'EUR',
   period_from: date('2026-11-01'), period_to: date('2026-12-01')})-[:FOR]->(product)
CREATE (:CorporateEvent {id: 'event-' + n, type: 'INSOLVENCY', recorded_on: date('2026-09-30'),
   effective_on: date('2026-09-28')})-[:SUBJECT]->(entity)
CREATE (:Quote {id: 'quote-' + n, number: 'Q-' + n, state: 'pending', amount: 10 * number,
   currency: 'EUR', created_on: date('2026-09-20')})-[:QUOTES]->(:Opportunity {id: 'deal-' + n,
   stage: 'proposal', close_on: date('2027-02-01')})-[:CONCERNS]->(entity)
MERGE (seller:Seller {id: 'seller-' + toString(number % 4)})
CREATE (seller)-[:COVERS {role: 'account owner'}]->(account)
CREATE (:SourceRecord {id: 'record-' + n, record_type: 'agreement', native_id: n,
   system: CASE WHEN number % 3 = 0 THEN 'other_paper' ELSE 'paper' END,
   recorded_from: datetime('2026-01-01T00:00:00Z'),
   recorded_to: datetime('9999-12-31T00:00:00Z')})-[:RESOLVES_TO]->(agreement)
"""
SYSTEM = "UNWIND $rows AS row CREATE (:SourceSystem {id: row[0], holds: row[1]})"
CHANGE = """
UNWIND $rows AS row
MATCH (:Account {id: 'account-' + row.n})-[:ROOTED_AT]->(entity)<-[:SUBJECT]-(event)
MATCH (entity)-[:PLAYS]->()-[:PARTY_TO]->(agreement)-[:HAS_ITEM]->(item)
MATCH (entity)<-[:CONCERNS]-(opportunity)<-[:QUOTES]-(quote)
SET event.status = row.proceedings, agreement.period_to = date(row.term_ends_on),
    agreement.decision = row.decision, item.ends_on = date(row.term_ends_on),
    opportunity.stage = row.stage, quote.state_since = date(row.since)
"""
LOADED = """
UNWIND $sources AS source
MERGE (run:LoadRun {id: source + toString($on)})
SET run.source = source, run.status = 'COMPLETE', run.mode = 'full', run.as_of = $on,
    run.moment = datetime({date: $on})
"""
ANSWERABLE = """
MATCH (signal:Signal) WHERE signal.state = 'open' RETURN signal.id ORDER BY signal.id
"""


def day_of(number: int) -> date:
    """The rules' day."""
    return FIRST + timedelta(days=number)


def pairs() -> list[Pair]:
    """The rules, those first that yield to later ones."""
    return [read_pair(path) for path in reversed(rule_paths()) if path.stem in RULES]


def build(session: BatchSession) -> None:
    """Write the customers, as they are before the first day."""
    session.run(SYSTEM, rows=[list(one) for one in SYSTEMS.items()])
    session.run(BUILD, accounts=ACCOUNTS)
    session.run(COMPLETE_FACTS, types=FACTS)


def dawn(session: BatchSession, day: int) -> None:
    """What has changed by a day, and which sources were loaded on it."""
    session.run(CHANGE, rows=[_customer(number, day) for number in range(ACCOUNTS)])
    late = {"other_paper"} if day % 7 in (3, 4, 5) else {"sales"} if day % 7 == 6 else set()
    session.run(LOADED, sources=sorted(SYSTEMS.keys() - late), on=day_of(day))


def dusk(session: BatchSession, day: int) -> None:
    """People answer some of what they were shown."""
    by = Person("ada", datetime.combine(day_of(day), time(23), UTC))
    kinds = [kind for kind in LEADS_TO if kind != "wrong_data"]
    for place, (id,) in enumerate(session.rows(ANSWERABLE)):
        if (place + day) % 9 == 0:
            kind = kinds[place % len(kinds)]
            until = day_of(day + 2) if kind == "bad_timing" else None
            answer(session, id, Answer(kind, "because", until), by)


def _customer(number: int, day: int) -> dict[str, Any]:
    chance = random.Random(f"{number}/{day if (number + day) % 4 == 0 else day - day % 4}")
    term_ends_on = day_of(day - day % 4 + chance.choice([70, 90, 200, 500]))
    return {
        "n": str(number),
        "proceedings": chance.choice(["IN_PROGRESS"] + ["COMPLETED"] * 5),
        "term_ends_on": term_ends_on.isoformat(),
        "decision": chance.choice(["", "", "renew"]),
        "stage": chance.choice(["proposal", "won", "lost"]),
        "since": (FIRST - timedelta(days=chance.choice([20, 10, 2]))).isoformat(),
    }
