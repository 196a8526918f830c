"""Interests of one company in another, stated alike whichever register tells of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from graph.facts.claims import Claims, Ref

UNKNOWN_INTEREST = "unknownInterest"
"""BODS's word for an interest of which the source does not say what it is."""
_BEST_FIRST = ("shareholding", "votingRights", "appointmentOfBoard")


@dataclass(frozen=True, slots=True)
class Share:
    """How much is held, 0 to 1: exactly, or between two bounds."""

    exact: float | None = None
    low: float | None = None
    high: float | None = None
    more_than_low: bool = False
    """Whether the lower bound itself is excluded."""

    @property
    def least(self) -> float | None:
        """What is held at the least."""
        return self.low if self.exact is None else self.exact

    @property
    def is_majority(self) -> bool:
        """Whether it is certain that more than half is held."""
        if self.least is None:
            return False
        return self.least > 0.5 or (self.least == 0.5 and self.exact is None and self.more_than_low)


@dataclass(frozen=True, slots=True)
class Interest:
    """One interest, and while it is held."""

    type: str
    """BODS's interestType."""
    directness: str
    basis: str
    qualifier: str
    """Tells it apart from the other interests of the same two companies."""
    share: Share = Share()
    appoints_majority: bool = False
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def makes_parent(self) -> bool:
        """Whether its holder is a parent; never where the source says that others stand between."""
        if self.directness == "indirect" or self.type not in _BEST_FIRST:
            return False
        return self.share.is_majority or self.appoints_majority


def state_interests(claims: Claims, owner: Ref, owned: Ref, interests: Iterable[Interest]) -> None:
    """State each interest as OWNS, and the best majority of each period as a legal parent."""
    parents: dict[tuple[date | None, date | None], Interest] = {}
    for interest in interests:
        claims.fact(
            "OWNS",
            owner,
            owned,
            valid_from=interest.valid_from,
            valid_to=interest.valid_to,
            qualifier=interest.qualifier,
            share=interest.share.exact,
            share_low=interest.share.low,
            share_high=interest.share.high,
            interest_type=interest.type,
            directness=interest.directness,
            basis=interest.basis,
        )
        if interest.makes_parent:
            period = (interest.valid_from, interest.valid_to)
            parents[period] = min(parents.get(period, interest), interest, key=_rank)
    for parent in parents.values():
        claims.fact(
            "PARENT_IN",
            owned,
            owner,
            valid_from=parent.valid_from,
            valid_to=parent.valid_to,
            qualifier=f"legal:{parent.qualifier}",
            view="legal",
            basis="ownership",
            share=parent.share.least,
        )


def _rank(interest: Interest) -> tuple[int, str]:
    return _BEST_FIRST.index(interest.type), interest.qualifier
