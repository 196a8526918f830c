"""The model as plain frozen values: what every label, property and relationship type is."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import MappingProxyType, ModuleType
from typing import Any, Literal, cast

from graph.model import (
    access,
    billing,
    commercial,
    evidence,
    feed,
    findings,
    identity,
    offering,
    party,
    people,
    plumbing,
    sales,
    service,
    webhooks,
)
from graph.model.declare import CanonicalNode, Declared, Node, Relationship

OPEN_DATE = date(9999, 12, 31)
"""The end of validity while none is known."""
OPEN_MOMENT = datetime(9999, 12, 31, tzinfo=UTC)
"""The end of belief while we believe."""

Kind = Literal["fact", "structural", "derived", "finding"]
Tense = Literal["present", "former", "planned"]

FORMER = "FORMER_"
PLANNED = "PLANNED_"

_MODULES: Mapping[str, tuple[ModuleType, ...]] = MappingProxyType(
    {
        "evidence": (evidence,),
        "identity": (identity,),
        "party": (party,),
        "commercial": (commercial, billing, sales),
        "service": (offering, service),
        "people": (people,),
        "findings": (findings,),
        "feed": (feed,),
        "plumbing": (plumbing, access, webhooks),
    }
)
LAYERS: tuple[str, ...] = tuple(_MODULES)
"""The layers in the order in which knowledge flows."""


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a label or a relationship type."""

    name: str
    type: str
    """string, date, datetime, integer, float, boolean or string_list."""
    description: str
    indexed: bool = False
    unique: bool = False
    searched: bool = False
    """Whether the full-text index reads it."""
    values: tuple[str, ...] = ()
    """The only values it may have; empty when they are open."""


@dataclass(frozen=True, slots=True)
class Label:
    """One label."""

    name: str
    layer: str
    description: str
    properties: Mapping[str, Property]
    canonical: bool
    """Whether sources assert its nodes, so that they stand on a record."""
    plumbing: bool
    """Whether rules may not name it."""
    indexes: tuple[tuple[str, ...], ...] = ()
    """Indexes over several properties."""
    unique: tuple[tuple[str, ...], ...] = ()
    """Properties that are unique together."""


@dataclass(frozen=True, slots=True)
class RelationshipType:
    """One relationship type with its tenses."""

    name: str
    kind: Kind
    planned: bool
    """Whether it may be announced before it holds."""
    patterns: tuple[tuple[str, str], ...]
    """Labels at its start and at its end."""
    properties: Mapping[str, Property]
    description: str
    layer: str = field(default="")
    """The layer of the label that it starts from."""

    @property
    def tenses(self) -> tuple[str, ...]:
        """The type names under which it is kept: present, former, planned."""
        if self.kind != "fact":
            return (self.name,)
        return (self.name, FORMER + self.name, PLANNED + self.name)

    def in_tense(self, tense: Tense) -> str:
        """The type name of one tense; raises KeyError when it has no such tense."""
        named = dict(zip(("present", "former", "planned"), self.tenses, strict=False))
        return named[tense]


def _classes(base: type) -> Iterator[tuple[str, Any]]:
    for layer, modules in _MODULES.items():
        for module in modules:
            for value in vars(module).values():
                if (
                    inspect.isclass(value)
                    and issubclass(value, base)
                    and value.__module__ == module.__name__
                ):
                    yield layer, value


def _properties(declared: Any) -> Mapping[str, Property]:
    found: dict[str, Property] = {}
    for name, each in declared.defined_properties(aliases=False, rels=False).items():
        spoken = cast("Declared[Any]", each)
        stored = spoken.get_db_property_name(name)
        found[stored] = Property(
            name=stored,
            type=spoken.value_type,
            description=str(spoken.help_text),
            indexed=spoken.index or spoken.unique_index or stored == "id",
            unique=spoken.unique_index or (stored == "id" and issubclass(declared, Node)),
            searched=spoken.searched,
            values=spoken.values,
        )
    return MappingProxyType(found)


def _labels() -> Mapping[str, Label]:
    labels = {
        node.__name__: Label(
            name=node.__name__,
            layer=layer,
            description=inspect.cleandoc(node.__doc__),
            properties=_properties(node),
            canonical=issubclass(node, CanonicalNode),
            plumbing=layer == "plumbing",
            indexes=node.__indexes__,
            unique=node.__unique__,
        )
        for layer, node in _classes(Node)
    }
    return MappingProxyType(labels)


def _ends(target: type[Node]) -> tuple[str, ...]:
    """The label that an edge ends at; every canonical label when it ends at any of them."""
    if target is CanonicalNode:
        return tuple(name for name, label in LABELS.items() if label.canonical)
    return (target.__name__,)


def _relationships() -> Mapping[str, RelationshipType]:
    patterns: dict[str, list[tuple[str, str]]] = {}
    for _, node in _classes(Node):
        for edge in node.defined_properties(aliases=False, properties=False).values():
            edge.lookup_node_class()
            name = edge.definition["relation_type"]
            for end in _ends(edge.definition["node_class"]):
                patterns.setdefault(name, []).append((node.__name__, end))
    types = {}
    for layer, relationship in _classes(Relationship):
        name = relationship.type_name()
        types[name] = RelationshipType(
            name=name,
            kind=cast("Kind", relationship.__kind__),
            planned=relationship.__planned__,
            patterns=tuple(patterns.pop(name)),
            properties=_properties(relationship),
            description=inspect.cleandoc(relationship.__doc__),
            layer=layer,
        )
    return MappingProxyType(types)


LABELS: Mapping[str, Label] = _labels()
"""Every label by its name, layer by layer."""
RELATIONSHIPS: Mapping[str, RelationshipType] = _relationships()
"""Every relationship type by its present name, layer by layer."""
