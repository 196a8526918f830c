"""The signals that a run over changes holds: those it judges, and those that they compete with."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from graph.connection import Statements
from graph.statement import read_statement
from rules.engine.life.lifecycle import LIVING
from rules.engine.life.signals import Signal, read_by_id

SCOPE = read_statement(Path(__file__).parent / "scope.cypher").text
WHOSE = "account_id="
"""How the name of an account begins: what only shares its account shares no thing."""


@dataclass(slots=True)
class Pool:
    """Signals by id, each read once."""

    session: Statements
    today: date
    signals: dict[str, Signal] = field(default_factory=dict)
    yielding: set[str] = field(default_factory=set)
    """Ids of those that yield and are yielded to; the others share only a seller or a rule."""
    accounts: set[str] = field(default_factory=set)
    """Accounts of which all signals are held."""

    def of_accounts(self, accounts: Iterable[str]) -> None:
        """Hold all signals of accounts, and of those that have signals about the same things."""
        fresh = set(accounts) - self.accounts
        while fresh:
            self.accounts |= fresh
            held = self._read(account_ids=fresh)
            self.yielding.update(one.id for one in held)
            about = self._read(names={name for one in held for name in _things(one)})
            self.yielding.update(one.id for one in about)
            fresh = {one.account for one in about if one.account} - self.accounts

    def add(self, signals: Iterable[Signal]) -> None:
        """Hold what was judged, in place of what was read."""
        judged = list(signals)
        self.signals.update({one.id: one for one in judged})
        self.yielding.update(one.id for one in judged)
        self.of_accounts(one.account for one in judged if one.account)
        about = self._read(names={name for one in judged for name in _things(one)})
        self.yielding.update(one.id for one in about)
        self.of_accounts(one.account for one in about if one.account)

    def of_rules(self, rules: Collection[str]) -> None:
        """Hold the living signals of rules: how likely these are acted on is another number."""
        self._read(rules=rules)

    def of_systems(self, systems: Collection[str]) -> None:
        """Hold the living signals that systems prove: how fresh these are is another number."""
        self._read(systems=systems)

    def of_sellers(self, owners: Iterable[str]) -> None:
        """Hold what sellers wait for, and what they were shown on the day."""
        self._read(owners={one for one in owners if one})

    def by_id(self, ids: Iterable[str]) -> list[Signal]:
        """Those of these signals that there are."""
        return self._read(signal_ids=ids)

    def _read(
        self,
        *,
        account_ids: Iterable[str] = (),
        rules: Iterable[str] = (),
        systems: Iterable[str] = (),
        owners: Iterable[str] = (),
        names: Iterable[str] = (),
        signal_ids: Iterable[str] = (),
    ) -> list[Signal]:
        asked = {
            "account_ids": sorted(account_ids), "rules": sorted(rules),
            "systems": sorted(systems), "owners": sorted(owners),
            "names": sorted(names), "signal_ids": sorted(signal_ids),
        }  # fmt: skip
        if not any(asked.values()):
            return []
        rows = self.session.rows(SCOPE, **asked, living=sorted(LIVING), today=self.today)
        ids = [id for (id,) in rows]
        fresh = read_by_id(self.session, [id for id in ids if id not in self.signals])
        self.signals.update({one.id: one for one in fresh})
        return [self.signals[id] for id in ids]


def _things(signal: Signal) -> Iterable[str]:
    if signal.state.state in LIVING:
        told = (f"{name}={id}" for name, id in signal.names.items())
        yield from (one for one in told if not one.startswith(WHOSE))
