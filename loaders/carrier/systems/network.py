"""The network's NetBox as saved pages of its REST API, tied to the other systems."""

from __future__ import annotations

from typing import Any

from loaders.carrier.native import native_id
from loaders.carrier.observation import Seen
from loaders.carrier.referring import by, company, known, service_id, site_id
from loaders.carrier.seeing.index import index
from loaders.carrier.world.cluster import Carrier, Cluster
from loaders.carrier.world.party import Entity
from loaders.carrier.world.place import Pop, Site
from loaders.carrier.world.service import Service
from loaders.carrier.writing import Part

SYSTEM = "network"
API = {
    "dcim.region": "dcim/regions",
    "dcim.site": "dcim/sites",
    "tenancy.tenant": "tenancy/tenants",
    "circuits.circuittype": "circuits/circuit-types",
    "circuits.circuit": "circuits/circuits",
    "circuits.circuittermination": "circuits/circuit-terminations",
}
"""Model -> collection of the REST API."""
POINTERS = ("parent", "region", "tenant", "type", "circuit", "site")
"""Fields that point to another object: the API nests it."""
STATES = {"designed": "planned", "active": "active", "terminated": "decommissioned"}


class _Network:
    def __init__(self, part: Part) -> None:
        self._page = {
            model: part.pages(address.replace("/", "-")) for model, address in API.items()
        }
        self._regions = {code: 100 + n for n, code in enumerate(sorted(part.carrier.countries))}
        if part.number == 0:
            self._world(part.carrier)

    def write(self, seen: Seen, cluster: Cluster | None) -> None:
        """Format one point of presence, tenant, site, or circuit with its two ends."""
        thing = seen.thing
        if isinstance(thing, Pop):
            self._pop(seen, thing)
        elif isinstance(thing, Entity) and cluster is not None:
            name = seen.get("name", thing.names.at(seen.on).latin)
            custom = {"account": company(thing, cluster, seen.on)}
            self._put("tenancy.tenant", int(seen.native_id), custom, name=name)
        elif isinstance(thing, Site) and cluster is not None:
            self._site(seen, thing, cluster)
        elif isinstance(thing, Service):
            self._circuit(seen, thing)

    def close(self) -> None:
        """Nothing is left to write; the part closes its pages."""

    def _put(self, model: str, key: int, custom: dict[str, Any], **fields: Any) -> None:
        shown = {
            name: {"id": value} if name in POINTERS and value is not None else value
            for name, value in fields.items()
        }
        if "status" in fields:
            shown["status"] = {"value": fields["status"], "label": fields["status"].capitalize()}
        address = f"https://netbox.carrier.example/api/{API[model]}/{key}/"
        self._page[model]({"id": key, "url": address, **shown, "custom_fields": known(custom)})

    def _world(self, carrier: Carrier) -> None:
        """Regions, countries and kinds of circuit, which are the same on all days."""
        sales = sorted({country.sales_region for country in carrier.countries.values()})
        for key, region in enumerate(sales, 1):
            self._put("dcim.region", key, {}, name=region.upper(), slug=region, parent=None)
        for code, country in sorted(carrier.countries.items()):
            above = sales.index(country.sales_region) + 1
            names = {"name": country.name, "slug": code.lower(), "parent": above}
            self._put("dcim.region", self._regions[code], {"iso2": code}, **names)
        for offering in carrier.offerings.values():
            key = _key("offering", offering.key)
            self._put("circuits.circuittype", key, {}, name=offering.name, slug=offering.family)

    def _pop(self, seen: Seen, pop: Pop) -> None:
        custom = {
            "pop": True,
            "country": pop.city.country,
            "city": pop.city.name,
            "capacity_mbps": pop.capacity_mbps,
            "committed_mbps": pop.committed_mbps,
            "relief_on": str(pop.relief_on) if pop.relief_on else None,
            "operating_status": pop.operating_status.at(seen.on),
        }
        self._put(
            "dcim.site",
            int(seen.native_id),
            custom,
            name=pop.name,
            status="active",
            region=self._regions[pop.city.country],
            physical_address=pop.address.one_line(),
            latitude=pop.city.latitude,
            longitude=pop.city.longitude,
        )

    def _site(self, seen: Seen, site: Site, cluster: Cluster) -> None:
        found = index(cluster)
        occupant = found.occupant(site.key, seen.on)
        custom = {
            "inventory_site": site_id(site.key),
            "country": site.address.country,
            "city": site.address.city,
            "on_net": site.on_net_since <= seen.on,
            "on_net_since": by(site.on_net_since, seen.on),
            "building_entry": site.building,
        }
        self._put(
            "dcim.site",
            int(seen.native_id),
            custom,
            name=site.name,
            status="retired" if site.closed_on <= seen.on else "active",
            region=self._regions[site.address.country],
            tenant=_key("tenant", occupant) if occupant in found.buyers else None,
            physical_address=site.address.one_line(),
            latitude=site.latitude,
            longitude=site.longitude,
        )

    def _circuit(self, seen: Seen, service: Service) -> None:
        key, known_as = int(seen.native_id), service_id(service.key)
        route = [_key("pop", one) for one in service.route.at(seen.on)]
        custom = {
            "inventory_service": known_as,
            "route": route,
            "access_path": service.access_path.at(seen.on),
        }
        self._put(
            "circuits.circuit",
            key,
            custom,
            cid=service.circuit,
            status=STATES[service.state(seen.on)],
            type=_key("offering", service.offering),
            tenant=_key("tenant", service.entity),
            install_date=by(service.activated_on, seen.on),
            termination_date=by(service.ceased_on, seen.on),
            commit_rate=service.bandwidth_mbps.at(seen.on) * 1000,
        )
        ends = [(site, True) for site in (service.site, service.far_site) if site]
        if not service.far_site and route:
            ends.append((service.route.at(seen.on)[0], False))
        for side, (place, is_site) in zip("AZ", ends, strict=False):
            tied = {"inventory_site": site_id(place)} if is_site else {"pop": True}
            self._put(
                "circuits.circuittermination",
                key * 10 + "AZ".index(side),
                {"inventory_service": known_as, **tied},
                circuit=key,
                term_side=side,
                site=_key("site" if is_site else "pop", place),
            )


def _key(kind: str, key: str) -> int:
    """A primary key of this NetBox."""
    return int(native_id(SYSTEM, kind, key))


def export(part: Part) -> _Network:
    """Begin one part of a delivery."""
    return _Network(part)
