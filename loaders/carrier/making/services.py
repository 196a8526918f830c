"""What is delivered: services at sites, how they run, and what they cost."""

from __future__ import annotations

from datetime import date, timedelta

from loaders.carrier.draw import Draw
from loaders.carrier.geography.markets import MARKETS
from loaders.carrier.making.catalogue import BANDS, list_price
from loaders.carrier.making.draft import NOTHING, Draft
from loaders.carrier.world.catalogue import Offering
from loaders.carrier.world.place import Site
from loaders.carrier.world.service import Health, Service
from loaders.carrier.world.timeline import OPEN, always

SUPPLIERS = ("Norlink Carrier", "Tessaro Access", "Quillon Fibre", "Bramway Networks")
"""Invented carriers from which access is rented."""

LEVELS = (("bronze", 0.995), ("silver", 0.999), ("gold", 0.9995))
DISCOUNT = 0.24
"""What every customer gets; families differ by little, so that nothing looks dear by chance."""

ACCESS = ("O0", "O1", "O3", "O4", "O6", "O7", "O2", "O5", "O10")
OVERLAY = ("O8", "O10", "O13", "O15", "O11")
"""Offerings by popularity: with an access of their own, and on top of one."""

FULL = always(1.0)
CALM = (0.02, 0.9)
"""Mean minutes lost a day on a healthy service: 0.02 to 0.9 of 1,440."""


def add_services(draft: Draft, draw: Draw) -> None:
    """Give every site of a buyer an access, and most of them more."""
    for entity, sites in draft.sites_of.items():
        for site in sites:
            add_service(draft, draw, entity, draft.sites[site], draw.early(ACCESS, 1.6))
            more = draw.next() * draft.config.size.services_per_entity * 1.15
            for place in range(int(more)):
                able = OVERLAY if place % 2 == 0 else ACCESS
                add_service(draft, draw, entity, draft.sites[site], draw.early(able, 1.4))


def add_service(
    draft: Draft,
    draw: Draw,
    entity: str,
    site: Site,
    offering: str,
    *,
    activated: date | None = None,
    bandwidth: int | None = None,
) -> Service:
    """Add a live service at a site; contract and billing are given later."""
    key = draft.key("v")
    sold = draft.carrier.offerings[offering]
    country = site.city.country
    speed = bandwidth if bandwidth is not None else draw.pick(BANDS[sold.bandwidth_band])
    since = max(site.opened_on, draft.entities[entity].created_on, date(2013, 1, 1))
    activated = activated or _between(draw, since, draft.day(-120))
    on_net = site.on_net_since <= draft.today
    level, target = draw.early(LEVELS, 1.3)
    listed = list_price(offering, country)
    price = round(listed * (1 - DISCOUNT - (draft.number % 5) * 0.005))
    ends = activated + timedelta(days=365 * draw.number(1, 3))
    while ends < draft.day(280):
        ends += timedelta(days=1095)
    access = sold.is_access
    service = Service(
        key=key,
        offering=offering,
        entity=entity,
        site=site.key,
        far_site="",
        circuit=_circuit(draft, site, sold, key),
        bandwidth_mbps=always(speed, activated),
        bandwidth_band=sold.bandwidth_band,
        access_kind=("on_net" if on_net else "off_net") if access else "",
        access_supplier="" if on_net or not access else draw.pick(SUPPLIERS),
        access_path=always(f"{site.building}/{draw.number(1, 3)}" if access else "", activated),
        supplier_ends_on=None if on_net or not access else ends,
        supplier_notice_days=0 if on_net or not access else 60,
        supplier_cost=0 if on_net or not access else round(price * 0.4),
        role="primary",
        diverse_from="",
        route=always((site.pop,), activated),
        service_level=level,
        target=target,
        order="",
        ordered_on=activated - timedelta(days=sold.lead_time_days),
        activated_on=activated,
        accepted_on=activated + timedelta(days=3),
        ceased_on=OPEN,
        ceased_by="",
        operating_status=always("running", activated),
        price=always(price, activated),
        list_price=listed,
        currency=MARKETS[country].billed_in,
        item=NOTHING,
        billing_account=NOTHING,
        billed_from=activated,
        billed_to=OPEN,
        bundle="",
        is_test=False,
        health=healthy(draft, draw),
    )
    draft.services[key] = service
    draft.services_of.setdefault(entity, []).append(key)
    return service


def healthy(draft: Draft, draw: Draw) -> Health:
    """A service that runs as promised, neither idle nor full."""
    return Health(
        seed=int(draw.next() * 2**31),
        latency_ms=round(draw.between(3, 90), 1),
        loss_ppm=draw.number(0, 60),
        load=always(round(draw.between(0.36, 0.62), 3)),
        season=(),
        lost_minutes=always(round(draw.between(*CALM) * 0.3, 3)),
        outages=(),
        coverage=FULL,
    )


def _between(draw: Draw, first: date, last: date) -> date:
    if first >= last:
        return last
    return first + timedelta(days=int(draw.next() ** 0.7 * (last - first).days))


def _circuit(draft: Draft, site: Site, sold: Offering, key: str) -> str:
    pop = draft.carrier.pops[site.pop].name
    return f"{pop}-{sold.family[:3].upper()}-{draft.number:04d}{key.partition('-')[2]:0>6}"
