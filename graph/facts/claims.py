"""What one source record says: nodes, facts and links, in the model's words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from graph.connection import as_text
from graph.ids import fact_id, node_id

VALUE_LABELS = frozenset({"Name", "Identifier"})
"""Labels whose nodes are their value: shared by all who have it, and never changed."""


PLAIN = frozenset({str, int, float, bool, type(None)})
"""What crosses the wire as it is."""


class Ref(NamedTuple):
    """A node that is meant, described here or elsewhere: label, reference and id."""

    label: str
    reference: str
    id: str


def ref(label: str, reference: str) -> Ref:
    """The node of this label that a reference founds."""
    return Ref(label, reference, node_id(reference))


@dataclass(slots=True)
class NodeClaim:
    """What the record says of one node; a property given as None is taken back."""

    ref: Ref
    properties: dict[str, Any]
    _columns: list[Any] | None = field(default=None, compare=False, repr=False)

    def columns(self) -> list[Any]:
        """The properties' values as they cross the wire."""
        if self._columns is None:
            self._columns = [
                value if type(value) in PLAIN else as_text(value)
                for value in self.properties.values()
            ]
        return self._columns


@dataclass(slots=True)
class FactClaim:
    """What the record says of two nodes, and when it is true in the world."""

    type: str
    start: Ref
    end: Ref
    valid_from: date | None = None
    """First day; None: the source gives none, and the first sight of it counts."""
    valid_to: date | None = None
    """First day on which it is no longer true; None: no end is known."""
    properties: dict[str, Any] = field(default_factory=dict)
    qualifier: str = ""
    """Tells apart two facts of one type between the same two nodes (the view, the role)."""
    _id: tuple[str, str] = field(default=("", ""), compare=False, repr=False)
    _stated: tuple[tuple[str, Any], ...] | None = field(default=None, compare=False, repr=False)

    def id_of(self, key: str) -> str:
        """This fact's id when the record of that key says it."""
        if self._id[0] != key:
            start, end = self.start.reference, self.end.reference
            self._id = key, fact_id(key, self.type, start, end, self.qualifier)
        return self._id[1]

    def stated(self) -> tuple[tuple[str, Any], ...]:
        """The properties as a version of the fact keeps them: in order, without what is unknown."""
        if self._stated is None:
            known = ((name, as_text(of)) for name, of in self.properties.items() if of is not None)
            self._stated = tuple(sorted(known))
        return self._stated


@dataclass(slots=True)
class LinkClaim:
    """A structural relationship, written with its node and without clocks."""

    type: str
    start: Ref
    end: Ref
    properties: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Claims:
    """Everything that one source record says."""

    nodes: list[NodeClaim] = field(default_factory=list)
    facts: list[FactClaim] = field(default_factory=list)
    links: list[LinkClaim] = field(default_factory=list)
    same: list[tuple[Ref, Ref, str]] = field(default_factory=list)
    """Pairs that the source itself says are one, with its reason (a cross-reference)."""
    happened_on: date | None = None
    """The day of the change, where the source tells it."""
    unknown: list[str] = field(default_factory=list)
    """Fields of the record that were neither mapped nor ignored by name."""
    odd: list[str] = field(default_factory=list)
    """What is wrong with the record and was kept all the same, each in a few fixed words."""
    correction: str = ""
    """The source's reason, when this version corrects the last one instead of following it."""
    _subjects: list[Ref] | None = field(default=None, compare=False, repr=False)
    _mentioned: list[Ref] | None = field(default=None, compare=False, repr=False)

    def make_ready(self, key: str) -> None:
        """Work out what the write will ask for, so that the thread that writes need not.

        `key` is the key of the record that says this.
        """
        for node in self.nodes:
            node.columns()
        for fact in self.facts:
            fact.id_of(key)
            fact.stated()
        self.subjects()
        self.mentioned()

    def subjects(self) -> list[Ref]:
        """The nodes it speaks of: those it describes and those its facts and links begin at."""
        if self._subjects is None:
            described = [node.ref for node in self.nodes if node.ref.label not in VALUE_LABELS]
            begun = [start for start, _ in self._drawn()]
            self._subjects = list(dict.fromkeys([*described, *begun]))
        return self._subjects

    def mentioned(self) -> list[Ref]:
        """The nodes it names and does not describe."""
        if self._mentioned is None:
            ends = [end for pair in self._drawn() for end in pair]
            ends += [end for left, right, _ in self.same for end in (left, right)]
            described = {node.ref for node in self.nodes}
            self._mentioned = [one for one in dict.fromkeys(ends) if one not in described]
        return self._mentioned

    def _drawn(self) -> list[tuple[Ref, Ref]]:
        facts = [(one.start, one.end) for one in self.facts]
        return facts + [(one.start, one.end) for one in self.links]

    def node(self, label: str, reference: str, **properties: Any) -> Ref:
        """Describe a node, and get what facts and links are drawn with."""
        described = ref(label, reference)
        self.nodes.append(NodeClaim(described, properties))
        return described

    def fact(
        self,
        type: str,
        start: Ref,
        end: Ref,
        *,
        valid_from: date | None = None,
        valid_to: date | None = None,
        qualifier: str = "",
        **properties: Any,
    ) -> None:
        """State a fact; `view` tells PARENT_IN facts apart unless a qualifier does."""
        self.facts.append(
            FactClaim(
                type,
                start,
                end,
                valid_from,
                valid_to,
                properties,
                qualifier or properties.get("view", ""),
            )
        )

    def link(self, type: str, start: Ref, end: Ref, **properties: Any) -> None:
        """Draw a structural relationship."""
        self.links.append(LinkClaim(type, start, end, properties))

    def name(
        self,
        entity: Ref,
        value: str,
        *,
        kind: str = "legal",
        language: str | None = None,
        valid_from: date | None = None,
        valid_to: date | None = None,
    ) -> None:
        """Give an entity a name: legal, trading, former or transliterated."""
        named = self.node(
            "Name",
            f"name:{kind}:{language or ''}:{value}",
            value=value,
            kind=kind,
            language=language,
        )
        self.fact("HAS_NAME", entity, named, valid_from=valid_from, valid_to=valid_to)

    def identifier(
        self,
        entity: Ref,
        scheme: str,
        value: str,
        *,
        issuer: str | None = None,
        is_valid: bool | None = None,
        valid_from: date | None = None,
        valid_to: date | None = None,
    ) -> Ref:
        """Give an entity an identifier; a valid lei, registry, vat or duns links records."""
        text = f"{scheme}:{issuer}:{value}" if issuer else f"{scheme}:{value}"
        known = self.node(
            "Identifier",
            f"identifier:{text}",
            scheme=scheme,
            value=value,
            issuer=issuer,
            is_valid=is_valid,
        )
        self.fact("HAS_IDENTIFIER", entity, known, valid_from=valid_from, valid_to=valid_to)
        return known
