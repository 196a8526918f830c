"""Who owns a company in the end: everybody above it, with effective share and control."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from graph.composition import Parameter
from graph.connection import ReadSession
from graph.plural import counted
from queries.entity.entity import Entity, entity
from queries.hierarchy.in_scope import STUB
from queries.ownership.effective import controlled, effective_shares, stakes, votes_in
from queries.ownership.holdings import (
    INDIRECT,
    SHARES,
    VOTES,
    Bounds,
    Holdings,
    holdings,
    together,
)
from queries.ownership.interests import MOST_INTERESTS, STEPS, Interest, interests
from queries.together import Together, asked

NEARLY_ALL = 0.9995
"""A sum of shares that is taken as all of a company: sources round."""
DIGITS = 6
"""Places after the point of a share that is told: those after it are of the arithmetic."""


@dataclass(slots=True)
class Owner:
    """One owner of a company, directly or through others; a bound of null is not known at all."""

    owner_id: str
    """The owner's id; `out-of-scope-` and a number where it may not be seen."""
    name: str | None
    """Name of the owner."""
    jurisdiction: str | None
    """Where it is registered: ISO 3166-1 or 3166-2."""
    depth: int
    """Steps up to it, the fewest; 1 holds the company itself."""
    direct_low: float | None
    """What it holds itself at the least, 0 to 1; nothing when it holds only through others."""
    direct_high: float | None
    """What it holds itself at the most."""
    share_low: float | None
    """Effective share at the least: held itself and through all others, circles solved."""
    share_high: float | None
    """Effective share at the most; the same as the least where every share is told exactly."""
    votes_low: float | None
    """Votes in the company that it and those that it controls have at the least."""
    votes_high: float | None
    """Votes in the company that it and those that it may control have at the most."""
    control: str
    """Whether it controls the company, itself or through those it controls: `certain`, `possible`,
    `none`, or `hidden` where it may not be seen."""
    is_top: bool
    """Whether no owner of it is known."""
    is_in_scope: bool
    """Whether it may be seen; of another one only its place is told."""


@dataclass(slots=True)
class Owners:
    """Who owns a company, and what that is worked out of."""

    entity_id: str
    """The company; the one it was merged into, when it was."""
    name: str | None
    """Name of the company."""
    owner_count: int
    """Owners found, those that may not be seen included, at each company that they own."""
    hidden_count: int
    """How many of them may not be seen."""
    is_truncated: bool
    """Whether there may be more owners than depth and number of interests let us read."""
    owners: list[Owner]
    """The largest effective share first."""
    interests: list[Interest]
    """What is stated, the nearest first."""
    unknown: list[str]


WHOLE = Together(
    company=asked(entity, entity_id=Parameter("entity_id")),
    interests=asked(
        interests,
        entity_id=Parameter("entity_id"),
        valid_on=Parameter("valid_on"),
        known_at=Parameter("known_at"),
        depth=Parameter("depth"),
        limit=MOST_INTERESTS + 1,
    ),
)


async def owners(
    graph: ReadSession,
    *,
    entity_id: str,
    valid_on: date | None = None,
    known_at: datetime | None = None,
    depth: int = STEPS,
) -> Owners | None:
    """Who owns a company on a day, as known at a moment; None when there is no such company."""
    found = await WHOLE.ask(
        graph, entity_id=entity_id, valid_on=valid_on, known_at=known_at, depth=depth
    )
    if not found["company"]:
        return None
    return _owners(found["company"][0], found["interests"], depth)


def _owners(company: Entity, read: Sequence[Interest], depth: int) -> Owners:
    root, rows = company.entity_id, read[:MOST_INTERESTS]
    seen = [one for one in rows if one.owner_id]
    held = holdings(seen)
    shares = effective_shares(held, root)
    _add_indirect(shares, seen, root)
    teller = _Teller(held, root)
    told: dict[str, Owner] = {}
    for one in seen:
        if one.owner_id in shares and one.owner_id not in told:
            told[one.owner_id] = teller.owner(one, one.owner_id, shares[one.owner_id])
    hidden = [one.depth for one in rows for _ in range(one.hidden_count)]
    stubs = [_stub(number, at) for number, at in enumerate(hidden, start=1)]
    is_truncated = len(read) > MOST_INTERESTS or any(one.depth >= depth for one in seen)
    return Owners(
        entity_id=root,
        name=company.name,
        owner_count=len(told) + len(stubs),
        hidden_count=len(stubs),
        is_truncated=is_truncated,
        owners=[*sorted(told.values(), key=_largest), *stubs],
        interests=list(rows),
        unknown=_unknown(seen, held, root, len(stubs), is_truncated),
    )


