"""What a new schema would break for those who ask by the released one.

`python -m api.graphql.breaking` compares web/schema.graphql with web/schema.released.graphql, the
one of the last release; `--release` makes today's the released one. What was `@deprecated` in the
released one may go, once no trusted document uses it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    GraphQLSchema,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    build_schema,
    get_named_type,
    parse,
    resolve_schema_coordinate,
    visit,
)
from graphql.utilities import BreakingChangeType, find_breaking_changes

from api.graphql.schema_page import PAGE
from api.graphql.trusted import FOLDER

RELEASED = PAGE.with_name("schema.released.graphql")
COORDINATE = re.compile(
    r"^(?:Field |Enum value |Argument |Directive |A required (?:[a-z]+ )+)?(@?[\w.]+(?:\(\w+:\))?)"
)
"""The element (its schema coordinate) in the library's sentence about a change."""
OF_ITS_OWNER = (
    BreakingChangeType.REQUIRED_ARG_ADDED,
    BreakingChangeType.REQUIRED_INPUT_FIELD_ADDED,
    BreakingChangeType.VALUE_REMOVED_FROM_ENUM,
)
"""Changes that concern whoever uses what the element belongs to."""


@dataclass(frozen=True, slots=True)
class Breaking:
    """One change that breaks: the element, what is done to it, and the documents that use it."""

    coordinate: str
    what: str
    documents: tuple[str, ...]
    is_deprecated: bool

    @property
    def may_be(self) -> bool:
        """Whether it was announced, and nobody of ours is left who uses it."""
        return self.is_deprecated and not self.documents

    def __str__(self) -> str:
        users = f"used by {', '.join(self.documents)}" if self.documents else "no document uses it"
        announced = "it was deprecated" if self.is_deprecated else "it was not @deprecated"
        return f"{self.what} ({users}; {announced})"


def breaking(
    released: GraphQLSchema, new: GraphQLSchema, documents: dict[str, str]
) -> list[Breaking]:
    """The changes that break something, by element; `documents` are texts by name."""
    used = {name: frozenset(_used(released, parse(text))) for name, text in documents.items()}
    found = []
    for change in find_breaking_changes(released, new):
        said = COORDINATE.match(change.description)
        assert said, change.description
        coordinate = said[1].removesuffix(".")
        concerned = _owner(coordinate) if change.type in OF_ITS_OWNER else coordinate
        users = tuple(sorted(name for name, all_of in used.items() if concerned in all_of))
        deprecated = _is_deprecated(released, coordinate)
        found.append(Breaking(coordinate, change.description, users, deprecated))
    return sorted(found, key=lambda one: (one.coordinate, one.what))


def changes_of_the_page(released: Path = RELEASED) -> list[Breaking]:
    """What today's page breaks of the released one."""
    old, new = (build_schema(page.read_text(encoding="utf-8")) for page in (released, PAGE))
    texts = {one.stem: one.read_text(encoding="utf-8") for one in sorted(FOLDER.glob("*.graphql"))}
    return breaking(old, new, texts)


def _owner(coordinate: str) -> str:
    return coordinate.partition("(")[0] if "(" in coordinate else coordinate.rpartition(".")[0]


def _is_deprecated(schema: GraphQLSchema, coordinate: str) -> bool:
    """Whether the element, or what it belongs to, was announced to go."""
    while coordinate:
        try:
            found: Any = resolve_schema_coordinate(schema, coordinate)
        except ValueError:
            found = None
        for kind in ("argument", "directive_argument", "enum_value", "input_field", "field"):
            element = getattr(found, f"field_{kind}" if kind == "argument" else kind, None)
            if getattr(element, "deprecation_reason", None):
                return True
        coordinate = _owner(coordinate)
    return False


def _used(schema: GraphQLSchema, document: DocumentNode) -> Iterator[str]:
    """Coordinates of all that a document uses."""
    seen: set[str] = set()
    info = TypeInfo(schema)

    class Using(Visitor):
        def enter(self, node: Any, *_: Any) -> None:
            parent, field, argument = (
                info.get_parent_type(), info.get_field_def(), info.get_argument(),
            )  # fmt: skip
            for kind in (info.get_type(), info.get_input_type(), parent):
                if kind is not None:
                    seen.add(get_named_type(kind).name)
            name = _name_of(schema, parent, field)
            if isinstance(node, FieldNode) and name:
                seen.add(name)
            if isinstance(node, ArgumentNode) and argument is not None and name:
                seen.add(f"{name}({node.name.value}:)")

    visit(document, TypeInfoVisitor(info, Using()))
    yield from seen


def _name_of(schema: GraphQLSchema, parent: Any, field: Any) -> str:
    fields = getattr(parent, "fields", {})
    return next((f"{parent.name}.{name}" for name, one in fields.items() if one is field), "")


def main() -> int:
    """Tell what breaks; 1 when something does that may not."""
    if "--release" in sys.argv:
        RELEASED.write_bytes(PAGE.read_bytes())
        return 0
    broken = [one for one in changes_of_the_page() if not one.may_be]
    for one in broken:
        sys.stderr.write(f"BREAKING {one}\n")
    if broken:
        sys.stderr.write(
            "-> keep the element and mark it @deprecated for a release, and take it out of the "
            "documents; or, when nobody asks by the released schema yet, "
            "python -m api.graphql.breaking --release\n"
        )
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
