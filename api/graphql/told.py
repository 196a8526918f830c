"""GraphQL types made of the rows that queries give: the same names, types and descriptions.

A row's field is described by the text below it, its type by the text of its class. What ends in
`_id` is an ID, and the row's own id is `id`, as Relay has it; what ends in `amount` is in minor
units. Rows inside a row are told by the types made of them, which are made first: lists of them are
asked with `first` and `skip`, and numbers by name are lists of a name and a number.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Container, Hashable, Mapping
from dataclasses import fields
from datetime import datetime
from functools import cache, reduce
from operator import or_
from types import UnionType
from typing import Any, Optional, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import strawberry

from api.graphql.bounds import MOST_ROWS, bounded
from api.graphql.scalars import Long
from api.graphql.weights import SLICED, SLICING, Cost, sized
from graph.errors import UsageError
from graph.model.catalogue import LABELS

Told = TypeVar("Told")
ENDS: dict[str, tuple[type, Any]] = {
    "_id": (str, strawberry.ID),
    "_at": (str, datetime),
    "_known_from": (str, datetime),
    "_known_to": (str, datetime),
    "amount": (int, Long),
}
"""How a column's name ends -> what it is in a row, and what it is told as."""
KINDS: dict[type, type] = {}
"""Row -> the type made of it."""


FEW = 10
"""Currencies, states, kinds: what numbers by name are assumed to have."""
SAID = {
    "source_id": "The system that says so.",
    "source_ids": "The systems that say so.",
    "unknown": "What is not known of it, a sentence each.",
}
"""What these columns are wherever their row does not say it."""


@strawberry.type(description="How many there are of something.")
class Count:
    """How many there are of something."""

    name: str = strawberry.field(description="What is counted; empty where it is not known.")
    count: int = strawberry.field(description="How many there are.")


@strawberry.type(description="An amount in its own currency.")
class CurrencyAmount:
    """An amount in its own currency."""

    currency: str = strawberry.field(description="ISO 4217; empty where nobody says it.")
    amount: Long = strawberry.field(description="In minor units of the currency.")


def told(
    *, label: str = "", id: str = "", amounts: Container[str] = (), weight: str = ""
) -> Callable[[type[Told]], type[Told]]:
    """Make a GraphQL type of a class below a row; `id` is the column of its own id.

    What the row leaves unsaid of a property of `label` is said by the model. `amounts` are the
    columns whose numbers by name are amounts by currency, `weight` what one object costs.
    """

    def make(kind: type[Told]) -> type[Told]:
        properties = LABELS[label].properties if label else {}
        modelled = {name: one.description for name, one in properties.items()}
        said = SAID | modelled | {id: "Its id, for ever."} | descriptions(cast(Hashable, kind))
        _annotate(kind, said, amounts)
        costs = [Cost(weight=weight)] if weight else []
        made = strawberry.type(kind, description=_sentence(kind.__doc__), directives=costs)
        for field in made.__strawberry_definition__.fields:  # type: ignore[attr-defined]
            if field.description is None:
                field.description = said.get(field.python_name)
            if not field.description:
                raise UsageError(
                    f"{kind.__name__}.{field.python_name} has no description",
                    remedy="write one sentence below the field of the row",
                )
            if field.python_name == id:
                field.graphql_name = "id"
        KINDS[kind.__mro__[1]] = made
        return made

    return make


@cache
def descriptions(kind: Any) -> dict[str, str]:
    """Field -> the text below it, in the class or in those that it inherits from."""
    found: dict[str, str] = {}
    for one in reversed(kind.__mro__[:-1]):
        try:
            tree = ast.parse(textwrap.dedent(inspect.getsource(one))).body[0]
        except (OSError, TypeError):
            continue
        assert isinstance(tree, ast.ClassDef)
        for field, text in zip(tree.body, tree.body[1:], strict=False):
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                said = _text(text)
                if said:
                    found[field.target.id] = _sentence(said)
    return found


def _annotate(kind: type, said: Mapping[str, str], amounts: Container[str]) -> None:
    """Say each field's type, and which are ids and moments: a row has both as text."""
    hints = get_type_hints(kind)
    for field in fields(kind):
        hint = _of_types(hints[field.name])
        for end, (kept, scalar) in ENDS.items():
            if f"_{field.name}".endswith(end) and kept in (hint, *get_args(hint)):
                hint = Optional[scalar] if type(None) in get_args(hint) else scalar  # noqa: UP045
        hints[field.name] = hint
        resolver = _resolver(field.name, hint, field.name in amounts)
        if resolver:
            del hints[field.name]
            is_sliced = SLICING in inspect.signature(resolver).parameters
            told = strawberry.field(
                resolver=resolver,
                description=said[field.name],
                directives=[SLICED if is_sliced else sized(FEW)],
            )
            setattr(kind, field.name, told)
    kind.__annotations__ = hints


def _of_types(hint: Any) -> Any:
    """The hint with the types that were made of the rows in it."""
    within = tuple(_of_types(one) for one in get_args(hint))
    if get_origin(hint) in (Union, UnionType):
        return reduce(or_, [one for one in within if one is not int or float not in within])
    if get_origin(hint) is list:
        return list[within[0]]  # type: ignore[valid-type]
    return KINDS.get(hint, hint) if isinstance(hint, type) else hint


def _resolver(name: str, hint: Any, is_amounts: bool) -> Callable[..., Any] | None:
    """What answers a field that is not simply there: a list of objects, or numbers by name."""
    if get_origin(hint) is dict or is_amounts:
        pair: Any = CurrencyAmount if is_amounts else Count
        names = [field.name for field in fields(pair)]

        def by_name(self: Any) -> list[Any]:
            found = getattr(self, name)
            pairs = found.items() if isinstance(found, dict) else found
            return [pair(**dict(zip(names, one, strict=True))) for one in pairs]

        by_name.__annotations__["return"] = list[pair]
        return by_name
    if get_origin(hint) is not list or get_args(hint)[0] not in KINDS.values():
        return None

    def first_of(self: Any, first: int = MOST_ROWS, skip: int = 0) -> list[Any]:
        if skip < 0:
            raise UsageError(f"skip is {skip}", remedy="skip none, or some")
        return list(getattr(self, name)[skip : skip + bounded(first)])

    first_of.__annotations__["return"] = hint
    return first_of


def _text(node: ast.stmt) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return str(node.value.value) if isinstance(node.value.value, str) else ""
    return ""


def _sentence(text: Any) -> str:
    return " ".join(str(text or "").split())
