"""What records of the inventory, the network, the desk, orders and territories say."""

from __future__ import annotations

from datetime import UTC, datetime

from loaders.carrier.check.saying import Saying
from loaders.carrier.native import native_id
from loaders.carrier.observation import Seen
from loaders.carrier.referring import CRMS, company, offering_id, product_id, service_id, site_id
from loaders.carrier.seeing.index import index
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.world.place import Pop, Site
from loaders.carrier.world.sales import Coverage, Order, Quote, Seller, Team, Territory
from loaders.carrier.world.service import Service, Ticket
from loaders.carrier.world.timeline import OPEN

PRODUCT_STATES = {"designed": "pendingActive", "active": "active", "terminated": "terminated"}


def site(seen: Seen, cluster: Cluster) -> list[Saying]:
    """A site of the inventory, and who was there from when to when."""
    thing: Site = seen.thing
    here = f"inventory:site:{seen.native_id}"
    saying = Saying("geographic_site", seen.native_id)
    saying.value(
        "Site",
        here,
        name=thing.name,
        city=thing.address.city,
        country=thing.address.country,
        tier=str(thing.tier),
        opened_on=thing.opened_on,
        closed_on=thing.closed_on if thing.closed_on <= seen.on else None,
        on_net=thing.on_net_since <= seen.on,
    )
    there = {}
    for one in index(cluster).occupants.get(thing.key, ()):
        known = company(cluster.entities[one.entity], cluster, seen.on)
        if known and one.begins <= seen.on:
            there[known] = one
    for known, one in there.items():
        ends = one.ends if one.ends <= seen.on else None
        saying.fact("OCCUPIES", known, here, valid_from=one.begins, valid_to=ends)
    return [saying]


def service(seen: Seen) -> list[Saying]:
    """A service of the inventory and the product that it realizes; a service's twin has none."""
    thing: Service = seen.thing
    running = f"inventory:service:{seen.native_id}"
    begun = thing.activated_on if thing.activated_on <= seen.on else None
    ended = thing.ceased_on if thing.ceased_on <= seen.on else None
    saying = Saying("service", seen.native_id)
    saying.value(
        "Service",
        running,
        name=thing.circuit,
        state=thing.state(seen.on),
        operating_status=thing.operating_status.at(seen.on),
        activated_on=begun,
        ceased_on=ended,
        bandwidth_mbps=float(thing.bandwidth_mbps.at(seen.on)),
        access_path=thing.access_path.at(seen.on),
        role=thing.role,
    )
    for key in dict.fromkeys((thing.site, thing.far_site)):
        if key:
            there = f"inventory:site:{site_id(key)}"
            saying.fact("DELIVERED_AT", running, there, valid_from=begun)
    if thing.diverse_from:
        other = f"inventory:service:{service_id(thing.diverse_from)}"
        saying.fact("DIVERSE_FROM", running, other)
    if seen.native_id != service_id(thing.key):
        return [saying]
    had = Saying("product", product_id(thing.key))
    product = f"inventory:product:{had.native_id}"
    had.value(
        "Product",
        product,
        status=PRODUCT_STATES[thing.state(seen.on)],
        starts_on=begun,
        terminates_on=ended,
        price=thing.price.at(seen.on),
        currency=thing.currency,
        service_level=thing.service_level,
    )
    had.link("OF_OFFERING", product, f"catalogue:offering:{offering_id(thing.offering)}")
    had.fact("REALIZED_BY", product, running, valid_from=begun)
    return [saying, had]


def pop(seen: Seen) -> list[Saying]:
    """A point of presence of the network itself."""
    thing: Pop = seen.thing
    saying = Saying("site", seen.native_id)
    here, status = f"network:pop:{seen.native_id}", thing.operating_status.at(seen.on)
    saying.value("PointOfPresence", here, name=thing.name, operating_status=status)
    return [saying]


def network_site(seen: Seen, cluster: Cluster) -> list[Saying]:
    """A site of the network, and the tenant that is there now."""
    thing: Site = seen.thing
    saying, found = Saying("site", seen.native_id), index(cluster)
    occupant = found.occupant(thing.key, seen.on)
    if occupant in found.buyers and thing.closed_on > seen.on:
        tenant = f"network:tenant:{native_id('network', 'tenant', occupant)}"
        saying.fact("OCCUPIES", tenant, f"inventory:site:{site_id(thing.key)}")
    return [saying]


