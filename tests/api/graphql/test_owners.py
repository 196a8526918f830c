"""Who owns a company over HTTP: one statement, bounds for what is unknown, circles and clocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graph.connection import BatchSession

Ask = Callable[..., Any]
QUERY = """
query ($id: ID!, $on: Date, $at: DateTime, $depth: Int = 16) {
  owners(id: $id, validOn: $on, knownAt: $at, depth: $depth) {
    id name ownerCount hiddenCount isTruncated unknown
    owners { id name depth directLow directHigh shareLow shareHigh votesLow votesHigh control
      isTop isInScope }
    interests(first: 1) { ownedId ownerId interestType directness share shareLow shareHigh
      isMajority sourceId recordId factId validFrom }
  }
}
"""
WRITE = """
UNWIND $rows AS row
MERGE (owner:LegalEntity {id: row.owner}) SET owner.name = toUpper(row.owner)
MERGE (owned:LegalEntity {id: row.owned}) SET owned.name = toUpper(row.owned)
MERGE (:SourceRecord {id: 'r', system: 'register'})
CREATE (owner)-[fact:OWNS {id: row.owner + '-' + row.owned + '-' + row.kind, record: 'r',
  interest_type: row.kind, directness: 'direct', valid_from: date('2020-01-01'),
  valid_to: date('9999-12-31'), recorded_from: datetime('2020-01-02'),
  recorded_to: datetime('9999-12-31T00:00:00Z')}]->(owned) SET fact += row.more