class _Teller:
    """What is worked out once for all owners of a company."""

    def __init__(self, held: Holdings, root: str) -> None:
        self._held, self._root = held, root
        self._owned = {owned for _, owned in held}
        self._surely, self._maybe = (stakes(held, for_sure=sure) for sure in (True, False))

    def owner(self, one: Interest, id: str, share: Bounds) -> Owner:
        """One owner, by the first interest that tells of it."""
        surely, maybe = controlled(self._surely, id), controlled(self._maybe, id)
        direct = self._held.get((id, self._root))
        return Owner(
            owner_id=id,
            name=one.owner_name,
            jurisdiction=one.jurisdiction,
            depth=one.depth,
            direct_low=direct.share.low if direct else None,
            direct_high=direct.share.high if direct else None,
            share_low=round(share.low, DIGITS),
            share_high=round(share.high, DIGITS),
            votes_low=round(votes_in(self._surely, self._root, {id, *surely}), DIGITS),
            votes_high=round(votes_in(self._maybe, self._root, {id, *maybe}), DIGITS),
            control=_control(self._root in surely, self._root in maybe),
            is_top=id not in self._owned,
            is_in_scope=True,
        )


def _control(is_sure: bool, is_possible: bool) -> str:
    return "certain" if is_sure else "possible" if is_possible else "none"


def _add_indirect(shares: dict[str, Bounds], seen: Sequence[Interest], root: str) -> None:
    """What is said to be held through others may be in what was worked out, or beside it."""
    stated: dict[str, list[Interest]] = {}
    for one in seen:
        if one.owned_id == root and one.owner_id and one.directness == INDIRECT:
            stated.setdefault(one.owner_id, []).append(one)
    for owner, each in stated.items():
        told, _ = together(one for one in each if one.interest_type in SHARES)
        known = shares.get(owner, Bounds(0.0, 0.0))
        shares[owner] = Bounds(max(known.low, told.low), min(1.0, known.high + told.high))


def _stub(number: int, depth: int) -> Owner:
    return Owner(
        f"{STUB}{number}", None, None, depth, None, None, None, None, None, None, "hidden",
        is_top=False, is_in_scope=False,
    )  # fmt: skip


def _largest(one: Owner) -> tuple[float, float, int, str]:
    return -(one.share_low or 0.0), -(one.share_high or 0.0), one.depth, one.owner_id


def _unknown(
    seen: Sequence[Interest], held: Holdings, root: str, hidden: int, is_truncated: bool
) -> list[str]:
    if not seen and not hidden:
        return ["no source tells of an owner"]
    said = []
    direct = sum(one.share.low for (_, owned), one in held.items() if owned == root)
    if direct < NEARLY_ALL:
        said.append(f"{direct:.1%} of the company is told to be held; who holds the rest is not")
    sums: dict[str, float] = {}
    for (_, owned), one in held.items():
        sums[owned] = sums.get(owned, 0.0) + one.share.low
    over = sum(one > 2 - NEARLY_ALL for one in sums.values())
    if over:
        said.append(f"shares add up to more than all of {counted(over, 'company')}")
    disputed = sum(one.is_disputed for one in held.values())
    if disputed:
        said.append(f"sources contradict each other about {counted(disputed, 'holding')}")
    inexact = sum(one.share.low < one.share.high for one in held.values())
    if inexact:
        said.append(f"no exact share is told of {counted(inexact, 'holding')}")
    if held and not any(one.interest_type == VOTES for one in seen):
        said.append("no source tells of voting rights: votes are taken to follow shares")
    through = sum(one.directness == INDIRECT for one in seen)
    if through:
        said.append(f"{counted(through, 'interest')} said to be held through others: no step up")
    if hidden:
        said.append(f"{counted(hidden, 'owner')} out of scope: what is held through them is not in")
    if is_truncated:
        said.append("there may be more owners further up than were read")
    return said
