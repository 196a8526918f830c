"""Strict reading of a record: every field is mapped, ignored by name, or reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from graph.errors import RecordRejected
from graph.facts.claims import Claims
from loaders.source import RawRecord

SHOWN = 10


class Fields:
    """A record's fields, taken out one by one; what is left at the end was not understood."""

    def __init__(self, record: RawRecord) -> None:
        self._left = dict(record.payload)
        self._record = record

    def take(self, name: str, default: Any = None) -> Any:
        """A field's value; the default when it is missing, empty or blank."""
        value = self._left.pop(name, None)
        if isinstance(value, str):
            value = value.strip()
        return default if value in (None, "", [], {}) else value

    def need(self, name: str) -> Any:
        """A field's value; the record is rejected without it."""
        value = self.take(name)
        if value is None:
            raise RecordRejected(
                f"{self._record.record_type} {self._record.native_id} has no {name}",
                where=name,
                remedy="ask the source for it, then load again",
            )
        return value

    def ignore(self, *names: str) -> None:
        """Leave these fields out by name."""
        for name in names:
            self._left.pop(name, None)

    def report(self, claims: Claims, ignored: Collection[str] = ()) -> Claims:
        """Note on the claims which fields were neither taken nor ignored by name."""
        claims.unknown += [
            name
            for name, value in self._left.items()
            if name not in ignored and value not in (None, "", [], {})
        ]
        return claims


class Audit:
    """What a whole run did not understand, and how well its nodes are filled."""

    def __init__(self, fill_rate: Mapping[str, Mapping[str, float]]) -> None:
        self._expected = fill_rate
        self._looked_at = 0
        self._described: Counter[tuple[str, str]] = Counter()
        self._filled: Counter[tuple[str, str]] = Counter()
        self._unknown: Counter[tuple[str, str]] = Counter()
        self._odd: Counter[tuple[str, str]] = Counter()
        self._first: dict[tuple[str, str], str] = {}

    def look_at(self, claims: Claims, record: RawRecord) -> None:
        """Count one mapped record."""
        self._looked_at += 1
        for name in claims.unknown:
            field = (record.record_type, name)
            self._unknown[field] += 1
            self._first.setdefault(field, f"{record.file}:{record.line}")
        for what in claims.odd:
            seen = (record.record_type, what)
            self._odd[seen] += 1
            self._first.setdefault(seen, f"{record.file}:{record.line}")
        if not self._expected:
            return
        for node in claims.nodes:
            label, said = node.ref.label, node.properties
            for name in self._expected.get(label, ()):
                # A record that is silent on a property is not the one to fill it.
                if name in said:
                    self._described[label, name] += 1
                    self._filled[label, name] += said[name] is not None

    def sentences(self) -> list[str]:
        """What a person should know of the run."""
        return [
            f"field {name} of {record_type} is not mapped: in {count} records, first at "
            f"{self._first[record_type, name]}; map it or ignore it by name"
            for (record_type, name), count in self._unknown.most_common(SHOWN)
        ] + [
            f"{record_type}: {what}: {count} times, first at {self._first[record_type, what]}"
            for (record_type, what), count in self._odd.most_common(SHOWN)
        ]

    def too_empty(self, unchanged: int = 0) -> list[str]:
        """Which properties are filled less than a healthy delivery fills them.

        Records found unchanged are not looked at again and count as filled, in the proportion of
        those that were: three poor records among thousands unchanged are no sick delivery.
        """
        whole = 1 + unchanged / self._looked_at if self._looked_at else 1.0
        return [
            f"{label}.{name} is filled in {self._filled[label, name]} of "
            f"{self._described[label, name]} nodes, at least {rate:.0%} expected"
            for label, rates in self._expected.items()
            for name, rate in rates.items()
            if self._described[label, name] - self._filled[label, name]
            > (1 - rate) * self._described[label, name] * whole + 1e-9
        ]
