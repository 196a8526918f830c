"""GraphQL types made of the rows that queries give: the same names, types and descriptions.

A row's field is described by the text below it, its type by the text of its class. What ends in
`_id` is an ID, and the row's own id is `id`, as Relay has it.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Hashable
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import Any, Optional, TypeVar, cast, get_args, get_type_hints

import strawberry

from graph.errors import UsageError
from graph.model.catalogue import LABELS

Told = TypeVar("Told")
ENDS: dict[str, Any] = {"_id": strawberry.ID, "_at": datetime}


def told(*, label: str, id: str = "") -> Callable[[type[Told]], type[Told]]:
    """Make a GraphQL type of a class below a row; `id` is the column of its own id.

    What the row leaves unsaid of a property of `label` is said by the model.
    """

    def make(kind: type[Told]) -> type[Told]:
        _annotate(kind)
        made = strawberry.type(kind, description=_sentence(kind.__doc__))
        modelled = {name: one.description for name, one in LABELS[label].properties.items()}
        said = {id: "Its id, for ever."} | modelled | descriptions(cast(Hashable, kind))
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


def _annotate(kind: type) -> None:
    """Say each field's type, and which are ids and moments: a row has both as text."""
    hints = get_type_hints(kind)
    for field in fields(kind):
        hint = hints[field.name]
        scalar = next((kind for end, kind in ENDS.items() if field.name.endswith(end)), None)
        if scalar:
            hint = Optional[scalar] if type(None) in get_args(hint) else scalar  # noqa: UP045
        hints[field.name] = hint
    kind.__annotations__ = hints


def _text(node: ast.stmt) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return str(node.value.value) if isinstance(node.value.value, str) else ""
    return ""


def _sentence(text: Any) -> str:
    return " ".join(str(text or "").split())
