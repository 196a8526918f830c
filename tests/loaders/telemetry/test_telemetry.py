"""Telemetry in the graph, and deliveries that are not what they should be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph.connection import BatchSession
from graph.facts import quarantine
from graph.facts.run import Run
from tests.loaders.telemetry.conftest import days

Load = Callable[..., Run]
Write = Callable[..., Path]


def test_a_month_becomes_measures_of_its_service_and_an_unknown_service_a_stub(
    load: Load, write: Write, batches: BatchSession, node: Callable[[str], dict[str, Any]]
) -> None:
    path = write(days("S-1", "2026-09-01", 30, target=0.9995, availability=0.999, traffic_mean=0.5))

    first, again = load("telemetry", path, full=True), load("telemetry", path, full=True)

    assert (first.status, first.loaded, again.unchanged) == ("COMPLETE", 1, 1)
    assert node("telemetry:measure:S-1/2026-09/availability") == {
        "label": "ServiceMeasure",
        "metric": "availability",
        "month": pytest.approx(node("telemetry:measure:S-1/2026-09/traffic_mean")["month"]),
        "value": 0.999,
        "target": 0.9995,
        "coverage": 1.0,
    }
    assert node("inventory:service:S-1") == {"label": "Service", "stub": True}
    assert set(
        batches.rows(
            "MATCH (s:Service)-[:MEASURED_IN]->(m) RETURN s.reference, m.metric, toString(m.month)"
        )
    ) == {
        ("inventory:service:S-1", "availability", "2026-09-01"),
        ("inventory:service:S-1", "traffic_mean", "2026-09-01"),
    }


def test_a_later_delivery_of_the_same_month_corrects_it(
    load: Load, write: Write, node: Callable[[str], dict[str, Any]]
) -> None:
    load("telemetry", write(days("S-1", "2026-09-01", 30)))

    run = load("telemetry", write(days("S-1", "2026-09-01", 30, availability=0.5)))

    assert (run.changed, run.loaded) == (1, 0)
    assert node("telemetry:measure:S-1/2026-09/availability")["value"] == 0.5


def test_a_file_cut_in_half_tells_nothing_since_its_months_would_look_unmeasured(
    load: Load, write: Write
) -> None:
    write(days("S-1", "2026-09-01", 30), "a.parquet")
    path = write(days("S-1", "2026-09-01", 30), "b.parquet")
    path.write_bytes(path.read_bytes()[:200])

    run = load("telemetry", path.parent, full=True)

    assert (run.status, run.loaded) == ("PARTIAL", 0)
    assert "b.parquet" in run.reason


def test_a_file_without_a_column_it_needs_is_refused(load: Load, tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    pq.write_table(pa.table({"service_id": ["S-1"], "day": ["2026-09-30"]}), path)

    run = load("telemetry", path)

    assert run.status == "PARTIAL"
    assert "lacks the columns coverage, availability" in run.reason


def test_a_name_that_is_not_utf_8_is_refused(load: Load, tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    names = pa.array(["Zürich".encode("latin-1")], pa.binary())
    columns = {"service_id": names, "day": ["2026-09-30"], "coverage": [1.0], "availability": [1.0]}
    pq.write_table(pa.table(columns), path)

    run = load("telemetry", path)

    assert (run.status, run.loaded) == ("PARTIAL", 0)
    assert "utf" in run.reason.lower()


def test_days_may_be_text_and_an_unknown_column_is_reported(load: Load, tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    columns = {
        "service_id": ["S-1"],
        "day": ["2026-09-30"],
        "coverage": [1.0],
        "availability": [1.0],
        "jitter_ms": [2.0],
    }
    pq.write_table(pa.table(columns), path)

    run = load("telemetry", path)

    assert (run.status, run.loaded) == ("COMPLETE", 1)
    assert len([one for one in run.warnings if "jitter_ms" in one]) == 1


def test_rows_without_a_service_wait_in_quarantine_and_the_others_load(
    load: Load, write: Write, batches: BatchSession
) -> None:
    rows = [*days("S-1", "2026-09-30", 1), {**days("S-2", "2026-09-30", 1)[0], "service_id": None}]

    run = load("telemetry", write(rows))

    assert (run.loaded, run.rejected) == (1, 1)
    (waiting,) = quarantine.items(batches)
    assert waiting.reason == "1 rows name no service or no day"


def test_an_empty_file_holds_nothing_and_breaks_nothing(load: Load, tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    whole = pa.Table.from_pylist(days("S-1", "2026-09-30", 1))
    pq.write_table(whole.slice(0, 0), path)

    run = load("telemetry", path, full=True)

    assert (run.status, run.read) == ("COMPLETE", 0)
