"""What the graph at hand holds of the carrier's records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from graph.connection import BatchSession
from graph.facts.closing import pages
from graph.facts.statements import base_type
from graph.statement import read_statement
from loaders.carrier.check.clocks import Belief, Beliefs
from loaders.carrier.check.differences import LINKS
from loaders.carrier.check.saying import FactKey, ValueKey
from loaders.carrier.observation import SYSTEMS

FOLDER = Path(__file__).resolve().parent
BATCH = 2_000
"""Records asked for in one statement."""


class Found:
    """The graph as it was known at the end of a day.

    After the last delivery only quarantined records are tried again: what they told counts too.
    """

    def __init__(self, session: BatchSession, day: date | None) -> None:
        self._session = session
        retired, standing = self._rows("merged")[0]
        self.standing: dict[str, str] = dict(zip(retired, standing, strict=True))
        runs = {mode: days for mode, days in self._rows("runs", systems=list(SYSTEMS))}
        delivered = [day for mode in ("full", "delta") for day in runs.get(mode, ())]
        self.is_loaded = bool(delivered)
        newest = date.fromisoformat(max(delivered, default="0001-01-01"))
        self.day = day or newest
        self.is_last = newest <= self.day
        """Whether nothing was delivered after the day: values and merges are kept of now alone."""
        tried = [date.fromisoformat(day) for day in runs.get("retry", ())]
        self.today = max([self.day, *tried]) if self.is_last else self.day
        self.retried = tuple(sorted(tried))
        of_tense = self._rows("retyped")
        self._retyped_on = date.fromisoformat(of_tense[0][0]) if of_tense else self.today
        self.known_at = datetime.combine(self.today, time(23, 59, 59), UTC).isoformat()

    def facts(self, keys: Iterable[str]) -> dict[str, Beliefs]:
        """What was believed of these records' facts: record key -> fact -> versions."""
        found: dict[str, Beliefs] = {}
        for key, kind, start, end, tag, begins, ends, known in self._by_key(
            "facts", keys, known_at=self.known_at
        ):
            beliefs = found.setdefault(key, {})
            belief = Belief(*map(date.fromisoformat, (begins, ends, known)))
            tag = f"{tag}{self._tense(kind, belief, tag)}"
            beliefs.setdefault(FactKey(base_type(kind), start, end, tag), []).append(belief)
        return found

    def links(self, keys: Iterable[str]) -> dict[str, set[FactKey]]:
        """What these records draw that has no clocks: record key -> links."""
        found: dict[str, set[FactKey]] = {}
        for key, kind, start, end in self._by_key("links", keys, types=list(LINKS)):
            found.setdefault(key, set()).add(FactKey(kind, start, end, ""))
        return found

    def values(self, keys: Iterable[str]) -> dict[ValueKey, str]:
        """What stands on the nodes that these records describe; what is absent is not here."""
        return {
            ValueKey(label, id, name): value
            for label, id, properties in self._by_key("values", keys)
            for name, value in properties
        }

    def first_read(self, keys: Iterable[str]) -> dict[str, date]:
        """The day on which each of these records was first read."""
        return {
            key: date.fromisoformat(day)
            for key, day in self._by_key("records", keys, known_at=self.known_at)
        }

    def record_counts(self) -> dict[tuple[str, str], int]:
        """How many records of each type each of the carrier's systems has told."""
        return {
            (system, record_type): count
            for system, record_type, count in self._rows("record_counts", known_at=self.known_at)
            if system in SYSTEMS
        }

    def _tense(self, kind: str, belief: Belief, tag: str) -> str:
        """A word on a tense that is not that of the day it was last set for; '' where it is."""
        if not self.is_last:
            return ""
        is_former = belief.valid_to <= self._retyped_on
        is_planned = "planned" in tag or belief.valid_from > self._retyped_on
        right = "FORMER_" if is_former else "PLANNED_" if is_planned else ""
        return "" if kind == right + base_type(kind) else f" under {kind}"

    def _by_key(
        self, name: str, keys: Iterable[str], **parameters: Any
    ) -> Iterator[tuple[Any, ...]]:
        for some in pages(iter(keys), BATCH):
            yield from self._rows(name, keys=some, **parameters)

    def _rows(self, name: str, **parameters: Any) -> list[tuple[Any, ...]]:
        statement = read_statement(FOLDER / f"{name}.cypher")
        return self._session.rows(statement.text, **parameters)
