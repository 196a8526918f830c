"""What NetBox's objects say in the model's words."""

from __future__ import annotations

from typing import NamedTuple

from graph.errors import RecordRejected
from graph.facts.claims import Claims, Ref, ref
from loaders.dates import day
from loaders.identifiers import is_junk
from loaders.netbox import places
from loaders.netbox.shapes import Reading
from loaders.references import home


class Life(NamedTuple):
    """A circuit's status as the states of its service (TMF638) and of its product (TMF637)."""

    service: str
    product: str


CIRCUIT_STATUSES = {
    "planned": Life("designed", "created"),
    "provisioning": Life("reserved", "pendingActive"),
    "active": Life("active", "active"),
    "offline": Life("inactive", "suspended"),
    "deprovisioning": Life("inactive", "pendingTerminate"),
    "decommissioned": Life("terminated", "terminated"),
}


def region(read: Reading) -> Claims:
    """A region and the larger one around it."""
    claims = _begin(read)
    read.ignore("lft", "rght", "tree_id", "level")  # the tree again, as Django walks it
    code, name = read.custom("iso2").get("iso2"), read.need("name")
    here = claims.node("Region", read.reference("region"), code=read.slug, name=name)
    if code:
        country = claims.node("Country", f"country:{code}", code=code, name=name)
        claims.link("IN_REGION", country, here)
    parent = read.key("parent")
    if parent:
        claims.link("PART_OF", here, ref("Region", read.reference("region", parent)))
    return read.report(claims)


def tenant(read: Reading) -> Claims:
    """A company in the role of customer."""
    claims = _begin(read)
    read.ignore("group")  # a label like "Customers", no company
    custom = read.custom("cust_id", "account")
    known = custom.get("account")  # the CRM's company, by its whole reference
    entity = _named(read, claims, ref("LegalEntity", known or read.reference("tenant")))
    if known:
        mine = read.ref("LegalEntity", "tenant", read.native_id)
        claims.same.append((entity, mine, "the tenant names its account"))
    else:
        customer = claims.node("Customer", read.reference("customer"))
        claims.fact("PLAYS", entity, customer)
    number = str(custom.get("cust_id") or "")
    if number and not is_junk(number):
        claims.identifier(entity, "customer_number", number, issuer=read.system)
    return read.report(claims)


def provider(read: Reading) -> Claims:
    """A company that circuits are bought from."""
    claims = _begin(read)
    read.ignore("account", "accounts", "asn", "asns", "portal_url")
    read.custom()
    _named(read, claims, ref("LegalEntity", read.reference("provider")))
    return read.report(claims)


def circuit_type(read: Reading) -> Claims:
    """A kind of circuit, as what can be had."""
    claims = _begin(read)
    read.ignore("color")
    read.custom()
    claims.node("ProductOffering", read.reference("circuit_type"), name=read.need("name"))
    return read.report(claims)


def circuit(read: Reading) -> Claims:
    """A circuit: the service that runs, and the product that is had by it."""
    claims = _begin(read)
    read.ignore("termination_a", "termination_z")  # the terminations say where it ends
    read.ignore("provider", "provider_account", "provider_network")  # the model has no supplier
    read.ignore("tenant")  # the model reaches a service by agreements and sites
    read.ignore("assignments", "distance", "distance_unit")
    custom = read.custom("inventory_service", "access_path", "route")
    known = custom.get("inventory_service")
    life = CIRCUIT_STATUSES[places.status(read, CIRCUIT_STATUSES)]
    installed = day(read.text("install_date"), field="install_date")
    ended = day(read.text("termination_date"), field="termination_date")
    running = claims.node(
        "Service",
        home("service", known) if known else read.reference("circuit"),
        name=read.need("cid"),
        state=life.service,
        activated_on=installed,
        ceased_on=ended,
        bandwidth_mbps=read.kbps("commit_rate"),
        access_path=custom.get("access_path"),
    )
    for pop in custom.get("route") or []:
        through = read.ref("PointOfPresence", "pop", pop)
        claims.fact("ROUTED_VIA", running, through, valid_from=installed)
    kind = read.key("type")
    if known:  # its inventory says which product it realizes
        return read.report(claims)
    had = claims.node(
        "Product",
        read.reference("product"),
        status=life.product,
        starts_on=installed,
        terminates_on=ended,
    )
    claims.fact("REALIZED_BY", had, running, valid_from=installed)
    if kind:
        claims.link("OF_OFFERING", had, read.ref("ProductOffering", "circuit_type", kind))
    return read.report(claims)


def circuit_termination(read: Reading) -> Claims:
    """An end of a circuit; one in a provider's network is at no site."""
    claims = _begin(read)
    read.ignore("port_speed", "upstream_speed", "xconnect_id", "pp_info", "provider_network")
    read.ignore("occupied", "link_peers_type", "cable_peers_type")
    custom = read.custom("inventory_service", "inventory_site", "pop")
    side, ended, at_site = read.need("term_side"), read.key("circuit"), read.key("site")
    kind, other = read.text("termination_type"), read.key("termination_id")
    read.ignore("termination")  # from NetBox 4.2 on: the object that the two before point to
    if kind == "dcim.site":
        at_site = other
    elif kind not in (None, "circuits.providernetwork"):
        raise RecordRejected(
            f"an end at a {kind}", where="termination_type", remedy="map it in loaders/netbox"
        )
    if ended is None:
        raise RecordRejected("an end of no circuit", where="circuit", remedy="mend it in NetBox")
    known = custom.get("inventory_service")
    running = ref("Service", home("service", known) if known else read.reference("circuit", ended))
    if at_site and custom.get("pop"):
        claims.fact("ROUTED_VIA", running, read.ref("PointOfPresence", "pop", at_site))
    elif at_site:
        there = ref("Site", places.site_reference(read, custom, at_site))
        claims.fact("DELIVERED_AT", running, there, qualifier=side)
    return read.report(claims)


def _begin(read: Reading) -> Claims:
    claims = Claims()
    claims.happened_on = day(read.last_updated, field="last_updated")
    return claims


def _named(read: Reading, claims: Claims, entity: Ref) -> Ref:
    """A company under the name that NetBox calls it: a working name, not a registered one."""
    name = read.need("name")
    claims.node("LegalEntity", entity.reference, name=name)
    claims.name(entity, name, kind="trading")
    return entity
