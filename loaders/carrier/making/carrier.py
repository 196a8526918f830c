"""The carrier itself: all that is the same for every customer."""

from __future__ import annotations

import functools
from datetime import date

from loaders.carrier.config import Config, Size
from loaders.carrier.geography.places import countries
from loaders.carrier.making import catalogue, network, sellers
from loaders.carrier.world.cluster import Carrier


def carrier(config: Config) -> Carrier:
    """The carrier of a configuration; made once in a process."""
    return _made(config.seed, config.size, config.day_zero, config.last_day)


@functools.lru_cache(maxsize=4)
def _made(seed: int, size: Size, day_zero: date, last_day: int) -> Carrier:
    config = Config(seed, size, day_zero, last_day)
    offerings = catalogue.offerings(config)
    teams = sellers.teams()
    people = sellers.sellers(config, teams)
    territories = sellers.territories()
    return Carrier(
        countries=countries(),
        offerings=offerings,
        price_rules=tuple(catalogue.price_rules(offerings)),
        price_indexes=tuple(catalogue.price_indexes(config, offerings)),
        rates=tuple(catalogue.rates(config)),
        pops=network.pops(config),
        territories=territories,
        teams=teams,
        sellers=people,
        targets=sellers.targets(config, people),
        coverages=sellers.coverages(config, people, territories),
    )
