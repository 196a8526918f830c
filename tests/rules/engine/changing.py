"""A carrier of several accounts whose changes are told in the feed, as loads tell them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from graph.connection import BatchSession
from graph.facts.outbox import append_rows, event_type
from rules.engine.files.format import Pair
from rules.engine.runs.change_run import run_changes
from rules.engine.runs.run import Order, Report, run_rules
from tests.rules.engine.carrier import TODAY, Carrier

GROW = """
UNWIND $names AS name
CREATE (account:Account {id: name})-[:ROOTED_AT]->(entity:LegalEntity {id: name + '-top'})
CREATE (entity)-[:PLAYS]->(:Customer {id: name + '-customer'})-[:PARTY_TO]->
       (a:Agreement {id: name + '-paper'})
CREATE (a)-[:HAS_ITEM]->(:AgreementItem {id: name + '-item', ends_on: date('2027-04-01')})
CREATE (:Seller {id: 'seller of ' + name})-[:COVERS {role: 'account owner'}]->(account)
"""
SIGNALS = """
MATCH (signal:Signal)
OPTIONAL MATCH (signal)-[:OF_ACCOUNT]->(account)
OPTIONAL MATCH (signal)-[:INHIBITED_BY]->(by)
RETURN signal.rule + ' ' + signal.identity AS id, account.id AS account_id, by.id AS by,
       properties(signal) AS properties
ORDER BY id
"""
STAMPS = ("last_seen_at", "known_at", "valid_on", "run")
"""What every run sets on what it found."""


@dataclass
class Changing(Carrier):
    """A carrier on one day, whose runs come one after the other."""

    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """Rules that were asked, each with its accounts."""
    minute: int = 0

    def grow(self, *names: str) -> None:
        """Accounts of one company, one contract line and one seller each."""
        self.session.run(GROW, names=names)
        self.say("RETURN 1 AS nothing")

    def change(self, cypher: str, *subjects: str) -> None:
        """Change the graph, and tell the feed of it in events of these subjects, `Label/id`."""
        self.say(cypher)
        rows = [[event_type(one.partition("/")[0]), one, "{}"] for one in subjects]
        self.session.write(
            lambda transaction: append_rows(
                transaction, rows, moment="2026-10-01T06:00:00Z", run="load"
            )
        )

    def full(self, today: date = TODAY) -> Report:
        """Run all rules over all accounts."""
        return run_rules(self.session, self._order(today), self.ask)

    def changes(self, today: date = TODAY) -> Report:
        """Run rules over what changed."""
        self.asked.clear()
        return run_changes(self.session, self._order(today), self.ask)

    def ask(self, pair: Pair, parameters: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """Ask a rule without a sandbox, and note for which accounts or companies."""
        whom = parameters.get("entity_ids") or parameters["account_ids"]
        self.asked.append((pair.rule.id, tuple(filter(None, whom))))
        return super().ask(pair, parameters)

    def held(self, *, stamps: bool = False) -> list[tuple[Any, ...]]:
        """All signals with all their properties, but for those that each run sets."""
        rows = self.session.rows(SIGNALS)
        left = () if stamps else STAMPS
        return [
            (*row[:3], {name: value for name, value in row[3].items() if name not in left})
            for row in rows
        ]

    def _order(self, today: date) -> Order:
        self.minute += 1
        now = datetime.combine(today, time(7), UTC) + timedelta(minutes=self.minute)
        return Order(self.pairs, today, now)


def changing(session: BatchSession, pairs: list[Pair], *names: str) -> Changing:
    """A carrier of these accounts, on whose day all sources were loaded and all rules ran."""
    carrier = Changing(session, pairs)
    session.run(
        "UNWIND [['paper', ['contracts']], ['register', ['registry', 'deals']]] AS row "
        "CREATE (:SourceSystem {id: row[0], name: row[0], holds: row[1]})"
    )
    carrier.grow(*names)
    for source in ("paper", "register"):
        carrier.load(source, TODAY)
    carrier.full()
    return carrier
