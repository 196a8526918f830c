"""Where things are: countries, cities, points of presence, buildings, sites and who is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from loaders.carrier.world.party import Address
from loaders.carrier.world.timeline import OPEN, Timeline, turns_of


@dataclass(frozen=True, slots=True)
class City:
    """A real city."""

    geoname: int
    name: str
    country: str
    region: str
    """First-level division as its data name it: a code."""
    latitude: float
    longitude: float
    population: int
    timezone: str


@dataclass(frozen=True, slots=True)
class Country:
    """A real country in which the carrier sells."""

    code: str
    name: str
    currency: str
    dial: str
    sales_region: str
    """americas, emea or apac."""
    cities: tuple[City, ...]
    """Largest first."""


@dataclass(frozen=True, slots=True)
class Pop:
    """A point of presence of the carrier's own network."""

    key: str
    name: str
    city: City
    address: Address
    capacity_mbps: int
    committed_mbps: int
    relief_on: date | None
    """Day on which capacity is added."""
    operating_status: Timeline[str]
    opened_on: date

    def turns(self) -> tuple[date, ...]:
        """The days on which a record of it changes."""
        return turns_of((self.operating_status,))


@dataclass(frozen=True, slots=True)
class Site:
    """A place of a customer, present or future."""

    key: str
    name: str
    city: City
    address: Address
    latitude: float
    longitude: float
    kind: str
    """headquarters, office, plant, warehouse, store, data_centre, registered_office."""
    tier: int
    """1 is critical to the customer."""
    opened_on: date
    closed_on: date
    building: str
    """Key of the building; two sites in one building share it."""
    on_net_since: date
    """OPEN while our network does not reach the building."""
    pop: str
    """Key of the nearest point of presence."""
    pop_distance_m: int

    def turns(self) -> tuple[date, ...]:
        """The days on which a record of it changes."""
        return turns_of((), self.closed_on, self.on_net_since)


@dataclass(frozen=True, slots=True)
class Occupancy:
    """A legal entity at a site for a while."""

    key: str
    entity: str
    site: str
    begins: date
    ends: date = OPEN
    confidence: float = 1.0

    def turns(self) -> tuple[date, ...]:
        """The days on which a record of it changes."""
        return turns_of((), self.begins, self.ends)
