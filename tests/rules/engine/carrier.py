"""A carrier of a few nodes on which rules run: one account, its contracts, its sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from graph.connection import BatchSession
from rules.engine.files.format import Pair, read_pair
from rules.engine.runs.run import Order, Report, run_rules
from rules.engine.trial.proof import COMPLETE_FACTS, COMPLETE_PARENTS, FACTS

TODAY = date(2026, 10, 1)
SOURCES = """
UNWIND [['paper', ['contracts']], ['register', ['registry', 'deals']]] AS row
CREATE (:SourceSystem {id: row[0], name: row[0], holds: row[1]})
"""
LOADED = """
MATCH (system:SourceSystem {id: $source})
CREATE (run:LoadRun {id: $source + toString($on), source: $source, status: $status, mode: 'full',
                     as_of: $on, moment: datetime({date: $on})})-[:OF]->(system)
"""
RECORDED = """
MATCH (node) WHERE node:Agreement OR node:AgreementItem OR node:LegalEntity
WITH node, CASE WHEN node:LegalEntity THEN 'register' ELSE 'paper' END AS system
MERGE (record:SourceRecord {id: 'record-' + node.id})
SET record.system = system, record.record_type = 'line', record.native_id = node.id,
    record.recorded_from = datetime('2026-01-01T00:00:00Z'),
    record.recorded_to = datetime('9999-12-31T00:00:00Z')
MERGE (record)-[:RESOLVES_TO]->(node)
SET node.record = record.id
"""
SIGNALS = """
MATCH (signal:Signal) WHERE $rule IS NULL OR signal.rule = $rule
RETURN signal.identity, signal.state ORDER BY signal.identity
"""


@dataclass
class Carrier:
    """The graph, and the rules that run on it."""

    session: BatchSession
    pairs: list[Pair]

    def say(self, cypher: str) -> None:
        """Change the graph; facts without clocks hold for ever, every thing has a record."""
        self.session.run(cypher)
        self.session.run(COMPLETE_PARENTS)
        self.session.run(COMPLETE_FACTS, types=FACTS)
        self.session.run(RECORDED)

    def load(self, source: str, on: date, status: str = "COMPLETE") -> None:
        """Say that a source was loaded for a day."""
        self.session.run(LOADED, source=source, on=on, status=status)

    def run(self, today: date = TODAY, *, fresh: bool = True) -> Report:
        """Run the rules on a day, on which both sources were loaded unless not fresh."""
        if fresh:
            for source in ("paper", "register"):
                self.load(source, today)
        order = Order(self.pairs, today, datetime.combine(today, time(7), UTC))
        return run_rules(self.session, order, self.ask)

    def ask(self, pair: Pair, parameters: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """Ask a rule without a sandbox."""
        return self.session.rows(pair.statement.text, **parameters)

    def states(self, rule: str | None = None) -> dict[str, str]:
        """Identity -> state of the signals there are."""
        rows = self.session.rows(SIGNALS, rule=rule)
        return {identity.split('"')[3]: state for identity, state in rows}

    def signal(self, *properties: str) -> tuple[Any, ...]:
        """Properties of the one signal."""
        names = ", ".join(f"toString(signal.{name})" for name in properties)
        return self.session.row(f"MATCH (signal:Signal) RETURN {names}")


def build(session: BatchSession, *paths: Path) -> Carrier:
    """The carrier of the template's tests, with stable rules."""
    pairs = [read_pair(path) for path in paths]
    carrier = Carrier(session, pairs)
    session.run(SOURCES)
    for statement in pairs[0].rule.given.split(";"):
        carrier.say(statement)
    return carrier
