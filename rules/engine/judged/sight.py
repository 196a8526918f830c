"""What rules can see on a day: which sources are fresh, and what that leaves them blind to."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from graph.connection import Statements, as_native
from graph.durations import in_words, span
from graph.statement import read_statement
from rules.engine.files.format import Rule

SOURCES = read_statement(Path(__file__).parent / "sources.cypher").text
ALWAYS_FRESH = "ledger"


@dataclass(frozen=True, slots=True)
class System:
    """A source system on a day."""

    id: str
    holds: frozenset[str]
    complete_on: date | None
    """Day that its last complete load speaks of."""


@dataclass(frozen=True, slots=True)
class Sight:
    """The systems as they stand on the rules' day."""

    today: date
    systems: tuple[System, ...]

    def blind(self, rule: Rule) -> str:
        """Why the whole rule is blind; empty when for each need some system is fresh."""
        for need in rule.requires:
            if not any(self._fresh(source, age) for source, age in need.items()):
                return "; ".join(self._told(source, age, None) for source, age in need.items())
        return ""

    def doubt(self, rule: Rule, proving: Collection[str], supplying: Collection[str]) -> str:
        """Why one finding of it cannot be judged; empty when it can.

        Of the systems that hold what is needed those count that prove the finding, else those that
        supply its account: absence may be read only from a fresh source that would know.
        """
        for need in rule.requires:
            doubts = [
                self._told(source, age, self._asked(source, proving, supplying))
                for source, age in need.items()
                if source != ALWAYS_FRESH
            ]
            if doubts and all(doubts):
                return "; ".join(doubts)
        return ""

    def silences(self, source_id: str, rule: Rule, supplying: Collection[str]) -> bool:
        """Whether an account's findings of a rule cannot be judged because this source is late."""
        holds = {name for one in self.systems if one.id == source_id for name in one.holds}
        return any(
            holds.intersection(need)
            and all(
                source != ALWAYS_FRESH
                and self._told(source, age, self._asked(source, {source_id}, supplying))
                for source, age in need.items()
            )
            for need in rule.requires
        )

    def freshness(self, rule: Rule, proving: Collection[str]) -> float:
        """How fresh the oldest source that proves a finding is: 1 now, half at the age allowed."""
        ages = [
            (self.today - one.complete_on) / span(age)
            for need in rule.requires
            for source, age in need.items()
            for one in self.systems
            if source in one.holds and one.id in proving and one.complete_on
        ]
        return float(0.5 ** max([0.0, *ages]))

    def _asked(
        self, source: str, proving: Collection[str], supplying: Collection[str]
    ) -> frozenset[str]:
        holding = {one.id for one in self.systems if source in one.holds}
        return frozenset(holding.intersection(proving) or holding.intersection(supplying))

    def _fresh(self, source: str, age: str) -> bool:
        return source == ALWAYS_FRESH or any(
            source in one.holds and not self._late(one, span(age)) for one in self.systems
        )

    def _late(self, system: System, age: timedelta) -> bool:
        return system.complete_on is None or self.today - system.complete_on > age

    def _told(self, source: str, age: str, asked: frozenset[str] | None) -> str:
        """What is late of those asked, in words; empty when nothing is. None asks all."""
        holding = [one for one in self.systems if source in one.holds]
        if not holding:
            return f"no source of {source} was ever loaded"
        chosen = [one for one in holding if asked is None or one.id in asked]
        late = [one for one in chosen if self._late(one, span(age))]
        return ", ".join(
            f"{one.id} is older than {in_words(span(age))}"
            + (f": its last complete load is of {one.complete_on}" if one.complete_on else "")
            for one in late
        )


def look(session: Statements, today: date) -> Sight:
    """The systems on a day, by their load runs."""
    rows: Iterable[tuple[str, list[str], date | None]] = (
        (id, holds, as_native(day)) for id, holds, day in session.rows(SOURCES, today=today)
    )
    return Sight(today, tuple(System(id, frozenset(holds), day) for id, holds, day in rows))
