"""Where the companies are: sites with coordinates, buildings, and who occupies them."""

from __future__ import annotations

from datetime import date, timedelta

from loaders.carrier.draw import Draw
from loaders.carrier.making.addresses import address
from loaders.carrier.making.draft import Draft
from loaders.carrier.world.party import Address, Entity
from loaders.carrier.world.place import City, Occupancy, Site
from loaders.carrier.world.timeline import OPEN, always

REACH_M = 25_000
"""How far from a point of presence a building may be and still be on our network."""

KINDS = ("office", "office", "plant", "warehouse", "store", "data_centre")
IDLE = 0.22
"""Share of living companies that buy nothing from the carrier."""


def add_sites(draft: Draft, draw: Draw) -> None:
    """Give every living company its sites; who sleeps or holds has a letterbox only."""
    letterboxes: dict[tuple[str, str], str] = {}
    for entity in list(draft.entities.values()):
        if entity.ended_on <= draft.today:
            continue
        if entity.is_dormant or not entity.is_sellable:
            _letterbox(draft, draw, entity, letterboxes)
            continue
        city = city_of(draft, entity)
        buys = not draw.chance(IDLE) and entity.family == draft.roots[0]
        place = entity.headquarters.at(draft.today)
        head = add_site(draft, draw, entity, city, "headquarters", served=buys, at=place)
        draft.change(draft.entities, entity.key, head_site=always(head.key, head.opened_on))
        if not buys:
            continue
        draft.sites_of[entity.key] = [head.key]
        for _ in range(draw.skewed(1, 9, 1.1) - 1):
            other = draw.early(draft.carrier.countries[entity.country].cities, 1.8)
            site = add_site(draft, draw, entity, other, draw.pick(KINDS))
            draft.sites_of[entity.key].append(site.key)


def city_of(draft: Draft, entity: Entity) -> City:
    """The city of a company's headquarters on day 0."""
    name = entity.headquarters.at(draft.today).city
    cities = draft.carrier.countries[entity.country].cities
    return next(city for city in cities if city.name == name)


def add_site(
    draft: Draft,
    draw: Draw,
    entity: Entity,
    city: City,
    kind: str,
    *,
    served: bool = True,
    at: Address | None = None,
    opened: date | None = None,
    close: bool = False,
) -> Site:
    """Add a site that an entity occupies; `close` puts it in reach of our network.

    A building that nobody in it is served in is not on our network, else it would be a find.
    """
    key = draft.key("s")
    spread = 0.03 if close else 0.12
    latitude = round(city.latitude + draw.between(-spread, spread), 5)
    longitude = round(city.longitude + draw.between(-spread, spread), 5)
    pop, metres = draft.nearest.of(city, latitude, longitude)
    if opened is None:
        opened = min(entity.created_on + timedelta(days=draw.number(0, 900)), draft.day(-200))
    on_net = served and metres <= REACH_M and draw.chance(0.6)
    site = Site(
        key=key,
        name=f"{entity.trading_name} {city.name} {kind.replace('_', ' ')}",
        city=city,
        address=at or address(draw, city),
        latitude=latitude,
        longitude=longitude,
        kind=kind,
        tier=1 if kind in ("headquarters", "data_centre") and draw.chance(0.3) else 2,
        opened_on=opened,
        closed_on=OPEN,
        building=f"b{key[1:]}",
        on_net_since=max(opened, pop.opened_on) if on_net else OPEN,
        pop=pop.key,
        pop_distance_m=metres,
    )
    draft.sites[key] = site
    occupy(draft, entity.key, key, opened)
    return site


def occupy(draft: Draft, entity: str, site: str, begins: date, confidence: float = 1.0) -> str:
    """An entity at a site from a day on; the key of the occupancy."""
    key = draft.key("o")
    draft.occupancies[key] = Occupancy(key, entity, site, begins, OPEN, confidence)
    return key


def _letterbox(
    draft: Draft, draw: Draw, entity: Entity, letterboxes: dict[tuple[str, str], str]
) -> None:
    """A registered office that the sleeping companies of a family share in a country."""
    at = (entity.family, entity.country)
    shared = letterboxes.get(at)
    if shared is None:
        city = city_of(draft, entity)
        place = entity.legal_address.at(draft.today)
        site = add_site(draft, draw, entity, city, "registered_office", served=False, at=place)
        letterboxes[at] = site.key
    else:
        site = draft.sites[shared]
        occupy(draft, entity.key, shared, max(entity.created_on, site.opened_on))
        draft.change(
            draft.entities,
            entity.key,
            legal_address=always(site.address, entity.created_on),
            headquarters=always(site.address, entity.created_on),
        )
