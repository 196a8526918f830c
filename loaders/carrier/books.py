"""What a billing system of the carrier holds of accounts and bills on a day, before any format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loaders.carrier.native import native_id
from loaders.carrier.observation import Seen
from loaders.carrier.referring import product_id, service_id
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.world.money import Bill, BillingAccount, Charge
from loaders.carrier.world.party import Address, Entity
from loaders.carrier.world.timeline import OPEN

TAX_NUMBERS = {
    "AU": "abn",
    "BR": "cnpj",
    "CA": "bn",
    "IN": "gstin",
    "JP": "jcn",
    "MX": "rfc",
    "SG": "uen",
}
"""Country -> the tax number on its bills, as an identifier's scheme."""
NUMBERED_BY_REGISTER = ("BR", "JP", "SG")
"""Countries in which the register's number is the tax number."""


@dataclass(frozen=True, slots=True)
class Holder:
    """The customer of an account, as the billing system knows it."""

    number: str
    """Its customer number; empty on an orphan."""
    entity: Entity
    name: str
    tax_type: str
    tax_id: str
    duns: str
    address: Address


@dataclass(frozen=True, slots=True)
class Line:
    """A charge as it stands on the bill."""

    native_id: str
    product: str
    service: str
    charge: Charge
    first_day: date
    last_day: date


def holder(system: str, seen: Seen, cluster: Cluster) -> Holder:
    """Who is billed on an account: names and numbers with the mistakes of its record."""
    account: BillingAccount = seen.thing
    entity = cluster.entities[account.entity]
    known = seen.get("entity", account.entity)
    tax_type, tax_id = "vat", entity.vat
    if not tax_id and entity.country in NUMBERED_BY_REGISTER:
        tax_type, tax_id = TAX_NUMBERS[entity.country], entity.number
    return Holder(
        number=native_id(system, "entity", known) if known else "",
        entity=entity,
        name=seen.get("name", account.party_name.at(seen.on)) or "",
        tax_type=tax_type,
        tax_id=seen.get("vat", tax_id) or "",
        duns=seen.get("duns", entity.duns) or "",
        address=seen.get("address", entity.headquarters.at(seen.on)),
    )


def state(account: BillingAccount, day: date) -> tuple[str, date]:
    """Whether an account is Active or Closed on a day, and since when."""
    is_closed = account.closed_on <= day
    return ("Closed", account.closed_on) if is_closed else ("Active", account.opened_on)


def lines(bill: Bill, native: str) -> Iterator[Line]:
    """The lines of a bill, numbered in their order; a line of one day ends on it."""
    for place, charge in enumerate(bill.charges, start=1):
        last = date.fromordinal(max(charge.ends.toordinal() - 1, charge.begins.toordinal()))
        yield Line(
            native_id=f"{native}-{place:04d}",
            product=product_id(charge.service) if charge.service else "",
            service=service_id(charge.service) if charge.service else "",
            charge=charge,
            first_day=charge.begins,
            last_day=last,
        )


def settled(bill: Bill, day: date) -> date | None:
    """The day on which a bill was paid, if it was by a day."""
    return bill.settled_on if bill.settled_on <= day else None


def ended(end: date, day: date) -> date | None:
    """An end that a system knows on a day; None before it and while there is none."""
    return end if end != OPEN and end <= day else None
