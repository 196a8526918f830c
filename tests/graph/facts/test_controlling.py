"""Which parent controls: exactly one among those uncut, on every day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from graph.facts.hierarchy import Piece, controlling_pieces
from graph.facts.timeline import OPEN, Version

FIRST = date(2020, 1, 1)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def parent(begin: int, end: int | None = None, share: float | None = None) -> Version:
    properties = () if share is None else (("share", share),)
    return Version(day(begin), OPEN if end is None else day(end), properties)


def piece(begin: int, end: int | None, controlling: bool, cut: bool = False) -> Piece:
    return Piece(day(begin), OPEN if end is None else day(end), controlling, cut)


def test_the_only_parent_controls() -> None:
    assert controlling_pieces({"f": [parent(0)]}, set()) == {"f": [piece(0, None, True)]}


def test_a_larger_share_takes_control_on_the_day_it_begins() -> None:
    facts = {"old": [parent(0, share=0.4)], "new": [parent(10, share=0.6)]}

    assert controlling_pieces(facts, set()) == {
        "old": [piece(0, 10, True), piece(10, None, False)],
        "new": [piece(10, None, True)],
    }


def test_a_parent_without_a_share_ranks_as_a_half() -> None:
    facts = {"a": [parent(0, share=0.49)], "b": [parent(1)], "c": [parent(2, share=0.51)]}

    assert [one.controlling for one in controlling_pieces(facts, set())["b"]] == [True, False]


def test_of_equal_shares_the_older_controls_then_the_lower_id() -> None:
    older = {"b": [parent(0)], "a": [parent(1)]}
    together = {"b": [parent(0)], "a": [parent(0)]}

    assert [one.controlling for one in controlling_pieces(older, set())["a"]] == [False]
    assert controlling_pieces(together, set()) == {
        "a": [piece(0, None, True)],
        "b": [piece(0, None, False)],
    }


def test_a_cut_parent_never_controls() -> None:
    facts = {"big": [parent(0, share=0.9)], "small": [parent(0, share=0.1)]}

    assert controlling_pieces(facts, {"big"}) == {
        "big": [piece(0, None, False, cut=True)],
        "small": [piece(0, None, True)],
    }


@st.composite
def facts_of_one_child(draw) -> dict[str, list[Version]]:
    facts = {}
    for name in "abc"[: draw(st.integers(1, 3))]:
        edges = draw(st.lists(st.integers(0, 20), min_size=2, max_size=4, unique=True).map(sorted))
        pairs = list(zip(edges[::2], edges[1::2], strict=False))
        share = st.sampled_from([None, 0.3, 0.5, 0.7])
        facts[name] = [parent(begin, end, draw(share)) for begin, end in pairs]
    return facts


@given(facts_of_one_child(), st.sets(st.sampled_from("abc")))
def test_exactly_one_uncut_parent_controls_on_any_day(facts, cut) -> None:
    pieces = controlling_pieces(facts, cut)

    for number in range(25):
        now = day(number)
        here = {
            fact
            for fact, versions in facts.items()
            if any(one.valid_from <= now < one.valid_to for one in versions)
        }
        found = {
            fact: one
            for fact, stretches in pieces.items()
            for one in stretches
            if one.valid_from <= now < one.valid_to
        }
        assert set(found) == here
        controls = [fact for fact, one in found.items() if one.controlling]
        assert len(controls) == (1 if here - cut else 0)
        assert not set(controls) & cut
