"""Effective shares and control beside plain oracles, on graphs by chance with circles in them."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.ownership.effective import controlled, effective_shares, stakes
from queries.ownership.holdings import Bounds, Holding, Holdings

PARTS = 20
"""Shares are parts of so many, so that circles that nobody leaves are met."""
Shares = dict[tuple[str, str], float]


@st.composite
def held_by_chance(draw: st.DrawFn) -> Shares:
    """Who holds how much of whom, of no company more than all."""
    names = [str(one) for one in range(draw(st.integers(2, 6)))]
    held: Shares = {}
    for owned in names:
        left = PARTS
        for owner in names:
            parts = draw(st.sampled_from([0, 0, 1, 5, 10, 11, 20])) if owner != owned else 0
            if 0 < parts <= left:
                held[owner, owned] = parts / PARTS
                left -= parts
    return held


def held_exactly(shares: Shares) -> Holdings:
    return {pair: holding(one, one) for pair, one in shares.items()}


def holding(low: float, high: float) -> Holding:
    return Holding(Bounds(low, high), Bounds(low, high), is_majority=False, is_disputed=False)


def met(shares: Shares, of: str, owner: str) -> float:
    """The chance of meeting an owner on the way up, step by step until nothing changes."""
    names = {one for pair in shares for one in pair}
    chance = {name: float(name == owner) for name in names}
    for _ in range(20_000):
        new = {name: sum(share * chance[up] for (up, down), share in shares.items() if down == name)
               for name in names} | {owner: 1.0}  # fmt: skip
        if max(abs(new[name] - chance[name]) for name in names) < 1e-13:
            break
        chance = new
    return chance.get(of, 0.0)


@settings(max_examples=200)
@given(held_by_chance())
def test_exact_shares_are_solved_exactly_circles_included(shares: Shares) -> None:
    told = effective_shares(held_exactly(shares), "0")

    for owner, bounds in told.items():
        assert bounds.low == pytest.approx(met(shares, "0", owner), abs=1e-6)
        assert bounds.high == pytest.approx(bounds.low, abs=1e-6)
    above = {owner for owner in {up for up, _ in shares} - {"0"} if met(shares, "0", owner) > 0}
    assert above <= set(told)


@settings(max_examples=200)
@given(held_by_chance(), st.data())
def test_bounds_enclose_whatever_the_shares_may_be(shares: Shares, data: st.DataObject) -> None:
    part = st.sampled_from([0.0, 0.5, 1.0])
    ranges = {
        pair: holding(share * data.draw(part), share + (1 - share) * data.draw(part))
        for pair, share in shares.items()
    }
    told = effective_shares(ranges, "0")

    for owner in told:
        true = met(shares, "0", owner)
        assert told[owner].low - 1e-6 <= true <= told[owner].high + 1e-6


@given(held_by_chance())
def test_control_is_the_least_set_that_has_more_than_half_of_the_votes(shares: Shares) -> None:
    held = held_exactly(shares)
    names = {one for pair in shares for one in pair}
    for by in names:
        found: set[str] = set()
        while True:
            new = {
                one for one in names - {by}
                if sum(shares.get((up, one), 0) for up in found | {by}) > 0.5
            }  # fmt: skip
            if new == found:
                break
            found = new
        assert controlled(stakes(held, for_sure=True), by) == found
        assert controlled(stakes(held, for_sure=False), by) == found


def test_a_circle_that_owns_itself_whole_is_met_surely() -> None:
    shares = {("a", "0"): 0.5, ("b", "a"): 1.0, ("a", "b"): 1.0, ("c", "0"): 0.5}

    assert effective_shares(held_exactly(shares), "0") == {
        "a": Bounds(0.5, 0.5), "b": Bounds(0.5, 0.5), "c": Bounds(0.5, 0.5),
    }  # fmt: skip


def test_of_a_circle_too_large_to_solve_only_what_enters_it_is_told() -> None:
    ring = [f"r{at}" for at in range(50)]
    shares = {(up, down): 0.5 for up, down in zip(ring, [*ring[1:], ring[0]], strict=True)}
    told = effective_shares(held_exactly(shares | {("r0", "0"): 0.4}), "0")

    assert told["r0"] == Bounds(0.4, 0.4)
    assert told["r49"] == Bounds(0.0, 0.4)


def test_there_is_a_number_for_shares_that_add_up_to_more_than_all() -> None:
    names = "abc"
    held = held_exactly({(up, down): 0.9 for up, down in product(names, names) if up != down}
                        | {("a", "0"): 0.8})  # fmt: skip
    assert all(0 <= one.low <= one.high <= 1 for one in effective_shares(held, "0").values())
