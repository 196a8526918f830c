"""What is charged and paid; amounts are minor units of an ISO 4217 currency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from loaders.carrier.world.timeline import OPEN, Timeline, turns_of


@dataclass(frozen=True, slots=True)
class BillingAccount:
    """An account that bills are written on."""

    key: str
    number: str
    entity: str
    """Key of the legal entity that is billed."""
    system: str
    """Name of the one billing system that keeps it, like billing_emea."""
    party_name: Timeline[str]
    """The name on the bills."""
    currency: str
    cycle_day: int
    """Day of the month on which bills are issued."""
    payment_days: int
    credit_limit: int
    opened_on: date
    closed_on: date
    commitments: tuple[str, ...]
    """Keys of the commitments toward which it counts."""
    unapplied: Timeline[int]
    """Paid on account, not yet set against a bill."""
    payment_plan_on: date | None
    parent: str
    """Key of the account that pays for it; empty when it pays itself."""

    def turns(self) -> tuple[date, ...]:
        """The days on which a record of it changes."""
        return turns_of((self.party_name, self.unapplied), self.closed_on, self.payment_plan_on)


@dataclass(frozen=True, slots=True)
class Charge:
    """One line of a bill, without tax."""

    key: str
    service: str
    """Key of the service; empty on account-level lines."""
    kind: str
    """recurring, usage, overage, one_off, credit."""
    amount: int
    """Negative on a credit."""
    begins: date
    ends: date
    text: str
    reason: str
    """Of a credit: service_level, dispute, goodwill; else empty."""
    contributory: bool | None
    """Whether it counts toward a commitment; None when the system does not say."""
    discount: int
    """Taken off the list amount."""
    discount_ends_on: date | None


@dataclass(frozen=True, slots=True)
class Bill:
    """One bill with its lines."""

    key: str
    number: str
    account: str
    begins: date
    ends: date
    """The period billed, half-open."""
    issued_on: date
    due_on: date
    amount: int
    """With tax."""
    tax: int
    currency: str
    remaining: Timeline[int]
    """What is still to be paid; first step on the day of issue."""
    settled_on: date
    """OPEN while something remains."""
    charges: tuple[Charge, ...]

    def state(self, day: date) -> str:
        """TMF678 v5 state on a day: new, sent, partiallyPaid, settled."""
        if day >= self.settled_on:
            return "settled"
        if day < self.issued_on:
            return "new"
        return "sent" if self.remaining.at(day) == self.amount else "partiallyPaid"

    def turns(self) -> tuple[date, ...]:
        """The days on which a record of it changes."""
        return turns_of((self.remaining,), self.settled_on)


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came in."""

    key: str
    account: str
    bill: str
    """Key of the bill; empty when paid on account."""
    amount: int
    currency: str
    paid_on: date
    method: str

    def turns(self) -> tuple[date, ...]:
        """It never changes."""
        return ()


@dataclass(frozen=True, slots=True)
class Dispute:
    """An amount that the customer does not accept."""

    key: str
    bill: str
    account: str
    charge: str
    amount: int
    currency: str
    reason: str
    opened_on: date
    closed_on: date = OPEN
    outcome: str = ""
    """accepted (credited), rejected, or empty while it is open."""

    def turns(self) -> tuple[date, ...]:
        """The days on which a record of it changes."""
        return turns_of((), self.closed_on)
