"""What is agreed: agreements with their items, clauses and commitments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from loaders.carrier.world.timeline import Timeline, turns_of


@dataclass(frozen=True, slots=True)
class Item:
    """One line of an agreement, with its own term; it governs services."""

    key: str
    agreement: str
    services: tuple[str, ...]
    offering: str
    begins: date
    ends: Timeline[date]
    """First day after the term, as it stands: renewal in place and corrections are steps."""
    notice_days: int
    auto_renew: bool
    renewal_months: int
    monthly_amount: Timeline[int]
    """Minor units."""
    currency: str
    early_termination_share: float
    credit_share: float
    """Share of the monthly amount credited for a month below target; 0 when credits are not
    granted."""
    renews: str
    """Key of the earlier item; empty when it renews none."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that gives somebody a right or a date."""

    key: str
    agreement: str
    kind: str
    """term, notice, auto_renewal, change_of_control, assignment, divestiture, parity, benchmark,
    tech_refresh, service_termination, indexation."""
    text: str
    span: str
    """Where it stands, like `section 14.2`."""
    confidence: float
    opens_on: date | None
    deadline_on: date | None
    notice_days: int
    consent_before: bool
    exempts_affiliates: bool
    threshold: int
    window_months: int
    exercised_on: date | None
    waived_on: date | None


@dataclass(frozen=True, slots=True)
class Commitment:
    """What a customer has promised to spend in a period."""

    key: str
    agreement: str
    kind: str
    """MARC or TRC."""
    amount: int
    currency: str
    begins: date
    ends: date
    payable_share: float
    steps: tuple[tuple[date, int], ...]
    """Stepped amounts; empty when it has one amount."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """A contract with one customer; its parts change with it."""

    key: str
    number: str
    entity: str
    """Key of the legal entity that signed."""
    party_name: Timeline[str]
    """The customer's name on the paper."""
    kind: str
    """master, order_form, amendment, framework."""
    status: Timeline[str]
    """in process, approved, terminated, rejected."""
    signed_on: date | None
    begins: date
    ends: Timeline[date]
    notice_days: int
    auto_renew: bool
    renewal_months: int
    notice_given_on: date | None
    decision: Timeline[str]
    """renew, renegotiate, let_roll, or empty while nobody has decided."""
    credit_claim_days: int
    separate_tender: bool
    supersedes: str
    items: tuple[Item, ...]
    clauses: tuple[Clause, ...]
    commitments: tuple[Commitment, ...]

    def turns(self) -> tuple[date, ...]:
        """The days on which a record of it changes."""
        items = [line for item in self.items for line in (item.ends, item.monthly_amount)]
        lines = (self.party_name, self.status, self.ends, self.decision, *items)
        begun = (item.begins for item in self.items)
        exercised = (clause.exercised_on for clause in self.clauses)
        return turns_of(lines, self.notice_given_on, self.signed_on, *begun, *exercised)
