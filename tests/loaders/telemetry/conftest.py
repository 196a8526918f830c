"""Parquet files of daily measures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from loaders.source import Source, find_source

Row = dict[str, Any]


def days(service: str, first: str, count: int, **values: Any) -> list[Row]:
    """Rows of one service for consecutive days, fully measured and without a fault unless said."""
    begin = date.fromisoformat(first)
    said = {"coverage": 1.0, "availability": 1.0, **values}
    return [{"service_id": service, "day": begin + timedelta(days=n), **said} for n in range(count)]


@pytest.fixture
def source() -> Source:
    """The source under test."""
    return find_source("telemetry")


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write rows to a Parquet file; the path."""

    def write(rows: list[Row], name: str = "day.parquet") -> Path:
        folder = tmp_path / "delivery"
        folder.mkdir(exist_ok=True)
        names = dict.fromkeys(name for row in rows for name in row)
        table = pa.table({name: [row.get(name) for row in rows] for name in names})
        pq.write_table(table, folder / name, row_group_size=50)
        return folder / name

    return write
