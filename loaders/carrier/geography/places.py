"""Countries with their cities, read once from cities.csv (GeoNames, CC BY 4.0)."""

from __future__ import annotations

import csv
import functools
import math
from pathlib import Path

from loaders.carrier.geography.markets import MARKETS
from loaders.carrier.world.place import City, Country

EARTH_M = 6_371_000
"""Mean radius."""


@functools.cache
def countries() -> dict[str, Country]:
    """All countries of the carrier by ISO code, in the order of the code."""
    cities: dict[str, list[City]] = {code: [] for code in sorted(MARKETS)}
    path = Path(__file__).parent / "cities.csv"
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            cities[row["country"]].append(
                City(
                    int(row["geoname"]),
                    row["name"],
                    row["country"],
                    row["region"],
                    float(row["latitude"]),
                    float(row["longitude"]),
                    int(row["population"]),
                    row["timezone"],
                )
            )
    return {
        code: Country(code, market.name, market.currency, market.dial, market.region, tuple(found))
        for code, found in cities.items()
        for market in (MARKETS[code],)
    }


def distance_m(here: tuple[float, float], there: tuple[float, float]) -> int:
    """Metres between two points of latitude and longitude, as the crow flies (haversine)."""
    a, b = math.radians(here[0]), math.radians(there[0])
    across = math.radians(there[1] - here[1])
    share = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return round(2 * EARTH_M * math.asin(math.sqrt(share)))
