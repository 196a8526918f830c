"""A change of the schema that breaks those who ask by it is found, with whom it breaks."""

from __future__ import annotations

import pytest
from graphql import build_schema

from api.graphql.breaking import RELEASED, breaking, changes_of_the_page
from api.graphql.schema_page import PAGE

OLD = """
directive @x(a: Int) on FIELD_DEFINITION
enum State { open closed }
input Range { from: Int to: Int }
type Site { id: ID! name: String old: String @deprecated(reason: "use name") }
type Query {
  site(id: ID!, in: Range, was: Int @deprecated(reason: "nothing")): Site
  sites(states: [State!]): [Site!]!
}
"""
DOCUMENTS = {
    "One": "query One { site(id: 1, was: 2) { id name } }",
    "Many": "query Many { sites(states: [open]) { id } }",
    "Old": "query Old { sites { old } }",
    "Within": "query Within($in: Range) { site(id: 1, in: $in) { id } }",
}


def found(old: str, new: str) -> list[tuple[str, tuple[str, ...], bool]]:
    assert old in OLD
    changed = OLD.replace(old, new)
    told = breaking(build_schema(OLD), build_schema(changed), DOCUMENTS)
    return [(one.coordinate, one.documents, one.is_deprecated) for one in told]


def test_nothing_of_the_released_schema_is_broken() -> None:
    """-> python -m api.graphql.breaking says what to do."""
    assert [str(one) for one in changes_of_the_page() if not one.may_be] == []
    assert RELEASED.exists()
    assert PAGE.exists()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("name: String", "", [("Site.name", ("One",), False)]),
        ("id: ID! name", "id: ID name", [("Site.id", ("Many", "One", "Within"), False)]),
        (', was: Int @deprecated(reason: "nothing")', "",
         [("Query.site(was:)", ("One",), True)]),
        ("site(id: ID!", "site(id: ID!, by: Int!", [("Query.site(by:)", ("One", "Within"), False)]),
        ("open closed", "open", [("State.closed", ("Many",), False)]),
        ("to: Int", "to: Int zone: Int!", [("Range.zone", ("Within",), False)]),
        ("directive @x(a: Int) on FIELD_DEFINITION", "", [("@x", (), False)]),
        ('old: String @deprecated(reason: "use name")', "", [("Site.old", ("Old",), True)]),
        ("name: String", "name: String more: Int", []),
    ],
)  # fmt: skip
def test_a_change_is_told_with_its_element_and_the_documents_that_use_it(
    old: str, new: str, told: list[tuple[str, tuple[str, ...], bool]]
) -> None:
    assert found(old, new) == told


def test_what_was_announced_may_go_when_nobody_uses_it() -> None:
    renamed = OLD.replace("was: Int @deprecated", "is: Int @deprecated")
    old, new = build_schema(OLD), build_schema(renamed)
    used, unused = (breaking(old, new, texts) for texts in (DOCUMENTS, {}))

    assert [one.may_be for one in used + unused] == [False, True]
    assert str(used[0]) == (
        "Argument Query.site(was:) was removed. (used by One; it was deprecated)"
    )
