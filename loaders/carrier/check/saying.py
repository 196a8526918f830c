"""What one record of a system says, in the model's words, worked out from the world alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from graph.ids import node_id
from loaders import identifiers
from loaders.carrier.world.timeline import OPEN

LINKING = ("lei", "registry", "vat", "duns")
"""Schemes whose valid numbers make one company of two records."""
_CHECKS = {
    "lei": identifiers.is_valid_lei,
    "vat": identifiers.is_valid_vat,
    "duns": identifiers.is_valid_duns,
}


class Fact(NamedTuple):
    """A fact with the ids of its two ends, and when it is said to hold."""

    type: str
    start: str
    end: str
    valid_from: date | None = None
    """None: the record does not say, and the day of the change counts."""
    valid_to: date | None = None
    tag: str = ""
    """Tells facts of one type between the same two apart: the view, the role, or `planned`."""

    @property
    def key(self) -> FactKey:
        """What stays the same while its dates change."""
        return FactKey(self.type, self.start, self.end, self.tag)


class FactKey(NamedTuple):
    """A fact of one record: its type, the ids of its ends, its tag."""

    type: str
    start: str
    end: str
    tag: str


class ValueKey(NamedTuple):
    """A property of a node."""

    label: str
    id: str
    property: str


class Numbered(NamedTuple):
    """A number that joins the records that state it: scheme with issuer, value."""

    scheme: str
    value: str


@dataclass(slots=True)
class Saying:
    """One version of one record as the loader of its system meets it."""

    record_type: str
    native_id: str
    changed_on: date | None = None
    """The day of the change, where the record tells one; else the delivery's day counts."""
    facts: list[Fact] = field(default_factory=list)
    values: dict[ValueKey, str] = field(default_factory=dict)
    links: set[FactKey] = field(default_factory=set)
    """What it draws that has no clocks."""
    references: dict[str, str] = field(default_factory=dict)
    """Id of every node that it speaks of -> reference."""
    company: str = ""
    """Reference of the company that the record describes."""
    numbers: set[Numbered] = field(default_factory=set)
    """Valid numbers of that company which join records."""
    same: str = ""
    """Reference of a company that the record itself says is the same."""

    def fact(self, type: str, start: str, end: str, *, tag: str = "", **days: date | None) -> None:
        """Say a fact; `valid_from` and `valid_to` where the record has them."""
        self.facts.append(Fact(type, self.id_of(start), self.id_of(end), tag=tag, **days))

    def link(self, type: str, start: str, *ends: str) -> None:
        """Say links from one node; an empty end is none."""
        for end in ends:
            if end:
                self.links.add(FactKey(type, self.id_of(start), self.id_of(end), ""))

    def id_of(self, reference: str) -> str:
        """The id of a node that the record speaks of."""
        id = node_id(reference)
        self.references[id] = reference
        return id

    def value(self, label: str, reference: str, **properties: Any) -> None:
        """Say what stands on a node; None and OPEN are said to be absent."""
        for name, value in properties.items():
            self.values[ValueKey(label, self.id_of(reference), name)] = text_of(value)

    def name(self, value: str, kind: str = "trading", language: str = "", **days: Any) -> None:
        """Say a name of the company."""
        self.fact("HAS_NAME", self.company, f"name:{kind}:{language}:{value.strip()}", **days)

    def number(self, scheme: str, value: str, issuer: str = "") -> None:
        """Say a number of the company; one that fails its check is kept and joins nothing."""
        text = _as_kept(scheme, value, issuer)
        if identifiers.is_junk(text):
            return
        whole = f"{scheme}:{issuer}" if issuer else scheme
        self.fact("HAS_IDENTIFIER", self.company, f"identifier:{whole}:{text}")
        if scheme in LINKING and _CHECKS.get(scheme, lambda _: True)(text):
            self.numbers.add(Numbered(whole, text))

    def all_numbers(self, given: Iterable[tuple[str, str | None]]) -> None:
        """Say several numbers; what is empty is not said."""
        for scheme, value in given:
            if value:
                self.number(scheme, value)


def text_of(value: Any) -> str:
    """A value as text, the same for what the world holds and for what the graph gives back."""
    if value is None or value == OPEN:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)


def _as_kept(scheme: str, value: str, issuer: str) -> str:
    if scheme == "registry":
        return identifiers.number_in_register(issuer, value)
    return re.sub(r"[\s.\-/]", "", value.strip().upper())
