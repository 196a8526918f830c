"""What fields cost, published in the schema: `@cost` and `@listSize`.

GraphQL Cost Directives (https://ibm.github.io/graphql-specs/cost-spec.html): each time that a field
is asked for counts its own weight, and each object in its answer the weight of the object's type.
Unless said otherwise, objects and the fields that hold them weigh 1, values and theirs nothing. A
root field weighs what a statement does. One unit is about a tenth of a millisecond of work.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import strawberry
from graphql import (
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    Undefined,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_introspection_type,
    is_list_type,
    is_object_type,
)
from strawberry.schema_directive import Location

OF_A_STATEMENT = "10"
UNKNOWN_SIZE = 100
"""Objects in a list whose size nobody declared; a test refuses such a list."""
SLICING = "first"
Directive = TypeVar("Directive")


@strawberry.schema_directive(
    name="cost",
    locations=[Location.FIELD_DEFINITION, Location.OBJECT, Location.SCALAR],
    description="What a field counts each time that it is asked for, or an object of a type.",
)
class Cost:
    """A weight, as text: the specification has it so."""

    weight: str


@strawberry.schema_directive(
    name="listSize",
    locations=[Location.FIELD_DEFINITION],
    description="How many objects a list is taken to have before it is asked for.",
)
class ListSize:
    """The argument that bounds a list, or the size that is assumed of it."""

    assumed_size: int | None = strawberry.UNSET
    require_one_slicing_argument: bool | None = True
    slicing_arguments: list[str] | None = strawberry.UNSET


def sized(size: int) -> ListSize:
    """The directive of a list that no argument bounds."""
    return ListSize(assumed_size=size, require_one_slicing_argument=strawberry.UNSET)


OF_A_DECISION = "50"
ROOT_FIELD = (Cost(weight=OF_A_STATEMENT),)
SLICED = ListSize(slicing_arguments=[SLICING], require_one_slicing_argument=False)


@dataclass(frozen=True, slots=True)
class Weight:
    """What one field costs."""

    field: float
    each: float
    """One object, or one place of a list of values."""
    is_list: bool
    slicing: tuple[str, ...] = ()
    """Arguments that say how many objects there are at most."""
    size: int = 1
    """How many are assumed where no argument says it."""
    is_object: bool = True


def weight_of(field: GraphQLField) -> Weight | None:
    """What a field costs; None when it costs nothing."""
    kind = get_named_type(field.type)
    is_object = is_composite_type(kind)
    own, of_kind = _directive(field, Cost), _directive(kind, Cost)
    listed = _directive(field, ListSize)
    is_list = is_list_type(get_nullable_type(field.type)) or listed is not None
    weight = Weight(
        field=float(own.weight) if own else float(is_object),
        each=float(of_kind.weight) if of_kind else float(is_object),
        is_list=is_list,
        slicing=tuple(listed.slicing_arguments or ()) if listed else (),
        size=_assumed(field, listed) if is_list else 1,
        is_object=is_object,
    )
    return weight if weight.field or weight.each else None


def unsized(schema: GraphQLSchema) -> Iterator[str]:
    """Lists of objects of which the schema does not say how long they may be."""
    for kind in schema.type_map.values():
        if not is_object_type(kind) or is_introspection_type(kind):
            continue
        for name, field in kind.fields.items():
            is_list = is_list_type(get_nullable_type(field.type))
            is_told = _directive(field, ListSize) is not None
            if is_list and is_composite_type(get_named_type(field.type)) and not is_told:
                yield f"{kind.name}.{name}"


def _assumed(field: GraphQLField, listed: ListSize | None) -> int:
    if listed and listed.assumed_size:
        return listed.assumed_size
    for name in (listed.slicing_arguments or ()) if listed else ():
        default = field.args[name].default_value
        if default is not Undefined and default is not None:
            return int(default)
    return UNKNOWN_SIZE


def _directive(of: GraphQLField | GraphQLNamedType, kind: type[Directive]) -> Directive | None:
    definition: Any = (of.extensions or {}).get("strawberry-definition")
    given = getattr(definition, "directives", None) or ()
    return next((one for one in given if isinstance(one, kind)), None)
