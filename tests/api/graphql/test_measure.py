"""How large a document is: with its fragments written out, in a time that follows its text."""

from __future__ import annotations

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    parse,
)
from hypothesis import given
from hypothesis import strategies as some

from api.graphql.measure import MOST, Size, measure


def size_of(text: str) -> Size:
    (size,) = measure(parse(text))
    return size


def doubling(count: int) -> str:
    """A document whose fragments each spread the next one twice."""
    spreads = " ".join(
        f"fragment F{at} on A {{ x: a {{ ...F{at + 1} }} y: a {{ ...F{at + 1} }} }}"
        for at in range(count)
    )
    return f"{{ a {{ ...F0 }} }} {spreads} fragment F{count} on A {{ id }}"


def test_fields_levels_aliases_and_first_fields_are_counted() -> None:
    assert size_of("{ a { b c { d } } e: f ... on Query { g } }") == Size(3, 1, 3, 6)


def test_a_fragment_counts_wherever_it_is_spread() -> None:
    text = "{ a { ...F } b { ...F ...F } } fragment F on A { x: c { d } }"
    assert size_of(text) == Size(3, 3, 2, 2 + 3 * 2)


def test_fragments_that_double_are_measured_at_once() -> None:
    assert size_of(doubling(3)) == Size(5, 14, 1, 1 + 14 + 8)
    assert size_of(doubling(60)) == Size(62, MOST, 1, MOST)


def test_a_fragment_that_spreads_itself_ends() -> None:
    assert size_of("{ a { ...F } } fragment F on A { b { ...F } }") == Size(2, 0, 1, 2)


def test_each_operation_has_its_size() -> None:
    text = "query a { a } query b { b { ...F } } fragment F on A { c d }"
    assert list(measure(parse(text))) == [Size(1, 0, 1, 1), Size(2, 0, 1, 3)]


def test_the_levels_of_introspection_are_not_counted() -> None:
    assert size_of("{ __schema { types { name } } __typename }") == Size(1, 0, 2, 4)


def test_a_fragment_that_is_not_there_is_nothing() -> None:
    assert size_of("{ a { ...F } }") == Size(1, 0, 1, 1)


NAMES = some.sampled_from("abc")


@some.composite
def documents(draw: some.DrawFn) -> str:
    """Documents whose fragments spread only later ones."""

    def selection(below: int, later: int) -> str:
        parts = []
        for _ in range(draw(some.integers(1, 3))):
            kind = draw(some.integers(0, 3))
            if kind == 0 and later < 3:
                parts.append(f"...F{draw(some.integers(later, 2))}")
            elif kind == 1 and below:
                parts.append(f"... on A {{ {selection(below - 1, later)} }}")
            elif kind == 2 and below:
                parts.append(f"k: {draw(NAMES)} {{ {selection(below - 1, later)} }}")
            else:
                parts.append(draw(NAMES))
        return " ".join(parts)

    fragments = " ".join(f"fragment F{at} on A {{ {selection(2, at + 1)} }}" for at in range(3))
    return f"{{ {selection(3, 0)} }} {fragments}"


@given(documents())
def test_it_is_what_walking_through_everything_gives(text: str) -> None:
    document = parse(text)

    assert size_of(text) == walked(document, document.definitions[0])


def walked(document: DocumentNode, node: object, depth: int = 0) -> Size:
    """The same by following each fragment wherever it is spread."""
    fragments = {
        one.name.value: one
        for one in document.definitions
        if isinstance(one, FragmentDefinitionNode)
    }
    size = Size()
    chosen = getattr(node, "selection_set", None)
    for one in chosen.selections if chosen else ():
        target = fragments[one.name.value] if isinstance(one, FragmentSpreadNode) else one
        part = walked(document, target)
        own = isinstance(one, FieldNode)
        size = Size(
            max(size.depth, part.depth + own),
            size.aliases + part.aliases + (own and one.alias is not None),
            size.roots + (1 if own else part.roots),
            size.selections + part.selections + own,
        )
    return size
