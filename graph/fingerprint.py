"""A hash of everything a graph says, the same for the same nodes and relationships however made.

Nodes are read label by label in the order of their ids, a page at a time with the relationships
that leave them, so memory stays flat. The feed, leases and migrations are no part of it: they tell
how a graph came about, not what it says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import orjson

from graph.connection import BatchSession
from graph.model.catalogue import LABELS
from graph.model.evidence import BOOKKEEPING

LEFT_OUT = frozenset({"Event", "FeedHead", "Lease", "Migration", "Inbox"})
PAGE = 2_000

_PROPERTIES = (
    f"[name IN keys({{0}}) WHERE NOT name IN {sorted(BOOKKEEPING)}\n"
    "  | [name, coalesce(toStringOrNull({0}[name]), {0}[name])]]"
)
NODES = (
    "MATCH (node:{label}) WHERE node.id > $after WITH node ORDER BY node.id LIMIT $page\n"
    f"RETURN node.id AS id, labels(node) AS labels, {_PROPERTIES.format('node')} AS properties"
)
LEAVING = (
    "MATCH (node:{label}) WHERE node.id > $after AND node.id <= $last\n"
    "MATCH (node)-[link]->(end)\n"
    "RETURN type(link) AS type, node.id AS start_id, labels(end) AS end_labels, end.id AS end_id,\n"
    f"       {_PROPERTIES.format('link')} AS properties"
)


@dataclass(slots=True)
class Part:
    """All nodes of one label, or all relationships of one type that leave it."""

    count: int = 0
    things: list[str] = field(default_factory=list)
    """Every thing as text; only when asked for."""
    _digest: hashlib._Hash = field(default_factory=hashlib.sha256, repr=False)

    @property
    def digest(self) -> str:
        """The hash of the things, in order."""
        return self._digest.hexdigest()

    def add(self, thing: bytes, keep: bool) -> None:
        """Add the next thing."""
        self.count += 1
        self._digest.update(hashlib.sha256(thing).digest())
        if keep:
            self.things.append(thing.decode())


@dataclass(slots=True)
class Fingerprint:
    """What a graph says, in parts; equal digests mean equal graphs."""

    parts: dict[str, Part]

    @property
    def digest(self) -> str:
        """One hash of the whole graph."""
        lines = [f"{name} {part.count} {part.digest}" for name, part in sorted(self.parts.items())]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def fingerprint(session: BatchSession, *, keep: bool = False) -> Fingerprint:
    """The fingerprint of a graph; `keep` holds every thing in memory so that differences show."""
    parts: dict[str, Part] = {}
    for label in sorted(LABELS.keys() - LEFT_OUT):
        after = ""
        while rows := session.rows(NODES.format(label=label), after=after, page=PAGE):
            for id, labels, properties in rows:
                part = parts.setdefault(label, Part())
                part.add(_canonical([sorted(labels), id, sorted(properties, key=_name)]), keep)
            leaving = session.rows(LEAVING.format(label=label), after=after, last=rows[-1][0])
            things = sorted(
                (
                    f"({label})-[{link}]->({'+'.join(sorted(ends))})",
                    _canonical([start, end, sorted(properties, key=_name)]),
                )
                for link, start, ends, end, properties in leaving
            )
            for name, thing in things:
                parts.setdefault(name, Part()).add(thing, keep)
            after = rows[-1][0]
    return Fingerprint(parts)


def difference(before: Fingerprint, after: Fingerprint, *, shown: int = 5) -> list[str]:
    """The parts in which two graphs differ, with the first differing things where they are kept."""
    return [
        line
        for name in sorted(before.parts.keys() | after.parts.keys())
        for line in _compared(
            name, before.parts.get(name, Part()), after.parts.get(name, Part()), shown
        )
    ]


def _compared(name: str, before: Part, after: Part, shown: int) -> Iterator[str]:
    if before.digest == after.digest:
        return
    yield f"{name}: {before.count} before, {after.count} after, not the same"
    gone, new = set(before.things) - set(after.things), set(after.things) - set(before.things)
    yield from (f"  only before: {thing}" for thing in sorted(gone)[:shown])
    yield from (f"  only after:  {thing}" for thing in sorted(new)[:shown])


def _canonical(value: object) -> bytes:
    return orjson.dumps(value)


def _name(pair: list[str]) -> str:
    return pair[0]
