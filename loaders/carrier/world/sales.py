"""Who sells what to whom: teams, sellers, accounts, opportunities, quotes, orders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from loaders.carrier.world.timeline import OPEN, Timeline, turns_of


@dataclass(frozen=True, slots=True)
class Territory:
    """A part of the market: countries of one region, and a segment."""

    key: str
    name: str
    sales_region: str
    countries: tuple[str, ...]
    segment: str
    """global, enterprise."""
    started_on: date

    def turns(self) -> tuple[date, ...]:
        """It never changes."""
        return ()


@dataclass(frozen=True, slots=True)
class Team:
    """A team of sellers."""

    key: str
    name: str
    role: str
    """sales, specialist, service, billing."""
    sales_region: str
    email: str
    started_on: date

    def turns(self) -> tuple[date, ...]:
        """It never changes."""
        return ()


@dataclass(frozen=True, slots=True)
class Seller:
    """A person who sells for the carrier; invented."""

    key: str
    name: str
    email: str
    role: str
    """seller, team_lead, region_lead, specialist, service_manager."""
    sales_region: str
    team: Timeline[str]
    started_on: date
    left_on: date

    def turns(self) -> tuple[date, ...]:
        """The days on which a record of it changes."""
        return turns_of((self.team,), self.left_on)


@dataclass(frozen=True, slots=True)
class Coverage:
    """A seller who answers for an account, an entity or a territory for a while."""

    key: str
    seller: str
    covers: str
    """account, entity or territory."""
    covered: str
    """Key of it."""
    role: str
    """account owner, local owner, specialist."""
    share: float
    begins: date
    ends: date = OPEN

    def turns(self) -> tuple[date, ...]:
        """The days on which a record of it changes."""
        return turns_of((), self.begins, self.ends)


@dataclass(frozen=True, slots=True)
class Target:
    """What a seller is to sell in a quarter."""

    key: str
    seller: str
    quarter: date
    amount: int
    currency: str

    def turns(self) -> tuple[date, ...]:
        """It never changes."""
        return ()


@dataclass(frozen=True, slots=True)
class Account:
    """A family, or a region of it, that the carrier sells to as one."""

    key: str
    name: Timeline[str]
    root: str
    """Key of the entity at its top."""
    parent: str
    """Key of the account above; empty for a global account."""
    tier: str
    """platinum, gold, silver."""
    segment: str
    sales_region: str
    """Region of the CRM that masters it."""
    owner: Timeline[str]
    """Key of the seller."""
    opened_on: date
    closed_on: date = OPEN

    def turns(self) -> tuple[date, ...]:
        """The days on which a record of it changes."""
        return turns_of((self.name, self.owner), self.closed_on)


@dataclass(frozen=True, slots=True)
class Opportunity:
    """Something that we try to sell."""

    key: str
    name: str
    account: str
    entity: str
    kind: str
    """new, upgrade, renewal, co_termination."""
    stage: Timeline[str]
    """prospecting, qualification, proposal, negotiation, won, lost."""
    probability: Timeline[float]
    amount: int
    """A year, in minor units."""
    currency: str
    close_on: Timeline[date]
    created_on: date
    owner: str
    site: str
    items: tuple[str, ...]
    """Keys of the agreement items it is to renew."""
    offerings: tuple[str, ...]
    competitor: str
    competitor_ends_on: date | None
    lost_reason: str

    def turns(self) -> tuple[date, ...]:
        """The days on which a record of it changes."""
        return turns_of((self.stage, self.probability, self.close_on))


@dataclass(frozen=True, slots=True)
class QuoteItem:
    """One line of a quote."""

    key: str
    action: str
    """add, modify, noChange."""
    offering: str
    site: str
    service: str
    bandwidth_mbps: int
    price: int
    list_price: int
    discount: float
    promised_on: date | None
    exception_approved_on: date | None


@dataclass(frozen=True, slots=True)
class Quote:
    """An offer at a price; versions share the number."""

    key: str
    number: str
    version: int
    opportunity: str
    entity: str
    party_name: str
    state: Timeline[str]
    """TMF648: pending, inProgress, approved, accepted, rejected, cancelled."""
    created_on: date
    valid_to: Timeline[date]
    currency: str
    seller: str
    approver: str
    """Name of whom it waits for; empty when for nobody."""
    requested_at: datetime | None
    approved_at: datetime | None
    items: tuple[QuoteItem, ...]

    def turns(self) -> tuple[date, ...]:
        """The days on which a record of it changes."""
        return turns_of((self.state, self.valid_to))


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage that an order reached, and what blocked it there."""

    name: str
    """acknowledged, design, access_ordered, build, test, handover, completed, cancelled."""
    at: datetime
    blocker: str
    """supplier_delay, customer_not_ready, permit, capacity, credit_hold, or empty."""


@dataclass(frozen=True, slots=True)
class Order:
    """An order that acts on one service."""

    key: str
    number: str
    quote: str
    opportunity: str
    entity: str
    service: str
    """Key of the service that it brings, changes or ends."""
    action: str
    """add, modify, move, delete."""
    replaces: str
    """Key of the service that goes when it is done; empty when none."""
    site: str
    status: Timeline[str]
    """TMF622: acknowledged, inProgress, held, completed, cancelled."""
    ordered_at: datetime
    committed_on: Timeline[date]
    completed_at: datetime | None
    stages: tuple[Stage, ...]
    monthly_amount: int
    currency: str

    def turns(self) -> tuple[date, ...]:
        """The days on which a record of it changes."""
        stages = (stage.at.date() for stage in self.stages)
        return turns_of((self.status, self.committed_on), *stages)


@dataclass(frozen=True, slots=True)
class Interaction:
    """A call, a visit, a letter."""

    key: str
    account: str
    entity: str
    kind: str
    at: datetime

    def turns(self) -> tuple[date, ...]:
        """It never changes."""
        return ()