def circuit(seen: Seen) -> list[Saying]:
    """A circuit with the points of presence on its way, and its two ends."""
    thing: Service = seen.thing
    running = f"inventory:service:{service_id(thing.key)}"
    saying = Saying("circuit", seen.native_id)
    route = [f"network:pop:{native_id('network', 'pop', one)}" for one in thing.route.at(seen.on)]
    begun = thing.activated_on if thing.activated_on <= seen.on else None
    for pop in route:
        saying.fact("ROUTED_VIA", running, pop, valid_from=begun)
    ends = [(f"inventory:site:{site_id(key)}", "DELIVERED_AT")
            for key in (thing.site, thing.far_site) if key]  # fmt: skip
    if not thing.far_site and route:
        ends.append((route[0], "ROUTED_VIA"))
    told = [saying]
    for place, (there, kind) in enumerate(ends[:2]):
        end = Saying("circuit_termination", str(int(seen.native_id) * 10 + place))
        end.fact(kind, running, there)
        told.append(end)
    return told


def ticket(seen: Seen) -> list[Saying]:
    """A ticket of the desk, or a planned work of the network."""
    thing: Ticket = seen.thing
    planned = thing.kind == "planned_work"
    saying = Saying("trouble_ticket" if planned else "ticket", seen.native_id)
    if thing.service:
        suffers = f"inventory:service:{service_id(thing.service)}"
        saying.link("AFFECTS", f"tickets:ticket:{seen.native_id}", suffers)
    over = thing.resolved_at is not None and thing.resolved_at.date() <= seen.on
    solved = thing.status.at(seen.on) in ("resolved", "closed")
    saying.value(
        "TroubleTicket",
        f"tickets:ticket:{seen.native_id}",
        status=thing.status.at(seen.on),
        severity=str(thing.severity),
        root_cause=thing.root_cause,
        caused_by=thing.caused_by,
        planned=planned,
        downtime_minutes=thing.downtime_minutes if over else None,
        opened_at=_in_utc(seen.get("opened_at", thing.opened_at)),
        resolved_at=thing.resolved_at if over and solved else None,
    )
    return [saying]


def _in_utc(moment: datetime) -> datetime:
    """A moment as it can be read: one that forgot to say its zone counts as UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def order(seen: Seen) -> list[Saying]:
    """An order and how far it is."""
    thing: Order = seen.thing
    saying = Saying("product_order", seen.native_id)
    named = f"orders:order:{seen.native_id}"
    saying.value("Order", named, status=thing.status.at(seen.on))
    saying.link("DELIVERS", named, f"inventory:service:{service_id(thing.service)}")
    if thing.replaces:
        saying.link("REPLACES", named, f"inventory:service:{service_id(thing.replaces)}")
    return [saying]


def quote(seen: Seen) -> list[Saying]:
    """An offer and how far it is."""
    thing: Quote = seen.thing
    saying = Saying("quote", seen.native_id)
    named = f"orders:quote:{seen.native_id}"
    saying.value("Quote", named, state=thing.state.at(seen.on), currency=thing.currency)
    return [saying]


def territory(seen: Seen, cluster: Cluster | None) -> list[Saying]:
    """A team, a seller, a territory, or who covers what."""
    thing = seen.thing
    if isinstance(thing, Coverage):
        return [_coverage(seen, thing, cluster)]
    named = f"territories:{seen.kind}:{seen.native_id}"
    saying = Saying(seen.kind, seen.native_id)
    if isinstance(thing, Seller):
        since = saying.changed_on = thing.team.since(seen.on)
        saying.value("Seller", named, name=thing.name, role=thing.role, region=thing.sales_region)
        team = f"territories:team:{native_id('territories', 'team', thing.team.at(seen.on))}"
        ends = None if thing.left_on == OPEN else thing.left_on
        if ends is None or since < ends:
            saying.fact("MEMBER_OF", named, team, valid_from=since, valid_to=ends)
    elif isinstance(thing, Team | Territory):
        label = "Team" if isinstance(thing, Team) else "Territory"
        saying.value(label, named, name=thing.name, region=thing.sales_region)
    return [saying]


def _coverage(seen: Seen, thing: Coverage, cluster: Cluster | None) -> Saying:
    covered = f"territories:territory:{native_id('territories', 'territory', thing.covered)}"
    if thing.covers == "account" and cluster is not None:
        account = cluster.accounts[thing.covered]
        system = CRMS[account.sales_region]
        kind = "account" if account.parent else "top_account"
        covered = f"{system}:{kind}:{native_id(system, 'account', thing.covered)}"
    elif thing.covers == "entity" and cluster is not None:
        covered = f"lei:{cluster.entities[thing.covered].lei}"
    seller = native_id("territories", "seller", seen.get("seller", thing.seller))
    ends = thing.ends if thing.ends <= seen.on else None
    saying = Saying("coverage", seen.native_id)
    saying.fact(
        "COVERS",
        f"territories:seller:{seller}",
        covered,
        tag=thing.role,
        valid_from=thing.begins,
        valid_to=ends,
    )
    return saying
