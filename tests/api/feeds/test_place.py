"""Cursors: one place has one, whoever holds it learns nothing of it, and a changed one is none."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from api.feeds.place import Place, Seal
from api.http.problem import Problem

SEAL = Seal("key", "signals")
PLACES = st.builds(Place, st.integers(1, 10**6), st.integers(0, 10**12))


@given(PLACES)
def test_a_cursor_gives_its_place_back(place: Place) -> None:
    assert SEAL.place(SEAL.cursor(place)) == place
    assert SEAL.cursor(place) == Seal("key", "signals").cursor(place)


@given(PLACES, st.integers(0, 200), st.characters(codec="ascii"))
@example(Place(1, 22071), 0, "/")  # which a lenient decoder takes for "_"
def test_a_changed_cursor_is_refused(place: Place, at: int, by: str) -> None:
    cursor = SEAL.cursor(place)
    at %= len(cursor)
    changed = cursor[:at] + by + cursor[at + 1 :]
    if changed.rstrip("=") != cursor.rstrip("="):
        with pytest.raises(Problem, match="never gave this cursor") as refused:
            SEAL.place(changed)
        assert (refused.value.status, refused.value.code) == (400, "UNKNOWN_CURSOR")
        assert refused.value.said == {"snapshot": "/feeds/signals/snapshot"}


@given(st.text())
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Problem):
        SEAL.place(text)


@pytest.mark.parametrize("other", [Seal("key", "hierarchy"), Seal("another key", "signals")])
def test_a_cursor_is_good_for_its_feed_of_its_graph_alone(other: Seal) -> None:
    with pytest.raises(Problem):
        other.place(SEAL.cursor(Place(1, 7)))


def test_a_cursor_does_not_show_how_far_it_is() -> None:
    near, far = SEAL.cursor(Place(1, 100)), SEAL.cursor(Place(1, 101))
    assert len(near) == len(far)
    assert near[:8] != far[:8]
