"""The words in which the model is declared: kinds of property, of node and of relationship."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any, ClassVar, Generic, TypeVar

from neomodel import RelationshipTo, StructuredNode, StructuredRel
from neomodel.properties import Property

V = TypeVar("V")


class Declared(Property[V], Generic[V]):
    """One property: what it means, and whether it is looked up, unique or searched as text."""

    value_type: ClassVar[str]

    def __init__(
        self,
        description: str,
        *,
        stored_as: str | None = None,
        values: tuple[str, ...] = (),
        index: bool = False,
        unique: bool = False,
        searched: bool = False,
    ) -> None:
        super().__init__(
            index=index,
            unique_index=unique,
            db_property=stored_as,
            help_text=description,
        )
        self.values = values
        self.searched = searched

    def inflate(self, value: Any, rethrow: bool = False) -> Any:
        """The value as Python has it, from the value as the driver reads it."""
        return value.to_native() if hasattr(value, "to_native") else value

    def deflate(self, value: Any, rethrow: bool = False) -> Any:
        """The value as the driver writes it, from the value as Python has it."""
        return value


class Text(Declared[str]):
    """A string."""

    value_type = "string"


class Texts(Declared[list[str]]):
    """A list of strings."""

    value_type = "string_list"


class Whole(Declared[int]):
    """An integer; money is a whole number of minor units."""

    value_type = "integer"


class Number(Declared[float]):
    """A floating point number; shares run from 0 to 1."""

    value_type = "float"


class Flag(Declared[bool]):
    """True or false; absent means unknown."""

    value_type = "boolean"


class Day(Declared[date]):
    """A calendar date, without a time zone."""

    value_type = "date"


class Moment(Declared[datetime]):
    """A moment in UTC."""

    value_type = "datetime"

    def deflate(self, value: datetime, rethrow: bool = False) -> datetime:
        """The moment in the plain UTC zone: the driver cannot carry every other one."""
        return value.astimezone(UTC)


class Node(StructuredNode):
    """What every node has."""

    __abstract_node__ = True
    __layer__: ClassVar[str]
    __indexes__: ClassVar[tuple[tuple[str, ...], ...]] = ()
    __unique__: ClassVar[tuple[tuple[str, ...], ...]] = ()

    uid = Text("Our own id, never reused; the database's own ids are not used.", stored_as="id")


class SeenNode(Node):
    """What a node has that is met again; versions, events and plumbing do without."""

    __abstract_node__ = True

    first_seen_at = Moment("When we first recorded it.")
    last_seen_at = Moment("When a load last found it in its source.")


class CanonicalNode(SeenNode):
    """What every node has that sources assert: a company, a site, a bill."""

    __abstract_node__ = True

    record = Text("Id of the SourceRecord version whose values stand here.")
    stub = Flag("True while it was only mentioned by others and never described.")
    reference = Text("The text that its id is made of, like `lei:5493001KJTIIGC8Y1R12`.")


class Relationship(StructuredRel):
    """What every relationship type has: a kind, and a name made of the class's name."""

    __kind__: ClassVar[str]
    __planned__: ClassVar[bool] = False
    __type__: ClassVar[str] = ""

    @classmethod
    def type_name(cls) -> str:
        """The relationship type as Cypher writes it: ParentIn is PARENT_IN."""
        own = cls.__dict__.get("__type__", "")
        return own or re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).upper()


class Structural(Relationship):
    """A relationship that is written once with its node and has no tense."""

    __kind__ = "structural"

    record = Text("Id of the SourceRecord version that states it; absent on our own.")


class Derived(Relationship):
    """A relationship that we compute and keep; it can be dropped and computed again."""

    __kind__ = "derived"


class Finding(Relationship):
    """A relationship of a signal; it moves when entities merge or split."""

    __kind__ = "finding"


class Fact(Relationship):
    """A relationship that a source states, with both clocks; what ended is kept as FORMER_."""

    __kind__ = "fact"

    uid = Text("Our own id; all versions of one fact share it.", stored_as="id", index=True)
    valid_from = Day("First day on which it holds in the world.")
    valid_to = Day("First day on which it holds no more; 9999-12-31 while no end is known.")
    recorded_from = Moment("When we began to believe this version.")
    recorded_to = Moment("When we stopped to believe it; 9999-12-31 while we do.")
    record = Text("Id of the SourceRecord version that states it.")
    confidence = Number("How sure it is, 0 to 1; absent when a register states it.")
    reason = Text("Why this version was closed or restated.")
    assumed_from = Flag(
        "True when the source gives no start: valid_from is the day we first saw it."
    )
    due_on = Day(
        "The future day on which its tense changes; absent when none is known.", index=True
    )


class PlannableFact(Fact):
    """A fact that may be announced before it holds: its plan is kept as PLANNED_."""

    __planned__ = True

    planned = Flag("True on an announced fact, kept for ever; absent on one that came to hold.")


def to(target: str | type[Node], relationship: type[Relationship]) -> Any:
    """An edge from the class it stands in to `target`, given as a class or as `file.Label`."""
    where = f"graph.model.{target}" if isinstance(target, str) else target
    return RelationshipTo(where, relationship.type_name(), model=relationship)
