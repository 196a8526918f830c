"""The inventory: sites, services and the products that they realize, in TM Forum's terms."""

from __future__ import annotations

from typing import Any

from loaders.carrier.observation import Seen
from loaders.carrier.referring import (
    by,
    company,
    known,
    money,
    offering_id,
    product_id,
    service_id,
    site_id,
)
from loaders.carrier.seeing.index import index
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.world.place import Site
from loaders.carrier.world.service import Service
from loaders.carrier.world.timeline import OPEN
from loaders.carrier.writing import Part

SYSTEM = "inventory"
PRODUCT_STATES = {"designed": "pendingActive", "active": "active", "terminated": "terminated"}


class _Inventory:
    def __init__(self, part: Part) -> None:
        self._site = part.json_lines("sites")
        self._service = part.json_lines("services")
        self._product = part.json_lines("products")

    def write(self, seen: Seen, cluster: Cluster | None) -> None:
        """Format one site, or one service with its product; a service's twin has none."""
        thing = seen.thing
        if isinstance(thing, Site) and cluster is not None:
            self._site(known(_placed(seen, thing, cluster)))
        elif isinstance(thing, Service):
            self._service(known(_running(seen, thing)))
            if seen.native_id == service_id(thing.key):
                self._product(known(_had(seen, thing)))

    def close(self) -> None:
        """Nothing is left to write."""


def _had(seen: Seen, service: Service) -> dict[str, Any]:
    return {
        "@type": "Product",
        "id": product_id(service.key),
        "status": PRODUCT_STATES[service.state(seen.on)],
        "startDate": by(service.activated_on, seen.on),
        "terminationDate": by(service.ceased_on, seen.on),
        "productOffering": {"id": offering_id(service.offering)},
        "realizingService": [{"id": seen.native_id}],
        "productPrice": [
            {
                "priceType": "recurring",
                "recurringChargePeriod": "month",
                "price": {"dutyFreeAmount": money(service.price.at(seen.on), service.currency)},
            }
        ],
        "productCharacteristic": _traits(
            bandwidthMbps=service.bandwidth_mbps.at(seen.on),
            bandwidthBand=service.bandwidth_band,
            serviceLevel=service.service_level,
            acceptedOn=by(service.accepted_on or OPEN, seen.on),
        ),
        "productRelationship": [
            {"relationshipType": "bundledBy", "product": {"id": product_id(service.bundle)}}
        ]
        if service.bundle
        else None,
    }


def _running(seen: Seen, service: Service) -> dict[str, Any]:
    rented = service.access_kind == "off_net"
    return {
        "@type": "Service",
        "id": seen.native_id,
        "name": service.circuit,
        "state": service.state(seen.on),
        "operatingStatus": service.operating_status.at(seen.on),
        "startDate": by(service.activated_on, seen.on),
        "endDate": by(service.ceased_on, seen.on),
        "place": [
            {"id": site_id(key), "@referredType": "GeographicSite"}
            for key in (service.site, service.far_site)
            if key
        ],
        "serviceCharacteristic": _traits(
            bandwidthMbps=service.bandwidth_mbps.at(seen.on),
            role=service.role,
            isTest=service.is_test or None,
            accessKind=service.access_kind,
            accessPath=service.access_path.at(seen.on),
            supplierEndsOn=str(service.supplier_ends_on) if service.supplier_ends_on else None,
            supplierNoticeDays=service.supplier_notice_days if rented else None,
            ceasedBy=service.ceased_by if service.ceased_on <= seen.on else None,
        ),
        "supplierCost": money(service.supplier_cost, service.currency) if rented else None,
        "serviceRelationship": [
            {"relationshipType": "diverseFrom", "service": {"id": service_id(service.diverse_from)}}
        ]
        if service.diverse_from
        else None,
    }


def _placed(seen: Seen, site: Site, cluster: Cluster) -> dict[str, Any]:
    where = site.address
    return {
        "@type": "GeographicSite",
        "id": seen.native_id,
        "name": site.name,
        "place": [
            known(
                {
                    "@type": "GeographicAddress",
                    "streetName": where.street,
                    "postcode": where.postcode,
                    "city": where.city,
                    "stateOrProvince": where.region,
                    "country": where.country,
                }
            )
        ],
        "siteCharacteristic": _traits(
            tier=str(site.tier),
            kind=site.kind,
            openedOn=str(site.opened_on),
            closedOn=by(site.closed_on, seen.on),
            onNet=site.on_net_since <= seen.on,
            onNetSince=by(site.on_net_since, seen.on),
            buildingEntry=site.building,
        ),
        "relatedParty": _occupants(seen, site, cluster),
    }


def _occupants(seen: Seen, site: Site, cluster: Cluster) -> list[dict[str, Any]]:
    """Who is there or was, each company once, as it was there last."""
    found: dict[str, dict[str, Any]] = {}
    for there in index(cluster).occupants.get(site.key, ()):
        named = company(cluster.entities[there.entity], cluster, seen.on)
        if named and there.begins <= seen.on:
            ends = by(there.ends, seen.on)
            found[named] = {
                "id": named,
                "role": "occupant",
                "@referredType": "Organization",
                "validFor": known({"startDateTime": str(there.begins), "endDateTime": ends}),
                "confidence": there.confidence,
            }
    return list(found.values())


def _traits(**values: Any) -> list[dict[str, Any]]:
    return [{"name": name, "value": value} for name, value in known(values).items()]


def export(part: Part) -> _Inventory:
    """Begin one part of a delivery."""
    return _Inventory(part)
