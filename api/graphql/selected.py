"""Which fields a request selects below a field, as the specification collects them (6.3.2).

Each fragment is looked into once, so the time follows the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLResolveInfo,
    InlineFragmentNode,
    SelectionNode,
    VariableNode,
    value_from_ast_untyped,
)

Resolved = GraphQLResolveInfo[Any]


def selected(info: Resolved, *path: str) -> frozenset[str]:
    """Names of the fields selected below this one, or below `path` in it; skipped ones are not."""
    nodes = list(info.field_nodes)
    for name in path:
        nodes = [one for one in _below(nodes, info) if one.name.value == name]
    return frozenset(one.name.value for one in _below(nodes, info))


def argued(info: Resolved, name: str, argument: str) -> list[Any]:
    """An argument's value each time that the field `name` is selected below; None when left out."""
    values = []
    for node in _below(info.field_nodes, info):
        if node.name.value == name:
            given = {one.name.value: one.value for one in node.arguments or ()}
            value = given.get(argument)
            said = value_from_ast_untyped(value, _variables(info)) if value else None
            values.append(said)
    return values


def _below(nodes: Iterable[FieldNode], info: Resolved) -> Iterator[FieldNode]:
    seen: set[str] = set()
    for node in nodes:
        if node.selection_set:
            yield from _fields(node.selection_set.selections, info, seen)


def _fields(
    selections: Iterable[SelectionNode], info: Resolved, seen: set[str]
) -> Iterator[FieldNode]:
    for one in selections:
        if not is_kept(one, _variables(info)):
            continue
        if isinstance(one, FieldNode):
            yield one
        elif isinstance(one, InlineFragmentNode):
            yield from _fields(one.selection_set.selections, info, seen)
        elif isinstance(one, FragmentSpreadNode) and one.name.value not in seen:
            seen.add(one.name.value)
            fragment = info.fragments.get(one.name.value)
            if isinstance(fragment, FragmentDefinitionNode):
                yield from _fields(fragment.selection_set.selections, info, seen)


def _variables(info: Resolved) -> dict[str, Any]:
    return cast("dict[str, Any]", info.variable_values)  # as Strawberry's executor gives them


def is_kept(selection: SelectionNode, variables: Mapping[str, Any]) -> bool:
    """Whether neither `@skip` nor `@include` leaves it out."""
    for directive in selection.directives or ():
        if directive.name.value in ("skip", "include") and directive.arguments:
            value = directive.arguments[0].value
            said = (
                variables.get(value.name.value)
                if isinstance(value, VariableNode)
                else getattr(value, "value", None)
            )
            if bool(said) == (directive.name.value == "skip"):
                return False
    return True
