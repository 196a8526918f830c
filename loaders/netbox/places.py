"""Places in NetBox: sites of customers, and those of the network itself, its points of presence."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from graph.errors import RecordRejected
from graph.facts.claims import Claims, ref
from loaders.dates import day
from loaders.netbox.shapes import Reading
from loaders.references import home

SITE_STATUSES: dict[str, bool | None] = {
    "planned": True,
    "staging": True,
    "active": False,
    "decommissioning": False,
    "retired": None,
}
"""Whether a site's tenant is yet to come (True), is there (False), or is gone (None)."""
CUSTOM = (
    "pop",
    "inventory_site",
    "city",
    "country",
    "on_net",
    "on_net_since",
    "building_entry",
    "capacity_mbps",
    "committed_mbps",
    "relief_on",
    "operating_status",
)
"""Custom fields of a carrier's NetBox: which site is a point of presence, and what others know."""


def site(read: Reading) -> Claims:
    """A site, its region and the tenant that is there."""
    claims = Claims()
    claims.happened_on = day(read.last_updated, field="last_updated")
    read.ignore("asns", "facility", "group", "shipping_address", "time_zone")
    where = {"latitude": read.degrees("latitude"), "longitude": read.degrees("longitude")}
    custom = read.custom(*CUSTOM)
    if custom.get("pop"):
        return _point_of_presence(read, claims, custom, where)
    place = claims.node(
        "Site",
        site_reference(read, custom),
        name=read.need("name"),
        address=_one_line(read.text("physical_address")),
        **where,
        **_of_carrier(custom),
    )
    if custom.get("country"):
        claims.link("IN_COUNTRY", place, ref("Country", f"country:{custom['country']}"))
    around, tenant_key = read.key("region"), read.key("tenant")
    if around:
        claims.link("IN_REGION", place, ref("Region", read.reference("region", around)))
    planned = SITE_STATUSES[status(read, SITE_STATUSES)]
    if tenant_key and planned is not None:
        occupant = read.ref("LegalEntity", "tenant", tenant_key)
        claims.fact("OCCUPIES", occupant, place, planned=planned or None)
    return read.report(claims)


def site_reference(read: Reading, custom: Mapping[str, Any], key: str | None = None) -> str:
    """The site by the id that its inventory gives it, else by its own key."""
    known = custom.get("inventory_site")
    return home("geographic_site", known) if known else read.reference("site", key)


def status(read: Reading, known: Collection[str]) -> str:
    """A status that NetBox ships with; one added by configuration must be mapped first."""
    said = read.need("status").lower()
    if said not in known:
        raise RecordRejected(
            f"{said!r} is not one of {', '.join(known)}",
            where="status",
            remedy="map this status in loaders/netbox",
        )
    return said


def _point_of_presence(
    read: Reading, claims: Claims, custom: Mapping[str, Any], where: Mapping[str, float | None]
) -> Claims:
    """A place of the network itself, with what it can carry."""
    read.key("region"), read.key("tenant"), read.text("physical_address"), read.need("status")
    place = claims.node(
        "PointOfPresence",
        read.reference("pop"),
        name=read.need("name"),
        city=custom.get("city"),
        country=custom.get("country"),
        **where,
        capacity_mbps=_number(custom, "capacity_mbps"),
        committed_mbps=_number(custom, "committed_mbps"),
        relief_on=day(custom.get("relief_on"), field="relief_on"),
        operating_status=custom.get("operating_status"),
    )
    if custom.get("country"):
        claims.link("IN_COUNTRY", place, ref("Country", f"country:{custom['country']}"))
    return read.report(claims)


def _of_carrier(custom: Mapping[str, Any]) -> dict[str, Any]:
    """What a carrier's own custom fields say of a customer's site, and nothing when it has none."""
    given: dict[str, Any] = {
        "city": custom.get("city"),
        "country": custom.get("country"),
        "on_net": custom.get("on_net"),
        "on_net_since": day(custom.get("on_net_since"), field="on_net_since"),
        "building_entry": custom.get("building_entry"),
    }
    return given if any(name in custom for name in given) else {}


def _number(custom: Mapping[str, Any], name: str) -> float | None:
    value = custom.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise RecordRejected(f"{value!r} is no number", where=name, remedy="mend it in NetBox")
    return float(value)


def _one_line(address: str | None) -> str | None:
    if not address:
        return None
    return ", ".join(line.strip().rstrip(",") for line in address.splitlines() if line.strip())
