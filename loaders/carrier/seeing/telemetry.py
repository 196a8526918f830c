"""What probes measure of every service on a day, as columns; worked out, never drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from loaders.carrier.config import Config
from loaders.carrier.making.catalogue import months_before
from loaders.carrier.native import native_id
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.world.service import Service

Floats = npt.NDArray[np.float64]
DAY_MINUTES = 1440.0
WEEKEND = 0.35
"""Load on Saturday and Sunday, as a share of a working day's."""


@dataclass(frozen=True, slots=True)
class Measures:
    """One day of one cluster: equally long columns, one row a service that is live that day."""

    day: date
    services: list[str]
    """Ids of the inventory, as `native_id("inventory", "service", key)` gives them."""
    availability: Floats
    """Share of the measured time that it worked, planned work not taken out."""
    excused_minutes: Floats
    """Planned or customer-caused minutes that do not count against the target."""
    latency_ms: Floats
    loss: Floats
    """Share of packets lost."""
    utilisation_p95: Floats
    """95th percentile in business hours, local time of the site."""
    traffic_mean: Floats
    """Mean utilisation of the whole day."""
    coverage: Floats
    """Share of the day that was measured."""
    target: Floats


def measured_days(config: Config) -> list[date]:
    """The days that day 0 tells at once: from the first closed month of history on."""
    first = months_before(config.day_zero, config.size.telemetry_months)
    return [first + timedelta(days=one) for one in range((config.day_zero - first).days)]


class Probes:
    """The probes of one cluster."""

    def __init__(self, cluster: Cluster) -> None:
        self.services: list[Service] = [
            one for one in cluster.services.values() if one.access_kind and not one.is_test
        ]
        self.ids = [native_id("inventory", "service", one.key) for one in self.services]
        self.begins = _days([one.activated_on for one in self.services])
        self.ends = _days([one.ceased_on for one in self.services])
        health = [one.health for one in self.services]
        self.seeds = np.array([one.seed for one in health], dtype=np.uint64)
        self.latency = np.array([one.latency_ms for one in health])
        self.loss = np.array([one.loss_ppm for one in health]) / 1e6
        self.target = np.array([one.target for one in self.services])
        self.load = np.array([one.load.steps[0][1] for one in health])
        self.lost = np.array([one.lost_minutes.steps[0][1] for one in health])
        self.covered = np.array([one.coverage.steps[0][1] for one in health])
        self.moving = [
            place
            for place, one in enumerate(health)
            if one.season or one.outages or max(map(len, _lines(one))) > 1
        ]

    def on(self, day: date) -> Measures:
        """What is measured on a day."""
        ordinal = day.toordinal()
        live = (self.begins <= ordinal) & (self.ends > ordinal)
        load, lost, covered = self.load.copy(), self.lost.copy(), self.covered.copy()
        down, excused = np.zeros(len(load)), np.zeros(len(load))
        for place in self.moving:
            health = self.services[place].health
            load[place] = health.load.at(day)
            if health.season:
                load[place] *= health.season[day.month - 1]
            lost[place], covered[place] = health.lost_minutes.at(day), health.coverage.at(day)
            for outage in health.outages:
                if outage.day == day:
                    down[place] += outage.minutes
                    if outage.planned or outage.customer_caused:
                        excused[place] += outage.minutes
        first, second = noise(self.seeds, ordinal, 1), noise(self.seeds, ordinal, 2)
        week = WEEKEND if day.weekday() >= 5 else 1.0
        busy = np.clip(load * week * (0.94 + 0.12 * first), 0, 1)
        minutes = np.minimum(lost * 2 * second + down, DAY_MINUTES)
        return Measures(
            day,
            [name for name, kept in zip(self.ids, live, strict=True) if kept],
            np.round(1 - minutes / DAY_MINUTES, 6)[live],
            excused[live],
            np.round(self.latency * (0.95 + 0.1 * second), 1)[live],
            np.round(self.loss * (0.5 + first), 6)[live],
            np.round(busy, 4)[live],
            np.round(busy * 0.45, 4)[live],
            covered[live],
            self.target[live],
        )


def measures(config: Config, cluster: Cluster) -> Iterator[tuple[int, Measures]]:
    """All measures of a cluster with the day on which they are delivered: the day after."""
    probes = Probes(cluster)
    if not probes.services:
        return
    for day in measured_days(config):
        yield 0, probes.on(day)
    for number in range(config.last_day):
        yield number + 1, probes.on(config.day(number))


def noise(seeds: npt.NDArray[np.uint64], day: int, stream: int) -> Floats:
    """A number from 0 to 1 for each seed and day (splitmix64), the same on any machine."""
    mixed = seeds + np.uint64((day * 8 + stream) * 0x9E3779B97F4A7C15 % 2**64)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(11)).astype(np.float64) / 2**53


def _lines(health: object) -> list[tuple[object, ...]]:
    return [getattr(health, name).steps for name in ("load", "lost_minutes", "coverage")]


def _days(values: list[date]) -> npt.NDArray[np.int64]:
    return np.array([value.toordinal() for value in values], dtype=np.int64)
