"""What one owner holds of one company, made of all that is stated of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from queries.ownership.interests import Interest

SHARES = frozenset({None, "", "shareholding", "unknownInterest"})
"""Kinds of interests whose share is one of the company itself; a source may not say the kind."""
VOTES = "votingRights"
INDIRECT = "indirect"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is held, 0 to 1: at the least and at the most."""

    low: float
    high: float


UNKNOWN = Bounds(0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Holding:
    """What one owner holds of one company directly."""

    share: Bounds
    votes: Bounds
    """Votes follow shares where nobody tells of voting rights."""
    is_majority: bool
    is_disputed: bool
    """Whether sources state shares that cannot all be true."""


Holdings = dict[tuple[str, str], Holding]
"""(owner, owned) -> what is held."""


def holdings(interests: Iterable[Interest]) -> Holdings:
    """What is held directly, by owner and company; what is held through others is left out."""
    by_pair: dict[tuple[str, str], list[Interest]] = defaultdict(list)
    for one in interests:
        if one.owner_id and one.directness != INDIRECT and one.owner_id != one.owned_id:
            by_pair[one.owner_id, one.owned_id].append(one)
    found = {pair: _holding(stated) for pair, stated in by_pair.items()}
    shares = _left({pair: one.share for pair, one in found.items()})
    votes = _left({pair: one.votes for pair, one in found.items()})
    return {
        pair: replace(one, share=shares[pair], votes=votes[pair]) for pair, one in found.items()
    }


def together(stated: Iterable[Interest]) -> tuple[Bounds, bool]:
    """Several statements of one kind as one, and whether they contradict each other.

    Of one source they may be parts that add up, or the same told twice: at least the largest, at
    most the sum. Sources speak of the same thing: what all of them allow is so.
    """
    by_source: dict[str | None, list[Bounds]] = defaultdict(list)
    for one in stated:
        by_source[one.source_id].append(_bounds(one))
    each = [
        Bounds(max(one.low for one in found), min(1.0, sum(one.high for one in found)))
        for found in by_source.values()
    ]
    if not each:
        return UNKNOWN, False
    low, high = max(one.low for one in each), min(one.high for one in each)
    if low > high:
        return Bounds(min(one.low for one in each), max(one.high for one in each)), True
    return Bounds(low, high), False


def _left(held: Mapping[tuple[str, str], Bounds]) -> dict[tuple[str, str], Bounds]:
    """The same with no more at the most than the others leave of the company."""
    taken: dict[str, float] = defaultdict(float)
    for (_, owned), one in held.items():
        taken[owned] += one.low
    return {
        (owner, owned): Bounds(one.low, max(one.low, min(one.high, 1 - taken[owned] + one.low)))
        for (owner, owned), one in held.items()
    }


def _bounds(one: Interest) -> Bounds:
    if one.share is not None:
        return Bounds(one.share, one.share)
    low, high = one.share_low or 0.0, 1.0 if one.share_high is None else one.share_high
    return Bounds(low, max(low, high))


def _holding(stated: Sequence[Interest]) -> Holding:
    share, is_disputed = together(one for one in stated if one.interest_type in SHARES)
    voting = [one for one in stated if one.interest_type == VOTES]
    votes, is_contested = together(voting) if voting else (share, False)
    return Holding(
        share, votes, any(one.is_majority for one in stated), is_disputed or is_contested
    )
