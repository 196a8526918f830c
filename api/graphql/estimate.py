"""What an operation will cost, before anything is asked, and what it did cost.

Only what costs something is kept of an operation, once for each document; a fragment is worked out
once, so the time follows the text. Fields that merge in the answer are counted each: an estimate
may be too high, never too low but for lists whose size is assumed (`weights.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    ValueNode,
    get_named_type,
    is_interface_type,
    is_object_type,
    value_from_ast_untyped,
)

from api.graphql.measure import INTROSPECTION, MOST
from api.graphql.selected import is_kept
from api.graphql.weights import Weight, weight_of

OF_INTROSPECTION = Weight(field=100, each=0, is_list=False, is_object=False)
OF_ROOT = 1.0
Variables = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many objects an answer has, what it costs, and where most of the objects come from."""

    nodes: int = 0
    cost: float = 0.0
    through: tuple[str, ...] = ()
    """Fields from the root down."""


@dataclass(slots=True)
class Selection:
    """What costs something in a selection set, in the order of the text."""

    parts: list[Part | Spread] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Part:
    """A field that costs something."""

    node: FieldNode
    key: str
    """Its name in the answer."""
    weight: Weight
    sizes: tuple[ValueNode, ...]
    """The values of its slicing arguments."""
    below: Selection


@dataclass(frozen=True, slots=True)
class Spread:
    """A fragment where it is spread, or one without a name."""

    node: SelectionNode
    below: Selection


@dataclass(frozen=True, slots=True)
class Plan:
    """What costs something in an operation, and what its variables are when they are left out."""

    root: Selection
    defaults: dict[str, Any]

    def estimate(self, variables: Variables) -> Estimate:
        """What the operation will cost with these variables."""
        found = _Estimating(self.defaults | dict(variables)).of(self.root)
        return Estimate(found.nodes, min(found.cost + OF_ROOT, MOST), found.through)

    def actual(self, data: Mapping[str, Any] | None, variables: Variables) -> float:
        """What an answer did cost."""
        spent = _spent(self.root, data, self.defaults | dict(variables)) if data else 0.0
        return OF_ROOT + spent


def plan(schema: GraphQLSchema, document: DocumentNode, one: OperationDefinitionNode) -> Plan:
    """The plan of an operation of a valid document."""
    defaults = {
        each.variable.name.value: value_from_ast_untyped(each.default_value)
        for each in one.variable_definitions or ()
        if each.default_value
    }
    root = schema.get_root_type(one.operation)
    planner = _Planner(schema, document)
    return Plan(planner.of(one.selection_set.selections, root), defaults)


class _Planner:
    def __init__(self, schema: GraphQLSchema, document: DocumentNode) -> None:
        self._schema = schema
        self._fragments = {
            one.name.value: one
            for one in document.definitions
            if isinstance(one, FragmentDefinitionNode)
        }
        self._known: dict[str, Selection] = {}

    def of(self, selections: Iterable[SelectionNode], kind: GraphQLNamedType | None) -> Selection:
        found = (self._one(one, kind) for one in selections)
        return Selection([one for one in found if one is not None])

    def _one(self, node: SelectionNode, kind: GraphQLNamedType | None) -> Part | Spread | None:
        if isinstance(node, FieldNode):
            return self._field(node, kind)
        if isinstance(node, InlineFragmentNode):
            said = node.type_condition
            kind = self._schema.type_map.get(said.name.value) if said else kind
            below = self.of(node.selection_set.selections, kind)
        else:
            assert isinstance(node, FragmentSpreadNode)
            below = self._fragment(node.name.value)
        return Spread(node, below) if below.parts else None

    def _field(self, node: FieldNode, kind: GraphQLNamedType | None) -> Part | None:
        name = node.name.value
        key = node.alias.value if node.alias else name
        if name in INTROSPECTION:
            return Part(node, key, OF_INTROSPECTION, (), Selection())
        if not (is_object_type(kind) or is_interface_type(kind)) or name not in kind.fields:
            return None  # __typename
        declared = kind.fields[name]
        weight = weight_of(declared)
        if weight is None:
            return None
        given = {one.name.value: one.value for one in node.arguments or ()}
        sizes = tuple(given[one] for one in weight.slicing if one in given)
        inside = node.selection_set.selections if node.selection_set else ()
        return Part(node, key, weight, sizes, self.of(inside, get_named_type(declared.type)))

    def _fragment(self, name: str) -> Selection:
        if name not in self._known:
            made = self._fragments[name]
            kind = self._schema.type_map.get(made.type_condition.name.value)
            self._known[name] = self.of(made.selection_set.selections, kind)
        return self._known[name]


class _Estimating:
    def __init__(self, variables: Variables) -> None:
        self._variables = variables
        self._known: dict[int, Estimate] = {}

    def of(self, selection: Selection) -> Estimate:
        if id(selection) in self._known:
            return self._known[id(selection)]
        nodes, cost, most = 0, 0.0, Estimate()
        for one in selection.parts:
            if is_kept(one.node, self._variables):
                part = self._part(one) if isinstance(one, Part) else self.of(one.below)
                nodes, cost = nodes + part.nodes, cost + part.cost
                most = max(most, part, key=lambda it: it.nodes)
        found = Estimate(min(nodes, MOST), min(cost, float(MOST)), most.through)
        self._known[id(selection)] = found
        return found

    def _part(self, part: Part) -> Estimate:
        below, size = self.of(part.below), _size(part, self._variables)
        own = size if part.weight.is_object else 0
        cost = part.weight.field + size * (part.weight.each + below.cost)
        name = part.node.name.value
        deeper = below.through if below.nodes > 1 else ()
        return Estimate(own + size * below.nodes, cost, (name, *deeper))


def _size(part: Part, variables: Variables) -> int:
    """How many objects a field is taken to have."""
    for value in part.sizes:
        said = value_from_ast_untyped(value, dict(variables))
        if isinstance(said, int | float) and not isinstance(said, bool):
            return int(min(max(said, 0), MOST))
    return part.weight.size


def _spent(selection: Selection, data: Mapping[str, Any], variables: Variables) -> float:
    spent = 0.0
    for one in selection.parts:
        if not is_kept(one.node, variables):
            continue
        if isinstance(one, Spread):
            spent += _spent(one.below, data, variables)
        elif one.key in data:
            spent += one.weight.field + _spent_below(one, data[one.key], variables)
    return spent


def _spent_below(part: Part, value: Any, variables: Variables) -> float:
    if value is None:
        return 0.0
    if not part.weight.is_object:
        return part.weight.each * _places(value)
    objects = [one for one in value if one is not None] if isinstance(value, list) else [value]
    spent = part.weight.each * len(objects)
    if part.below.parts:
        spent += sum(_spent(part.below, one, variables) for one in objects)
    return spent


def _places(value: Any) -> int:
    """How many a value holds: an object of lists of one length has as many as each of them."""
    if isinstance(value, Mapping):
        return max((len(one) for one in value.values() if isinstance(one, list)), default=1)
    return len(value) if isinstance(value, list) else 1
