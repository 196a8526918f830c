"""A line of the worklist: a disagreement with its proof, its money and how sure it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from graph.money import MINOR_DIGITS, major_units
from queries.money.base import Exchange, Money
from queries.reconciliation.difference import Difference
from queries.reconciliation.doubt import Sources
from queries.reconciliation.records import Evidence

_AMOUNT = re.compile(r"\b([A-Z]{3}) (-?\d+)\b")
MONTHS = 12


@dataclass(slots=True)
class Side:
    """What one system says, and from which record."""

    side: str
    """inventory, billing, contracts or registry."""
    says: str
    source_ids: list[str]
    """The system that says so; those that were searched when nothing is there."""
    record_type: str | None
    native_id: str | None
    file: str | None
    line: int | None
    known_from: str | None
    """When we first read the record's version, as ISO text."""
    as_of: date | None
    """Day that the system's last complete load speaks of; the oldest where several would say it."""
    age_days: int | None
    """Days from then to the day of the worklist."""


@dataclass(slots=True)
class Finding:
    """One line of the worklist."""

    finding_id: str
    """Kind and node ids: the same tomorrow, whatever the money and the days."""
    kind: str
    subject: str
    subject_id: str
    against_id: str | None
    name: str | None
    customer: str | None
    account_id: str | None
    account: str | None
    since_on: date | None
    monthly: bool
    money: Money
    """In all, or a month if `monthly`."""
    twelve_months: int
    """What is at stake in twelve months, in minor units of the base currency: for the order."""
    sides: list[Side]
    doubts: list[str]
    """Why it is not sure; empty when it is."""
    found_on: date
    """Day of the worklist that had it first."""
    change: str | None = field(default=None)
    """new or stays, against the worklist before; None when there is none before."""

    @property
    def is_sure(self) -> bool:
        """Whether every system that it rests on is fresh and complete."""
        return not self.doubts


def finding_of(
    one: Difference,
    *,
    evidence: Mapping[str, Evidence],
    sources: Sources,
    exchange: Exchange,
) -> Finding:
    """A difference as a line of the worklist."""
    sides, doubts = [], []
    for side, says, record in zip(one.sides, one.says, one.records, strict=True):
        proof = evidence.get(record)
        spoken = [proof.system] if proof else sources.speaking(side, one.account)
        sides.append(_side(side, says, spoken, proof, sources))
        doubts += [doubt for doubt in (sources.doubt(source, side) for source in spoken) if doubt]
        doubts += [] if spoken else [f"no source of {side} was ever loaded"]
    money = exchange.summed(one.amounts)
    return Finding(
        finding_id=":".join(part for part in (one.kind, one.subject_id, one.against_id) if part),
        kind=one.kind,
        subject=one.subject,
        subject_id=one.subject_id,
        against_id=one.against_id,
        name=one.name,
        customer=one.customer,
        account_id=one.account_id,
        account=one.account,
        since_on=one.since_on,
        monthly=one.monthly,
        money=money,
        twelve_months=money.amount * (MONTHS if one.monthly else 1),
        sides=sides,
        doubts=list(dict.fromkeys(doubts)),
        found_on=sources.on,
    )


def _side(
    side: str, says: str, spoken: list[str], proof: Evidence | None, sources: Sources
) -> Side:
    days = [day for day in map(sources.as_of, spoken) if day]
    as_of = min(days, default=None)
    return Side(
        side=side,
        says=_AMOUNT.sub(_in_major_units, says),
        source_ids=spoken,
        record_type=proof.record_type if proof else None,
        native_id=proof.native_id if proof else None,
        file=proof.file if proof else None,
        line=proof.line if proof else None,
        known_from=proof.known_from if proof else None,
        as_of=as_of,
        age_days=(sources.on - as_of).days if as_of else None,
    )


def told(amount: int, currency: str) -> str:
    """Money as people read it: `EUR 1,250.00`."""
    if currency not in MINOR_DIGITS:
        return f"{currency} {amount:,} (minor units)"
    whole, dot, rest = major_units(amount, currency).partition(".")
    return f"{currency} {int(whole):,}{dot}{rest}"


def _in_major_units(found: re.Match[str]) -> str:
    code, amount = found.groups()
    return told(int(amount), code) if code in MINOR_DIGITS else found.group()
