"""Days made into months: one value a metric, with the share of the month that it stands on."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

Floats = npt.NDArray[np.float64]
Wholes = npt.NDArray[np.int64]

SHARES = ("coverage", "availability", "target", "loss", "utilisation_p95", "traffic_mean")
MEANS = ("latency_ms", "loss", "traffic_mean")
"""Metrics whose month is the mean of its days, each with the weight of its coverage."""
BUSY = {"busy_weeks_over_80": 0.80, "busy_weeks_over_70": 0.70}
WORKING_DAYS = 3
"""Measured working days that a week needs before it can count as busy."""
DAY_MINUTES = 1440.0
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(slots=True)
class Measured:
    """One service in one month."""

    service: str
    month: date
    values: dict[str, tuple[float | None, float]] = field(default_factory=dict)
    """Metric -> value, and the share of the month it was measured in."""
    target: float | None = None
    excused_minutes: int | None = None
    wrong: str = ""
    """Why its days cannot be understood; then it has no values."""


def measured(table: Any) -> Iterator[Measured]:
    """Every service and month of a table that holds all rows of its services."""
    rows = _Rows(table)
    if not len(rows.days):
        return
    metrics = {
        name: (_known(values), _known(share)) for name, (values, share) in rows.metrics().items()
    }
    excused, target = rows.total(rows["excused_minutes"]), _known(rows.last(rows["target"]))
    said = ~np.isnan(rows["excused_minutes"])
    has_excuse = rows.total(said.astype(float)) > 0
    wrong = rows.wrong()
    for group, (service, month) in enumerate(rows.groups()):
        found = Measured(service, month, wrong=wrong.get(group, ""))
        if not found.wrong:
            found.values = {
                name: (values[group], share[group] or 0.0)
                for name, (values, share) in metrics.items()
                if name not in BUSY or (values[group] or 0) > 0
            }
            found.target = target[group]
            found.excused_minutes = round(float(excused[group])) if has_excuse[group] else None
        yield found


def _known(values: Floats) -> list[float | None]:
    """Values to six places, all at once: one by one they took a third of the reading."""
    return [None if value != value else value for value in np.round(values, 6).tolist()]


class _Rows:
    """Rows sorted by service and day, once each, with the service and month they belong to."""

    def __init__(self, table: Any) -> None:
        named = pc.dictionary_encode(table.column("service_id")).combine_chunks()
        self._services = named.dictionary.to_pylist()
        codes = named.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        days = table.column("day").cast("int32").to_numpy().astype(np.int64)
        order = np.lexsort((days, codes))
        self.codes, self.days = codes[order], days[order]
        columns = [name for name in table.column_names if name not in ("service_id", "day")]
        self._values: dict[str, Floats] = {
            name: table.column(name).to_numpy().astype(np.float64)[order] for name in columns
        }
        self._conflicts = self._once()
        months = self.days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        self._months = months
        changes = (np.diff(self.codes) != 0) | (np.diff(months) != 0)
        self.starts = np.concatenate(([0], np.flatnonzero(changes) + 1)).astype(np.int64)
        self.group = np.repeat(
            np.arange(len(self.starts)), np.diff(np.append(self.starts, len(self.days)))
        )
        self._covered = np.nan_to_num(self._values["coverage"])

    def __getitem__(self, name: str) -> Floats:
        return self._values[name]

    def groups(self) -> list[tuple[str, date]]:
        """Service and first day of the month of each group."""
        firsts = self._months[self.starts]
        return [
            (self._services[code], date(1970 + month // 12, month % 12 + 1, 1))
            for code, month in zip(self.codes[self.starts].tolist(), firsts.tolist(), strict=True)
        ]

    def total(self, values: Floats) -> Floats:
        """The sum of a column in each group; what is empty counts nothing."""
        summed: Floats = np.add.reduceat(np.nan_to_num(values), self.starts)
        return summed

    def last(self, values: Floats) -> Floats:
        """The last value of a column that each group has."""
        found = np.full(len(self.starts), np.nan)
        known = ~np.isnan(values)
        found[self.group[known]] = values[known]
        return found

    def metrics(self) -> dict[str, tuple[Floats, Floats]]:
        """Metric -> its value, and the share of the month measured, of each group."""
        lengths = np.array([monthrange(month.year, month.month)[1] for _, month in self.groups()])
        found = {"availability": self._availability()}
        for name in MEANS:
            found[name] = self._mean(name)
        weights = self._weights("utilisation_p95")
        load = self._values["utilisation_p95"]
        found["utilisation_p95"] = (
            _ranked(self.group, load, weights > 0, 0.95, len(self.starts)),
            self.total(weights),
        )
        for name, limit in BUSY.items():
            found[name] = (self._busy_weeks(load, weights > 0, limit), self.total(weights))
        return {
            name: (values, days / lengths)
            for name, (values, days) in found.items()
            if not np.isnan(self._values.get(name, load)).all()
        }

    def wrong(self) -> dict[int, str]:
        """Group -> what is wrong with one of its rows."""
        found = dict.fromkeys(self._conflicts_by_group(), "a day comes twice with different values")
        for name in (*SHARES, "latency_ms", "excused_minutes"):
            values, share = self._values[name], name in SHARES
            out = (values < 0) | ((values > 1) if share else np.isinf(values))
            for row in np.flatnonzero(out)[::-1]:
                kind = "a share from 0 to 1" if share else "an amount"
                found[int(self.group[row])] = f"{name} {values[row]:g} is not {kind}"
        return found

    def _weights(self, name: str) -> Floats:
        """The share of each day in which a metric was measured; nothing where it has no value."""
        return np.where(np.isnan(self._values[name]), 0.0, self._covered)

    def _mean(self, name: str) -> tuple[Floats, Floats]:
        weights = self._weights(name)
        days = self.total(weights)
        with np.errstate(invalid="ignore", divide="ignore"):
            return self.total(self._values[name] * weights) / days, days

    def _availability(self) -> tuple[Floats, Floats]:
        """The share of measured time that it worked; excused outage does not count against it."""
        weights = self._weights("availability")
        down = (1 - np.nan_to_num(self._values["availability"])) * weights * DAY_MINUTES
        excused = np.minimum(np.nan_to_num(self._values["excused_minutes"]), down)
        days = self.total(weights)
        with np.errstate(invalid="ignore", divide="ignore"):
            return 1 - self.total(down - excused) / (days * DAY_MINUTES), days

    def _busy_weeks(self, load: Floats, measured: npt.NDArray[np.bool_], limit: float) -> Floats:
        """Weeks, of the month that their Thursday is in, whose middle working day passes a limit.

        Only days inside the month are looked at, so a month is the same in every delivery.
        """
        weeks = (self.days + 3) // 7  # weeks begin on Mondays; 1970-01-01 was a Thursday
        thursdays = (weeks * 7).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        counted = measured & ((self.days + 3) % 7 < 5) & (thursdays == self._months)
        keys, index = np.unique(self.group[counted] * 10_000 + weeks[counted] % 10_000,
                                return_inverse=True)  # fmt: skip
        busy = np.zeros(len(self.starts))
        if not len(keys):
            return busy
        everything = np.ones(len(index), dtype=bool)
        middle = _ranked(index, load[counted], everything, 0.5, len(keys))
        enough = np.bincount(index, minlength=len(keys)) >= WORKING_DAYS
        np.add.at(busy, keys // 10_000, (enough & (middle > limit)).astype(float))
        return busy

    def _once(self) -> Wholes:
        """Drop rows that come again word for word; the rows that come again with other values."""
        again = (np.diff(self.codes) == 0) & (np.diff(self.days) == 0)
        if not again.any():
            return np.array([], dtype=np.int64)
        same = np.ones(len(again), dtype=bool)
        for values in self._values.values():
            same &= (values[1:] == values[:-1]) | (np.isnan(values[1:]) & np.isnan(values[:-1]))
        kept = np.concatenate(([True], ~again))
        conflicts = np.flatnonzero(again & ~same)
        places = np.cumsum(kept)[conflicts] - 1
        self.codes, self.days = self.codes[kept], self.days[kept]
        self._values = {name: values[kept] for name, values in self._values.items()}
        return places.astype(np.int64)

    def _conflicts_by_group(self) -> list[int]:
        return [int(self.group[row]) for row in self._conflicts]


def _ranked(
    group: Wholes, values: Floats, valid: npt.NDArray[np.bool_], share: float, groups: int
) -> Floats:
    """The value at a share of each group's valid values in order (nearest rank); NaN for none."""
    group, values = group[valid], values[valid]
    order = np.lexsort((values, group))
    group, values = group[order], values[order]
    starts = np.searchsorted(group, np.arange(groups))
    counts = np.bincount(group, minlength=groups)
    found = np.full(groups, np.nan)
    some = counts > 0
    found[some] = values[(starts + np.ceil(counts * share).astype(np.int64) - 1)[some]]
    return found
