"""What NetBox's objects say in the model's words."""

from __future__ import annotations

from typing import NamedTuple

from graph.errors import RecordRejected
from graph.facts.claims import Claims, Ref, ref
from loaders.dates import day
from loaders.identifiers import is_junk, own
from loaders.netbox.shapes import Reading, fields_of
from loaders.source import RawRecord

SYSTEM = "netbox"


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
SITE_STATUSES: dict[str, bool | None] = {
    "planned": True,
    "staging": True,
    "active": False,
    "decommissioning": False,
    "retired": None,
}
"""Whether a site's tenant is yet to come (True), is there (False), or is gone (None)."""


def region(record: RawRecord) -> Claims:
    """A region and the larger one around it."""
    read, claims = _begin(record)
    read.ignore("lft", "rght", "tree_id", "level")  # the tree again, as Django walks it
    read.custom()
    here = claims.node(
        "Region",
        own(SYSTEM, "region", record.native_id),
        code=fields_of(record.payload).get("slug"),
        name=read.need("name"),
    )
    parent = read.key("parent")
    if parent:
        claims.link("PART_OF", here, ref("Region", own(SYSTEM, "region", parent)))
    return read.report(claims)


def site(record: RawRecord) -> Claims:
    """A site, its region and the tenant that is there."""
    read, claims = _begin(record)
    read.ignore("asns", "facility", "group", "shipping_address", "time_zone")
    read.ignore("latitude", "longitude")  # the write path has no points yet
    read.custom()
    place = claims.node(
        "Site",
        own(SYSTEM, "site", record.native_id),
        name=read.need("name"),
        address=_one_line(read.text("physical_address")),
    )
    around, tenant_key = read.key("region"), read.key("tenant")
    if around:
        claims.link("IN_REGION", place, ref("Region", own(SYSTEM, "region", around)))
    planned = SITE_STATUSES[_status(read, SITE_STATUSES)]
    if tenant_key and planned is not None:
        claims.fact("OCCUPIES", _tenant(tenant_key), place, planned=planned or None)
    return read.report(claims)


def tenant(record: RawRecord) -> Claims:
    """A company in the role of customer."""
    read, claims = _begin(record)
    read.ignore("group")  # a label like "Customers", no company
    entity = _named(read, claims, _tenant(record.native_id))
    customer = claims.node("Customer", own(SYSTEM, "customer", record.native_id))
    claims.fact("PLAYS", entity, customer)
    for number in read.custom("cust_id").values():
        if not is_junk(number):
            claims.identifier(entity, "customer_number", number, issuer=SYSTEM)
    return read.report(claims)


def provider(record: RawRecord) -> Claims:
    """A company that circuits are bought from."""
    read, claims = _begin(record)
    read.ignore("account", "accounts", "asn", "asns", "portal_url")
    read.custom()
    _named(read, claims, ref("LegalEntity", own(SYSTEM, "provider", record.native_id)))
    return read.report(claims)


def circuit_type(record: RawRecord) -> Claims:
    """A kind of circuit, as what can be had."""
    read, claims = _begin(record)
    read.ignore("color")
    read.custom()
    claims.node("ProductOffering", _offering(record.native_id).reference, name=read.need("name"))
    return read.report(claims)


def circuit(record: RawRecord) -> Claims:
    """A circuit: the service that runs, and the product that is had by it."""
    read, claims = _begin(record)
    read.ignore("termination_a", "termination_z")  # the terminations say where it ends
    read.ignore("provider", "provider_account", "provider_network")  # the model has no supplier
    read.ignore("tenant")  # the model reaches a service by agreements and sites
    read.ignore("assignments", "distance", "distance_unit")
    read.custom()
    life = CIRCUIT_STATUSES[_status(read, CIRCUIT_STATUSES)]
    installed = day(read.text("install_date"), field="install_date")
    ended = day(read.text("termination_date"), field="termination_date")
    running = claims.node(
        "Service",
        _service(record.native_id).reference,
        name=read.need("cid"),
        state=life.service,
        activated_on=installed,
        ceased_on=ended,
        bandwidth_mbps=read.kbps("commit_rate"),
    )
    had = claims.node(
        "Product",
        own(SYSTEM, "product", record.native_id),
        status=life.product,
        starts_on=installed,
        terminates_on=ended,
    )
    claims.fact("REALIZED_BY", had, running, valid_from=installed)
    kind = read.key("type")
    if kind:
        claims.link("OF_OFFERING", had, _offering(kind))
    return read.report(claims)


def circuit_termination(record: RawRecord) -> Claims:
    """An end of a circuit; one in a provider's network is at no site."""
    read, claims = _begin(record)
    read.ignore("port_speed", "upstream_speed", "xconnect_id", "pp_info", "provider_network")
    read.ignore("occupied", "link_peers_type", "cable_peers_type")
    read.custom()
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
    if at_site:
        there = ref("Site", own(SYSTEM, "site", at_site))
        claims.fact("DELIVERED_AT", _service(ended), there, qualifier=side)
    return read.report(claims)


def _begin(record: RawRecord) -> tuple[Reading, Claims]:
    claims = Claims()
    changed = fields_of(record.payload).get("last_updated")
    claims.happened_on = day(changed, field="last_updated")
    return Reading(record), claims


def _named(read: Reading, claims: Claims, entity: Ref) -> Ref:
    """A company under the name that NetBox calls it: a working name, not a registered one."""
    name = read.need("name")
    claims.node("LegalEntity", entity.reference, name=name)
    claims.name(entity, name, kind="trading")
    return entity


def _tenant(key: str) -> Ref:
    return ref("LegalEntity", own(SYSTEM, "tenant", key))


def _service(key: str) -> Ref:
    return ref("Service", own(SYSTEM, "circuit", key))


def _offering(key: str) -> Ref:
    return ref("ProductOffering", own(SYSTEM, "circuit_type", key))


def _status(read: Reading, known: object) -> str:
    """A status that NetBox ships with; one added by configuration must be mapped first."""
    said = read.need("status").lower()
    words = list(known) if isinstance(known, dict) else []
    if said not in words:
        raise RecordRejected(
            f"{said!r} is not one of {', '.join(words)}",
            where="status",
            remedy="map this status in loaders/netbox/mapping.py",
        )
    return said


def _one_line(address: str | None) -> str | None:
    if not address:
        return None
    return ", ".join(line.strip().rstrip(",") for line in address.splitlines() if line.strip())
