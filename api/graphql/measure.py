"""How large a document is, in one walk over its text: fragments are measured once.

The limits that come with GraphQL libraries follow fragments wherever they are spread: a document of
704 bytes, whose fragments each spread the next one twice, keeps them busy for seconds. Here a
fragment's size is worked out once and added where it is spread, so the time follows the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
)

MOST = 10**9
"""Where counting ends: forty fragments that double are more than a thousand billion fields."""


@dataclass(frozen=True, slots=True)
class Size:
    """What an operation asks, with its fragments written out."""

    depth: int = 0
    """Levels of fields."""
    aliases: int = 0
    roots: int = 0
    """Fields of the first level."""
    selections: int = 0
    """Fields of all levels."""


INTROSPECTION = frozenset({"__schema", "__type"})
"""Their levels are not counted: tools ask fifteen, and validation holds what may repeat there."""


def measure(document: DocumentNode) -> Iterator[Size]:
    """The size of each operation of a document; a fragment that spreads itself counts once."""
    ruler = _Ruler(document)
    for one in document.definitions:
        if isinstance(one, OperationDefinitionNode):
            yield ruler.of(one.selection_set.selections)


class _Ruler:
    def __init__(self, document: DocumentNode) -> None:
        self._fragments = {
            one.name.value: one
            for one in document.definitions
            if isinstance(one, FragmentDefinitionNode)
        }
        self._known: dict[str, Size] = {}

    def of(self, selections: Iterable[SelectionNode]) -> Size:
        depth = aliases = roots = count = 0
        for one in selections:
            part = self._one(one)
            depth = max(depth, part.depth)
            aliases += part.aliases
            roots += part.roots
            count += part.selections
        return Size(depth, min(aliases, MOST), min(roots, MOST), min(count, MOST))

    def _one(self, selection: SelectionNode) -> Size:
        if isinstance(selection, FieldNode):
            below = selection.selection_set
            part = self.of(below.selections) if below else Size()
            aliases = part.aliases + (selection.alias is not None)
            depth = 0 if selection.name.value in INTROSPECTION else part.depth
            return Size(1 + depth, aliases, 1, 1 + part.selections)
        if isinstance(selection, InlineFragmentNode):
            return self.of(selection.selection_set.selections)
        assert isinstance(selection, FragmentSpreadNode)
        return self._fragment(selection.name.value)

    def _fragment(self, name: str) -> Size:
        if name not in self._known:
            self._known[name] = Size()  # while it is measured: a circle ends here
            found = self._fragments.get(name)
            if found:
                self._known[name] = self.of(found.selection_set.selections)
        return self._known[name]
