"""What a CRM of the carrier holds of accounts and opportunities on a day, before any format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from loaders.carrier.native import native_id
from loaders.carrier.observation import Seen
from loaders.carrier.referring import offering_id, site_id
from loaders.carrier.seeing.index import index
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.world.party import Address, Entity
from loaders.carrier.world.sales import Account, Opportunity

NUMBERED = "enterprise"
"""Segment of accounts that are one company; a global account is a family and bears no number."""


@dataclass(frozen=True, slots=True)
class AccountCard:
    """An account as its record has it, mistakes and all; '' where a field is empty."""

    name: str
    parent: str
    owner: str
    lei: str
    vat: str
    duns: str
    phone: str
    domain: str
    address: Address
    entity: Entity
    is_closed: bool


def account_card(system: str, seen: Seen, cluster: Cluster) -> AccountCard:
    """An account with the company at its root."""
    account: Account = seen.thing
    entity = cluster.entities[account.root]
    parent = native_id(system, "account", account.parent) if account.parent else ""
    numbers = {"lei": "", "vat": "", "duns": ""}
    if account.segment == NUMBERED:
        issued = entity.lei_issued_on is not None and entity.lei_issued_on <= seen.on
        true = {"lei": entity.lei if issued else "", "vat": entity.vat, "duns": entity.duns}
        numbers = {name: seen.get(name, true[name]) or "" for name in numbers}
    return AccountCard(
        name=seen.get("name", account.name.at(seen.on)),
        parent=seen.get("parent", parent) or "",
        owner=native_id(system, "user", account.owner.at(seen.on)),
        phone=seen.get("phone", entity.phone) or "",
        domain=seen.get("domain", entity.domain) or "",
        address=seen.get("address", entity.headquarters.at(seen.on)),
        entity=entity,
        is_closed=account.closed_on <= seen.on,
        **numbers,
    )


@dataclass(frozen=True, slots=True)
class Concerned:
    """What an opportunity is about, by the ids of inventory, contracts and catalogue."""

    site: str
    items: str
    offerings: str


def concerned(opportunity: Opportunity, cluster: Cluster) -> Concerned:
    """The ids of its site, of the items that it is to renew and of its offerings."""
    agreements = index(cluster).agreements
    items = [
        "/".join(
            (
                native_id("contracts", "agreement", agreements[key].key),
                native_id("contracts", "item", key),
            )
        )
        for key in opportunity.items
    ]
    offerings = [offering_id(key) for key in opportunity.offerings]
    site = site_id(opportunity.site) if opportunity.site else ""
    return Concerned(site, " ".join(items), " ".join(offerings))


def decided(opportunity: Opportunity, day: date) -> date | None:
    """The day on which it was won or lost, if it was by a day."""
    if opportunity.stage.at(day) in ("won", "lost"):
        return opportunity.stage.since(day)
    return None
