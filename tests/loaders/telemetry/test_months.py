"""Days made into months: worked out by hand, and never better than what was measured."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from loaders.source import Delivery, Ignored, RawRecord, Source, Unreadable
from loaders.telemetry.months import measured
from loaders.telemetry.rows import Rows
from tests.loaders.telemetry.conftest import Row, days

Write = Callable[..., Path]


def months(source: Source, path: Path) -> dict[str, dict[str, Any]]:
    found = [item for item in source.extract(Delivery(path)) if isinstance(item, RawRecord)]
    return {item.native_id: item.payload["measures"] for item in found}


def test_a_whole_month_without_a_fault_is_perfect_and_covered(source: Source, write: Write) -> None:
    path = write(days("S-1", "2026-09-01", 30))

    assert months(source, path) == {"S-1/2026-09": {"availability": [1.0, 1.0]}}


def test_days_that_were_not_measured_lower_the_coverage_and_not_the_value(
    source: Source, write: Write
) -> None:
    rows = [
        *days("S-1", "2026-09-01", 9, coverage=0.5),
        *days("S-1", "2026-09-28", 3, coverage=None),
    ]

    assert months(source, write(rows)) == {"S-1/2026-09": {"availability": [1.0, 0.15]}}


def test_a_service_that_nobody_measured_has_no_value_and_no_coverage(
    source: Source, write: Write
) -> None:
    rows = [*days("S-1", "2026-09-30", 1, coverage=0.0), *days("S-2", "2026-09-30", 1)]

    assert months(source, write(rows)) == {
        "S-1/2026-09": {"availability": [None, 0.0]},
        "S-2/2026-09": {"availability": [1.0, 0.033333]},
    }


def test_availability_is_of_the_measured_time_without_what_is_excused(
    source: Source, write: Write
) -> None:
    rows = [
        *days("S-1", "2026-09-01", 28),
        # 144 minutes lost, of them 100 planned; 72 lost in the half day that was measured.
        *days("S-1", "2026-09-29", 1, availability=0.9, excused_minutes=100.0),
        *days("S-1", "2026-09-30", 1, availability=0.9, coverage=0.5, excused_minutes=500.0),
    ]

    (record,) = source.extract(Delivery(write(rows)))

    assert isinstance(record, RawRecord)
    lost, counted = 144 - 100, 29.5 * 1440
    assert record.payload["measures"] == {
        "availability": [round(1 - lost / counted, 6), round(29.5 / 30, 6)]
    }
    assert record.payload["excused_minutes"] == 600


def test_means_weigh_each_day_by_its_coverage(source: Source, write: Write) -> None:
    rows = [
        *days("S-1", "2026-09-29", 1, latency_ms=10.0, loss=0.0, traffic_mean=0.2),
        *days("S-1", "2026-09-30", 1, coverage=0.5, latency_ms=40.0, loss=0.03, traffic_mean=None),
    ]

    found = months(source, write(rows))["S-1/2026-09"]

    assert found["latency_ms"] == [20.0, 0.05]
    assert found["loss"] == [0.01, 0.05]
    assert found["traffic_mean"] == [0.2, 0.033333]


def test_the_load_of_a_month_is_the_95th_percentile_of_its_days(
    source: Source, write: Write
) -> None:
    loads = [n / 100 for n in range(1, 31)]
    rows = [{**row, "utilisation_p95": load} for row, load in zip(
        days("S-1", "2026-09-01", 30), loads, strict=True)]  # fmt: skip

    assert months(source, write(rows))["S-1/2026-09"]["utilisation_p95"] == [0.29, 1.0]


def test_a_week_is_busy_when_its_middle_working_day_is(source: Source, write: Write) -> None:
    # September 2026 begins on a Tuesday. Weeks by their Thursday: 3, 10, 17, 24 September.
    rows = [
        *days("S-1", "2026-09-01", 4, utilisation_p95=0.85),  # Tuesday to Friday: busy
        *days("S-1", "2026-09-05", 2, utilisation_p95=0.99),  # a weekend counts nothing
        *days("S-1", "2026-09-07", 3, utilisation_p95=0.75),  # Monday to Wednesday: amber
        *days("S-1", "2026-09-10", 2, utilisation_p95=0.95),
        *days("S-1", "2026-09-14", 2, utilisation_p95=0.95),  # two days are too few
        *days("S-1", "2026-09-21", 5, utilisation_p95=0.90),  # busy
        *days("S-1", "2026-09-28", 3, utilisation_p95=0.90),  # its Thursday is in October
    ]

    found = months(source, write(rows))["S-1/2026-09"]

    assert found["busy_weeks_over_80"][0] == 2.0
    assert found["busy_weeks_over_70"][0] == 3.0


def test_a_month_without_a_busy_week_says_nothing_of_them(source: Source, write: Write) -> None:
    found = months(source, write(days("S-1", "2026-09-01", 30, utilisation_p95=0.2)))

    assert sorted(found["S-1/2026-09"]) == ["availability", "utilisation_p95"]


def test_a_month_that_is_not_over_is_counted_and_not_told(source: Source, write: Write) -> None:
    path = write([*days("S-1", "2026-08-15", 40), *days("S-2", "2026-09-02", 5)])

    items = list(source.extract(Delivery(path)))

    assert [item.native_id for item in items if isinstance(item, RawRecord)] == ["S-1/2026-08"]
    assert [item.record_type for item in items if isinstance(item, Ignored)] == ["open_month"] * 2


def test_the_days_of_a_month_may_come_in_many_files_in_any_order(
    source: Source, write: Write
) -> None:
    for row in days("S-1", "2026-09-01", 30, availability=0.5):
        path = write([row], f"{row['day']}.parquet")

    assert months(source, path.parent) == {"S-1/2026-09": {"availability": [0.5, 1.0]}}


@pytest.mark.parametrize("at_once", [40, 97, 10_000])
def test_what_does_not_fit_into_memory_gives_the_same_months(write: Write, at_once: int) -> None:
    draw = random.Random(7)
    rows: list[Row] = [
        {**row, "availability": draw.random(), "utilisation_p95": draw.random()}
        for n in range(20)
        for row in days(f"S-{n}", "2026-09-01", 30)
    ]
    draw.shuffle(rows)
    path = write(rows)

    def told(limit: int) -> set[str]:
        with Rows([path], limit) as gathered:
            gathered.gather()
            return {str(month) for table in gathered.tables() for month in measured(table)}

    assert told(at_once) == told(1_000_000)
    assert len(told(at_once)) == 20


def test_every_metric_is_kept_and_those_that_are_read_become_measures(
    source: Source, write: Write
) -> None:
    path = write(days("S-1", "2026-09-01", 30, latency_ms=3.0, loss=0.0))

    (item,) = source.extract(Delivery(path))

    assert isinstance(item, RawRecord)
    assert sorted(item.payload["measures"]) == ["availability", "latency_ms", "loss"]
    assert [one.properties["metric"] for one in source.transform(item).nodes] == ["availability"]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"availability": 99.9}, "availability 99.9 is not a share from 0 to 1"),
        ({"coverage": -0.1}, "coverage -0.1 is not a share from 0 to 1"),
        ({"latency_ms": -1.0}, "latency_ms -1 is not an amount"),
    ],
)
def test_a_value_that_cannot_be_keeps_its_month_out(
    source: Source, write: Write, values: dict[str, float], reason: str
) -> None:
    rows = [*days("S-1", "2026-09-01", 30), *days("S-2", "2026-09-30", 1, **values)]

    items = {item.native_id: item for item in source.extract(Delivery(write(rows)))}  # type: ignore[union-attr]

    wrong = items["S-2/2026-09"]
    assert isinstance(wrong, Unreadable)
    assert wrong.reason == reason
    assert isinstance(items["S-1/2026-09"], RawRecord)


def test_a_day_that_comes_twice_counts_once_and_with_other_values_not_at_all(
    source: Source, write: Write
) -> None:
    whole = days("S-1", "2026-09-01", 30)
    doubtful = [*days("S-2", "2026-09-30", 1), *days("S-2", "2026-09-30", 1, availability=0.5)]

    items = list(source.extract(Delivery(write([*whole, *whole[:3], *doubtful]))))

    assert [(item.native_id, type(item)) for item in items if not isinstance(item, Ignored)] == [
        ("S-1/2026-09", RawRecord),
        ("S-2/2026-09", Unreadable),
    ]
