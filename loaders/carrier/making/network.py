"""The carrier's own network: points of presence in real cities."""

from __future__ import annotations

import functools
from datetime import date, timedelta

from loaders.carrier.config import Config, Size
from loaders.carrier.draw import Draw
from loaders.carrier.geography.places import countries, distance_m
from loaders.carrier.world.party import Address
from loaders.carrier.world.place import City, Pop
from loaders.carrier.world.timeline import always


def pops(config: Config) -> dict[str, Pop]:
    """Points of presence by key: some in every country, in its largest cities first."""
    draw = Draw(config.seed, "network")
    lands = list(countries().values())
    each = max(1, config.size.pops // len(lands))
    chosen = [city for land in lands for city in land.cities[:each]]
    largest = sorted(
        (city for land in lands for city in land.cities[each:]),
        key=lambda city: (-city.population, city.geoname),
    )
    chosen += largest[: max(0, config.size.pops - len(chosen))]
    found: dict[str, Pop] = {}
    for number, city in enumerate(chosen):
        key = f"P{number}"
        found[key] = _pop(key, number, city, draw, config)
    return found


def _pop(key: str, number: int, city: City, draw: Draw, config: Config) -> Pop:
    code = "".join(letter for letter in city.name.upper() if letter.isascii() and letter.isalpha())
    capacity = draw.pick((100_000, 200_000, 400_000))
    full = draw.chance(0.05)
    committed = round(capacity * (draw.between(0.93, 0.98) if full else draw.between(0.3, 0.8)))
    street = f"{draw.number(1, 180)} {draw.pick(('Exchange', 'Harbour', 'Station', 'Mill'))} Road"
    return Pop(
        key,
        f"{code[:3]}{number:03d}",
        city,
        Address(street, city.name, city.region, draw.digits(5), city.country),
        capacity,
        committed,
        config.day_zero + timedelta(days=draw.number(60, 200)) if full else None,
        always("running"),
        date(draw.number(2004, 2023), draw.number(1, 12), 1),
    )


class Nearest:
    """Finds the nearest point of presence of a place; places of one city share the search."""

    def __init__(self, found: dict[str, Pop]) -> None:
        self._by_country: dict[str, list[Pop]] = {}
        for pop in found.values():
            self._by_country.setdefault(pop.city.country, []).append(pop)
        self._near: dict[int, list[Pop]] = {}

    def of(self, city: City, latitude: float, longitude: float) -> tuple[Pop, int]:
        """The nearest point of presence in the same country, and metres to it."""
        near = self._near.get(city.geoname)
        if near is None:
            home = (city.latitude, city.longitude)
            near = sorted(
                self._by_country[city.country],
                key=lambda pop: distance_m(home, (pop.city.latitude, pop.city.longitude)),
            )[:2]
            self._near[city.geoname] = near
        here = (latitude, longitude)
        measured = [
            (distance_m(here, (pop.city.latitude, pop.city.longitude)), pop) for pop in near
        ]
        distance, pop = min(measured, key=lambda pair: (pair[0], pair[1].key))
        return pop, distance


@functools.lru_cache(maxsize=4)
def nearest(seed: int, size: Size, day_zero: date) -> Nearest:
    """The search over the network of a configuration; made once in a process."""
    return Nearest(pops(Config(seed, size, day_zero)))
