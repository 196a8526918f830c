"""What is due in a customer's contracts, and how far its commitments are met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from queries.account.commitments import Commitment
from queries.account.figure import Figure, Known
from queries.account.milestones import Milestone
from queries.money.base import Exchange

PAST = "out_of_contract"
"""The kind of milestone that lies behind: services that run on after their contract."""


@dataclass(slots=True)
class Promise:
    """One commitment and how far it is met."""

    commitment: Commitment
    """What was promised."""
    met: Figure
    """Share of the promised amount that was billed toward it, 0 to 1 and more."""
    elapsed: float
    """Share of the period that is over, 0 to 1."""


@dataclass(slots=True)
class Outlook:
    """What is due, the nearest first."""

    due: Figure
    """Dates within the horizon."""
    milestones: list[Milestone]
    """The dates ahead."""
    past: list[Milestone]
    """Services that run on after the end of their contract: the day of the end."""
    commitments: list[Promise]
    """What was promised for a period that the day lies in."""
    unknown: list[str]


def outlook(
    milestones: Sequence[Milestone],
    commitments: Sequence[Commitment],
    exchange: Exchange,
    known: Known,
) -> Outlook:
    """What is due in a customer's contracts, and how far its commitments are met."""
    is_known = "Agreement" in known.labels
    ahead = [one for one in milestones if one.kind != PAST]
    return Outlook(
        known.figure(
            len(ahead) if is_known else None, "dates", (one.source_id for one in milestones)
        ),
        ahead,
        [one for one in milestones if one.kind == PAST],
        [_promise(one, exchange, known) for one in commitments],
        [] if is_known else ["no source has told of any contract"],
    )


def _promise(one: Commitment, exchange: Exchange, known: Known) -> Promise:
    length = (one.period_to - one.period_from).days
    elapsed = min((known.day - one.period_from).days / length, 1.0) if length > 0 else 1.0
    promised = _promised(one)
    faults = [f"the {one.kind or 'commitment'} is no amount of money"] if promised is None else []
    share = None
    if promised and one.currency:
        asked = {str(code) for code, _ in one.counted}
        counted = exchange.summed(one.counted)
        if asked <= {one.currency}:
            share = counted.parts.get(one.currency, 0) / promised
        else:
            base = exchange.converted(promised, one.currency)
            share = counted.amount / base if base and counted.is_whole else None
            faults += [f"no rate for {code}, not counted" for code in counted.unconverted]
    if one.unsure:
        faults.append("for some charges no source says whether they count")
    return Promise(one, known.figure(share, "share", one.source_ids, *faults), elapsed)


def _promised(one: Commitment) -> int | None:
    """What is promised in the whole period; nothing for a promise of volume."""
    if one.amount is None or one.kind == "volume":
        return None
    months = 12 * (one.period_to.year - one.period_from.year)
    months += one.period_to.month - one.period_from.month
    return one.amount * max(months, 1) if one.kind == "MMRC" else one.amount
