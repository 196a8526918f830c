"""Which things of the world a system holds: by its kinds and its region."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from loaders.carrier.making.customers import LEADS
from loaders.carrier.observation import SystemSpec
from loaders.carrier.seeing.index import Index
from loaders.carrier.world.cluster import Carrier
from loaders.carrier.world.sales import Account

Thing = tuple[str, Any, date]
"""Key, thing, first day on which it exists."""

ALWAYS = date.min


def things(kind: str, spec: SystemSpec, found: Index) -> Iterable[Thing]:
    """What a system holds of a kind in a cluster, in a fixed order."""
    return _OF_CLUSTER[kind](spec, found) if kind in _OF_CLUSTER else ()


def shared_things(kind: str, spec: SystemSpec, carrier: Carrier) -> Iterable[Thing]:
    """What a system holds of a kind that is the same for all clusters."""
    regions = spec.region.split("+") if spec.region else None
    if kind in ("user", "seller"):
        return (
            (one.key, one, one.started_on)
            for one in carrier.sellers.values()
            if regions is None or one.sales_region in regions or one.role in LEADS
        )
    table: dict[str, Iterable[Any]] = {
        "pop": carrier.pops.values(),
        "offering": carrier.offerings.values(),
        "price_rule": carrier.price_rules,
        "price_index": carrier.price_indexes,
        "team": carrier.teams.values(),
        "territory": carrier.territories.values(),
        "target": carrier.targets,
    }
    if kind == "rate":
        return ((one.key, one, one.on) for one in carrier.rates)
    if kind == "coverage":
        return (
            (one.key, one, min(one.begins, week_before(one.begins))) for one in carrier.coverages
        )
    return ((one.key, one, ALWAYS) for one in table.get(kind, ()))


def week_before(begins: date) -> date:
    """The day on which coverage is planned: a week ahead."""
    return date.fromordinal(begins.toordinal() - 7)


def region_of(spec: SystemSpec) -> tuple[str, ...]:
    """The regions that a system sees; empty when it sees all."""
    return tuple(spec.region.split("+")) if spec.region else ()


def _entities(_: SystemSpec, found: Index) -> Iterator[Thing]:
    for one in found.cluster.entities.values():
        if one.lei and one.lei_issued_on is not None:
            yield one.key, one, one.lei_issued_on


def _parents(_: SystemSpec, found: Index) -> Iterator[Thing]:
    entities = found.cluster.entities
    for link in found.cluster.parents:
        reported = (link.consolidated or link.is_branch) and link.withdrawn_on is None
        child, parent = entities[link.child], entities[link.parent]
        if reported and child.lei and parent.lei and link.view == "legal":
            known = max(one for one in (child.lei_issued_on, parent.lei_issued_on) if one)
            yield link.key, link, max(link.begins, known)


def _happenings(_: SystemSpec, found: Index) -> Iterator[Thing]:
    """What the press tells; the register's own events are in the records of their entities."""
    for one in found.cluster.happenings:
        if "press" in one.learned:
            yield one.key, one, one.learned["press"]


def _accounts(spec: SystemSpec, found: Index) -> Iterator[Thing]:
    """The accounts of the system's regions with all accounts above them."""
    accounts, regions = found.cluster.accounts, region_of(spec)
    kept: set[str] = set()
    for one in accounts.values():
        if one.sales_region in regions:
            above: Account | None = one
            while above is not None and above.key not in kept:
                kept.add(above.key)
                above = accounts.get(above.parent)
    for one in accounts.values():
        if one.key in kept:
            yield one.key, one, one.opened_on


def _in_region(table: str, begins: str) -> Callable[[SystemSpec, Index], Iterator[Thing]]:
    def look(spec: SystemSpec, found: Index) -> Iterator[Thing]:
        accounts, regions = found.cluster.accounts, region_of(spec)
        rows = getattr(found.cluster, table)
        for one in rows.values() if hasattr(rows, "values") else rows:
            if accounts[one.account].sales_region in regions:
                yield one.key, one, getattr(one, begins)

    return look


def _interactions(spec: SystemSpec, found: Index) -> Iterator[Thing]:
    accounts, regions = found.cluster.accounts, region_of(spec)
    for one in found.cluster.interactions:
        if accounts[one.account].sales_region in regions:
            yield one.key, one, one.at.date()


def _billing(spec: SystemSpec, found: Index) -> Iterator[Thing]:
    for one in found.cluster.billing_accounts.values():
        if one.system == spec.name:
            yield one.key, one, one.opened_on


def _of_account(table: str, begins: str) -> Callable[[SystemSpec, Index], Iterator[Thing]]:
    def look(spec: SystemSpec, found: Index) -> Iterator[Thing]:
        held = found.cluster.billing_accounts
        for one in getattr(found.cluster, table):
            if held[one.account].system == spec.name:
                yield one.key, one, getattr(one, begins)

    return look


def _agreements(_: SystemSpec, found: Index) -> Iterator[Thing]:
    for one in found.cluster.agreements.values():
        yield one.key, one, one.signed_on or one.begins


def _quotes(_: SystemSpec, found: Index) -> Iterator[Thing]:
    return ((one.key, one, one.created_on) for one in found.cluster.quotes.values())


def _orders(_: SystemSpec, found: Index) -> Iterator[Thing]:
    return ((one.key, one, one.ordered_at.date()) for one in found.cluster.orders.values())


def _sites(spec: SystemSpec, found: Index) -> Iterator[Thing]:
    """The inventory knows the sites of companies that anybody knows; the network its own ends."""
    served = {service.site for service in found.cluster.services.values()}
    entities = found.cluster.entities
    for one in found.cluster.sites.values():
        if one.kind == "registered_office":
            continue
        if one.key in served:
            yield one.key, one, one.opened_on
        elif spec.name == "inventory":
            met = (entities[held.entity] for held in found.occupants[one.key])
            if any(entity.lei or entity.account.steps[-1][1] for entity in met):
                yield one.key, one, one.opened_on


def _services(spec: SystemSpec, found: Index) -> Iterator[Thing]:
    for one in found.cluster.services.values():
        if spec.name == "inventory" or one.access_kind:
            yield one.key, one, one.ordered_on


def _tenants(_: SystemSpec, found: Index) -> Iterator[Thing]:
    keys = dict.fromkeys(service.entity for service in found.cluster.services.values())
    for key in keys:
        entity = found.cluster.entities[key]
        yield key, entity, entity.created_on


def _tickets(_: SystemSpec, found: Index) -> Iterator[Thing]:
    return ((one.key, one, one.opened_at.date()) for one in found.cluster.tickets)


def _coverages(_: SystemSpec, found: Index) -> Iterator[Thing]:
    return ((one.key, one, week_before(one.begins)) for one in found.cluster.coverages)


_OF_CLUSTER: dict[str, Callable[[SystemSpec, Index], Iterable[Thing]]] = {
    "entity": _entities,
    "parent": _parents,
    "happening": _happenings,
    "account": _accounts,
    "opportunity": _in_region("opportunities", "created_on"),
    "interaction": _interactions,
    "billing_account": _billing,
    "bill": _of_account("bills", "issued_on"),
    "payment": _of_account("payments", "paid_on"),
    "dispute": _of_account("disputes", "opened_on"),
    "agreement": _agreements,
    "quote": _quotes,
    "order": _orders,
    "site": _sites,
    "service": _services,
    "tenant": _tenants,
    "ticket": _tickets,
    "coverage": _coverages,
}
