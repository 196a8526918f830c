"""How one system of the carrier writes what another one names (`loaders/references.py`)."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.money import major_units
from loaders.carrier.native import native_id
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.world.money import BillingAccount
from loaders.carrier.world.party import Entity

CRMS = {"americas": "crm_americas", "emea": "crm_emea", "apac": "crm_emea"}
"""The CRM that masters the accounts of a region, and so names them."""


def service_id(key: str) -> str:
    """The inventory's id of a service."""
    return native_id("inventory", "service", key)


def product_id(key: str) -> str:
    """The inventory's id of the product that a service realizes."""
    return native_id("inventory", "product", key)


def site_id(key: str) -> str:
    """The inventory's id of a site."""
    return native_id("inventory", "site", key)


def offering_id(key: str) -> str:
    """The catalogue's id of an offering."""
    return native_id("catalogue", "offering", key)


def of_crm(kind: str, account: str, cluster: Cluster, key: str = "") -> str:
    """What the CRM of an account's region names: its company, its customer, an opportunity."""
    system = CRMS[cluster.accounts[account].sales_region]
    numbered = (
        native_id(system, "opportunity", key) if key else native_id(system, "account", account)
    )
    return f"{system}:{kind}:{numbered}"


def company(entity: Entity, cluster: Cluster, day: date) -> str:
    """A company by its account in a CRM, else by its LEI or register; empty when it has none."""
    account = entity.account.at(day)
    if account:
        return of_crm("account", account, cluster)
    if entity.lei and entity.lei_issued_on is not None and entity.lei_issued_on <= day:
        return f"lei:{entity.lei}"
    return f"registry:{entity.register}:{entity.number}" if entity.number else ""


def billed(account: BillingAccount) -> str:
    """A billing account by the system that keeps it."""
    numbered = native_id(account.system, "billing_account", account.key)
    return f"{account.system}:billing_account:{numbered}"


def money(amount: int, currency: str) -> dict[str, Any]:
    """An amount as TM Forum's Money."""
    return {"unit": currency, "value": float(major_units(amount, currency))}


def period(begins: date | None, ends: date | None) -> dict[str, str]:
    """Days as TM Forum's TimePeriod, without an end that is open."""
    given = {"startDateTime": begins, "endDateTime": ends}
    return {name: str(day) for name, day in given.items() if day and day.year < 9999}


def known(values: dict[str, Any]) -> dict[str, Any]:
    """The fields that say something."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def by(day: date, on: date) -> str | None:
    """A day that has come by another; None when it has not."""
    return str(day) if day <= on else None
