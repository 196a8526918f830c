"""What is delivered: services, how they run, and what is complained of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from loaders.carrier.world.timeline import OPEN, Timeline, turns_of


@dataclass(frozen=True, slots=True)
class Outage:
    """Minutes without service on one day (UTC)."""

    day: date
    minutes: int
    planned: bool
    customer_caused: bool = False


@dataclass(frozen=True, slots=True)
class Health:
    """How a service runs: what telemetry measures day by day is worked out from this."""

    seed: int
    """Of the day-to-day noise; the noise is worked out, not drawn."""
    latency_ms: float
    loss_ppm: int
    load: Timeline[float]
    """Business-hours p95 of utilisation, 0 to 1."""
    season: tuple[float, ...]
    """Factor on the load by month of the year, January first; empty for none."""
    lost_minutes: Timeline[float]
    """Mean minutes a day that are lost beside outages: a step each month makes a trend."""
    outages: tuple[Outage, ...]
    coverage: Timeline[float]
    """Share of a day that is measured, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Service:
    """A product that a customer has and the service that makes it work, one to one."""

    key: str
    offering: str
    entity: str
    """Key of the legal entity that uses it."""
    site: str
    far_site: str
    """Key of the other end's site; empty when it ends in our own network."""
    circuit: str
    """Circuit id as engineers say it, like `LON-FRA-ETH-004512`."""
    bandwidth_mbps: Timeline[int]
    bandwidth_band: str
    access_kind: str
    """on_net or off_net."""
    access_supplier: str
    """Name of the carrier from which the access is rented; empty on net."""
    access_path: Timeline[str]
    """Code of the physical path; two services of one site with one code share it."""
    supplier_ends_on: date | None
    supplier_notice_days: int
    supplier_cost: int
    role: str
    """primary or backup."""
    diverse_from: str
    """Key of the service from which it is sold as diverse; empty when none."""
    route: Timeline[tuple[str, ...]]
    """Keys of the points of presence it runs through."""
    service_level: str
    """bronze, silver, gold."""
    target: float
    """Availability agreed, 0 to 1."""
    order: str
    """Key of the order that brought it; empty for what is older than the order system."""
    ordered_on: date
    activated_on: date
    accepted_on: date | None
    ceased_on: date
    """OPEN while it runs."""
    ceased_by: str
    """customer, carrier or empty."""
    operating_status: Timeline[str]
    """TMF638: running, degraded, failed, limited."""
    price: Timeline[int]
    """A month, net of discount, in minor units."""
    list_price: int
    currency: str
    item: Timeline[str]
    """Key of the agreement item that governs it; empty when none does."""
    billing_account: Timeline[str]
    """Key of the account on which it is billed; empty when it is not billed."""
    billed_from: date
    """First day billed; OPEN when it never is."""
    billed_to: date
    """First day billed no more; a later day than `ceased_on` is leakage against the customer."""
    bundle: str
    """Key of the service whose product bundles this one; empty when none does."""
    is_test: bool
    health: Health

    def state(self, day: date) -> str:
        """TMF638 state on a day."""
        if day >= self.ceased_on:
            return "terminated"
        return "active" if day >= self.activated_on else "designed"

    def turns(self) -> tuple[date, ...]:
        """The days on which a record of it changes."""
        lines = (self.bandwidth_mbps, self.access_path, self.route, self.operating_status)
        more = (self.price, self.item, self.billing_account)
        days = (self.activated_on, self.accepted_on, self.ceased_on)
        return turns_of((*lines, *more), *days)


@dataclass(frozen=True, slots=True)
class Ticket:
    """A fault, a planned work or a question about one service; moments are UTC."""

    key: str
    service: str
    entity: str
    subject: str
    text: str
    severity: int
    """1 is worst."""
    kind: str
    """fault, planned_work, request."""
    root_cause: str
    caused_by: str
    """carrier, supplier, customer, nobody (no fault found)."""
    incident: str
    """Key of the ticket that stands for the whole incident; empty when it stands alone."""
    status: Timeline[str]
    """TMF621: acknowledged, inProgress, pending, resolved, closed, cancelled."""
    opened_at: datetime
    resolved_at: datetime | None
    downtime_minutes: int
    timezone: str
    """Zone of the desk that took it."""

    def turns(self) -> tuple[date, ...]:
        """The days on which a record of it changes."""
        return turns_of((self.status,))


NEVER = OPEN
"""Reads better than OPEN where a day has not come."""