"""
KEYS = ("id", "directLow", "directHigh", "shareLow", "shareHigh", "votesLow", "votesHigh",
        "control")  # fmt: skip


@pytest.fixture
def owned(batches: BatchSession) -> Callable[..., None]:
    """Write interests: `owned(("a", "t", {"share": 0.6}))`."""

    def owned(*stated: tuple[Any, ...]) -> None:
        rows = [
            {"owner": owner, "owned": of, "more": more, "kind": kind[0] if kind else "shareholding"}
            for owner, of, more, *kind in stated
        ]
        batches.run(WRITE, rows=rows)

    return owned


def rows(answer: dict[str, Any], *keys: str) -> list[tuple[Any, ...]]:
    """Chosen fields of the owners of an answer."""
    return [tuple(one[key] for key in keys or KEYS) for one in answer["data"]["owners"]["owners"]]


async def test_owners_are_told_whole_by_one_statement(
    ask: Ask, owned: Callable[..., None], statements: list[str]
) -> None:
    owned(("a", "t", {"share": 0.6}), ("b", "a", {"share": 0.5}), ("b", "t", {"share": 0.1}))
    answer = await ask(QUERY, id="t")

    assert answer["data"]["owners"] == {
        "id": "t", "name": "T", "ownerCount": 2, "hiddenCount": 0, "isTruncated": False,
        "unknown": [
            "70.0% of the company is told to be held; who holds the rest is not",
            "no source tells of voting rights: votes are taken to follow shares",
        ],
        "owners": [
            {"id": "a", "name": "A", "depth": 1, "directLow": 0.6, "directHigh": 0.6,
             "shareLow": 0.6, "shareHigh": 0.6, "votesLow": 0.6, "votesHigh": 0.6,
             "control": "certain", "isTop": False, "isInScope": True},
            {"id": "b", "name": "B", "depth": 1, "directLow": 0.1, "directHigh": 0.1,
             "shareLow": 0.4, "shareHigh": 0.4, "votesLow": 0.1, "votesHigh": 0.1,
             "control": "none", "isTop": True, "isInScope": True},
        ],
        "interests": [
            {"ownedId": "t", "ownerId": "a", "interestType": "shareholding",
             "directness": "direct", "share": 0.6, "shareLow": None, "shareHigh": None,
             "isMajority": False, "sourceId": "register", "recordId": "r",
             "factId": "a-t-shareholding", "validFrom": "2020-01-01"},
        ],
    }  # fmt: skip
    assert len(statements) == 1
    assert await ask(QUERY, id="nobody") == {"data": {"owners": None}}


async def test_control_goes_through_who_is_controlled(ask: Ask, owned: Callable[..., None]) -> None:
    owned(("top", "x", {"share": 0.51}), ("top", "y", {"share": 0.51}),
          ("x", "t", {"share": 0.3}), ("y", "t", {"share": 0.3}))  # fmt: skip
    answer = await ask(QUERY, id="t")

    assert rows(answer, "id", "depth", "shareLow", "votesLow", "control", "isTop") == [
        ("top", 2, 0.306, 0.6, "certain", True),
        ("x", 1, 0.3, 0.3, "none", False),
        ("y", 1, 0.3, 0.3, "none", False),
    ]


async def test_a_circle_is_solved(ask: Ask, owned: Callable[..., None]) -> None:
    owned(("p", "t", {"share": 0.5}), ("t", "p", {"share": 0.2}), ("q", "p", {"share": 0.5}))
    answer = await ask(QUERY, id="t")

    assert rows(answer, "id", "shareLow", "shareHigh") == [
        ("p", 0.5, 0.5),
        ("q", 0.277778, 0.277778),
    ]


async def test_what_no_source_tells_exactly_has_two_bounds(
    ask: Ask, owned: Callable[..., None]
) -> None:
    owned(("a", "t", {"share_low": 0.25, "share_high": 0.5}), ("b", "t", {}),
          ("c", "t", {"share": 0.2}), ("v", "t", {"share": 0.55}, "votingRights"),
          ("i", "t", {"share": 0.1, "directness": "indirect"}))  # fmt: skip
    answer = await ask(QUERY, id="t")

    assert rows(answer) == [
        ("a", 0.25, 0.5, 0.25, 0.5, 0.25, 0.25, "none"),
        ("c", 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, "none"),
        ("i", None, None, 0.1, 0.1, 0.0, 0.0, "none"),
        ("b", 0.0, 0.55, 0.0, 0.55, 0.0, 0.0, "none"),
        ("v", 0.0, 0.55, 0.0, 0.55, 0.55, 0.55, "certain"),
    ]
    assert answer["data"]["owners"]["unknown"] == [
        "45.0% of the company is told to be held; who holds the rest is not",
        "no exact share is told of 3 holdings",
        "1 interest said to be held through others: no step up",
    ]


async def test_both_clocks_and_a_depth_are_asked_for(ask: Ask, owned: Callable[..., None]) -> None:
    owned(("a", "t", {"share": 0.6}), ("b", "a", {"share": 0.5}), ("c", "b", {"share": 0.5}))

    early = await ask(QUERY, id="t", on="2019-12-31")
    unknown = await ask(QUERY, id="t", at="2020-01-01T00:00:00Z")
    cut = await ask(QUERY, id="t", depth=2)
    assert rows(early) == rows(unknown) == []
    assert early["data"]["owners"]["unknown"] == ["no source tells of an owner"]
    assert (rows(cut, "id"), cut["data"]["owners"]["isTruncated"]) == ([("a",), ("b",)], True)
    for depth in (0, 17):
        (error,) = (await ask(QUERY, id="t", depth=depth))["errors"]
        assert error["extensions"] == {"code": "BAD_USER_INPUT", "remedy": "ask for 1 to 16 steps"}


async def test_sources_that_contradict_each_other_are_told_of(
    ask: Ask, owned: Callable[..., None], batches: BatchSession
) -> None:
    owned(("a", "t", {"share": 0.6}), ("a", "t", {"share": 0.3, "record": "other"}))
    batches.run("CREATE (:SourceRecord {id: 'other', system: 'gleif'})")
    answer = await ask(QUERY, id="t")

    assert rows(answer) == [("a", 0.3, 0.6, 0.3, 0.6, 0.3, 0.6, "possible")]
    assert "sources contradict each other about 1 holding" in answer["data"]["owners"]["unknown"]
