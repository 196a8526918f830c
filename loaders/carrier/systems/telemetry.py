"""Telemetry: a row a service and day, in Parquet."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from loaders.carrier.observation import Seen
from loaders.carrier.seeing.telemetry import Measures
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.writing import Part

ROW_GROUP = 16_384
COLUMNS = (
    "availability",
    "excused_minutes",
    "latency_ms",
    "loss",
    "utilisation_p95",
    "traffic_mean",
    "coverage",
    "target",
)
SCHEMA = pa.schema(
    [("service_id", pa.string()), ("day", pa.date32()), *((name, pa.float64()) for name in COLUMNS)]
)


class _Telemetry:
    def __init__(self, part: Part) -> None:
        self._file = pq.ParquetWriter(part.open("measures", "parquet"), SCHEMA, compression="zstd")
        self._waiting: list[Any] = []
        self._rows = 0

    def write(self, seen: Seen, cluster: Cluster | None) -> None:
        """Keep the columns of one cluster and day until they fill a row group."""
        measures: Measures = seen.thing
        count = len(measures.services)
        values = [getattr(measures, name) for name in COLUMNS]
        days = pa.array([measures.day] * count, pa.date32())
        self._waiting.append(pa.table([pa.array(measures.services), days, *values], schema=SCHEMA))
        self._rows += count
        if self._rows >= ROW_GROUP:
            self._flush()

    def close(self) -> None:
        """Write what is left; the driver closes the file."""
        self._flush()
        self._file.close()

    def _flush(self) -> None:
        if self._waiting:
            self._file.write_table(pa.concat_tables(self._waiting))
        self._waiting, self._rows = [], 0


def export(part: Part) -> _Telemetry:
    """Begin one part of a delivery."""
    return _Telemetry(part)
