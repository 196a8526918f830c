"""Cycles: no company is its own ancestor on any day, whatever order the facts came in."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from graph.facts.cycles import Edge, cuts

FIRST = date(2020, 1, 1)
OPEN = date(9999, 12, 31)


def edge(fact: str, child: str, parent: str, begin: int = 0, end: int | None = None) -> Edge:
    to = OPEN if end is None else FIRST + timedelta(days=end)
    return Edge(fact, child, parent, FIRST + timedelta(days=begin), to)


def test_a_tree_is_not_cut() -> None:
    assert cuts([edge("1", "a", "c"), edge("2", "b", "c"), edge("3", "c", "d")]) == set()


def test_the_youngest_fact_of_a_cycle_is_cut() -> None:
    assert cuts([edge("1", "a", "b", 5), edge("2", "b", "c"), edge("3", "c", "a")]) == {"1"}


def test_of_facts_that_began_together_the_last_id_is_cut() -> None:
    assert cuts([edge("1", "a", "b"), edge("2", "b", "a")]) == {"2"}


def test_a_company_above_itself_is_cut() -> None:
    assert cuts([edge("1", "a", "a"), edge("2", "a", "b")]) == {"1"}


def test_facts_that_never_held_together_make_no_cycle() -> None:
    assert cuts([edge("1", "a", "b", 0, 5), edge("2", "b", "a", 5)]) == set()


def test_two_cycles_through_one_company_lose_one_fact_each() -> None:
    edges = [edge("1", "a", "b"), edge("2", "b", "a"), edge("3", "a", "c"), edge("4", "c", "a")]

    assert cuts(edges) == {"2", "4"}


def test_a_chain_of_ten_thousand_is_walked_without_recursion() -> None:
    chain = [edge(f"{n:05}", f"c{n}", f"c{n + 1}") for n in range(10_000)]

    assert cuts([*chain, edge("last", "c10000", "c0")]) == {"last"}


COMPANIES = st.sampled_from("abcde")


@st.composite
def edge_lists(draw) -> list[Edge]:
    number = draw(st.integers(0, 9))
    found = []
    for fact in range(number):
        begin = draw(st.integers(0, 6))
        end = draw(st.none() | st.integers(begin + 1, 9))
        found.append(edge(f"f{fact}", draw(COMPANIES), draw(COMPANIES), begin, end))
    return found


def is_cyclic(edges: list[Edge]) -> bool:
    above = {(one.child, one.parent) for one in edges}
    while True:
        further = above | {(a, d) for a, b in above for c, d in above if b == c}
        if further == above:
            return any(child == parent for child, parent in above)
        above = further


@given(edge_lists())
def test_no_day_has_a_cycle_once_the_cuts_are_made(edges) -> None:
    cut = cuts(edges)

    for number in range(12):
        day = FIRST + timedelta(days=number)
        alive = [one for one in edges if one.valid_from <= day < one.valid_to]
        assert not is_cyclic([one for one in alive if one.fact not in cut])


@given(edge_lists(), st.randoms(use_true_random=False))
def test_cuts_do_not_depend_on_the_order_of_learning(edges, random) -> None:
    shuffled = list(edges)
    random.shuffle(shuffled)

    assert cuts(shuffled) == cuts(edges)


@given(edge_lists())
def test_every_cut_closes_a_cycle_with_the_facts_that_stay(edges) -> None:
    cut = cuts(edges)
    kept = [one for one in edges if one.fact not in cut]

    starts = {one.valid_from for one in edges}
    if len(starts) == 1:  # elsewhere an older cut may have been needed on another day
        for one in edges:
            if one.fact in cut:
                day = one.valid_from
                same_day = [other for other in edges if other.valid_from <= day < other.valid_to]
                assert is_cyclic([*same_day, *kept])
