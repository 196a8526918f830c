"""Daily rows of Parquet files, in any order, handed on so that each service's rows are together.

What fits is kept in memory; more is spread over files on disk by the service's id, so that memory
stays small whatever the delivery holds.
"""

from __future__ import annotations

import math
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from graph.errors import SourceError

COLUMNS: dict[str, Any] = {
    "service_id": pa.string(),
    "day": pa.date32(),
    "coverage": pa.float64(),
    "availability": pa.float64(),
    "target": pa.float64(),
    "excused_minutes": pa.float64(),
    "latency_ms": pa.float64(),
    "loss": pa.float64(),
    "utilisation_p95": pa.float64(),
    "traffic_mean": pa.float64(),
}
NEEDED = ("service_id", "day", "coverage", "availability")
AT_ONCE = 400_000
"""Rows that are held in memory together."""
BATCH = 65_536

_REFUSED = (pa.ArrowException, OSError, ValueError)


class Rows:
    """The rows of a delivery; a context, because what does not fit lies on disk meanwhile."""

    def __init__(self, paths: Sequence[Path], at_once: int = AT_ONCE) -> None:
        self.newest: date | None = None
        """The last day of which any row speaks."""
        self.unmapped: list[str] = []
        """Columns of the files that nothing is made of."""
        self._paths = paths
        self._at_once = at_once
        self._folder = tempfile.TemporaryDirectory(prefix="telemetry-")
        self._kept: list[Any] = []
        self._spread: list[Any] = []

    def __enter__(self) -> Rows:
        return self

    def __exit__(self, *error: object) -> None:
        for file in self._spread:
            file.close()
        self._folder.cleanup()

    def gather(self) -> None:
        """Read all files; SourceError, for the first that cannot be read, before anything is told.

        A month without the rows of a broken file would look like a month that was not measured.
        """
        total = sum(_refusing(path, lambda path: _opened(path).metadata.num_rows)
                    for path in self._paths)  # fmt: skip
        count = math.ceil(total / self._at_once)
        if count > 1:
            self._spread = [
                pa.OSFile(str(Path(self._folder.name) / f"{n}.arrow"), "wb") for n in range(count)
            ]
        writers = [pa.ipc.new_stream(file, _SCHEMA) for file in self._spread]
        for path in self._paths:
            for batch in _batches(path, self.unmapped):
                self._note(batch)
                if writers:
                    _spread(batch, writers)
                else:
                    self._kept.append(batch)
        for writer in writers:
            writer.close()

    def tables(self) -> Iterator[Any]:
        """Tables of rows; all rows of a service are in one of them."""
        if not self._spread:
            yield pa.Table.from_batches(self._kept, _SCHEMA)
            return
        for file in self._spread:
            file.close()
        for number in range(len(self._spread)):
            with pa.OSFile(str(Path(self._folder.name) / f"{number}.arrow"), "rb") as file:
                yield pa.ipc.open_stream(file).read_all()

    def _note(self, batch: Any) -> None:
        last = pc.max(batch.column("day")).as_py()
        if last is not None and (self.newest is None or last > self.newest):
            self.newest = last


_SCHEMA = pa.schema(list(COLUMNS.items()))


def _opened(path: Path) -> Any:
    """The file, to be read row group by row group: unasked, all of it is read ahead."""
    return pq.ParquetFile(path, pre_buffer=False)


def _batches(path: Path, unmapped: list[str]) -> Iterator[Any]:
    """A file's rows under our columns; a column that is absent is empty."""
    file = _refusing(path, _opened)
    names = set(file.schema_arrow.names)
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise SourceError(
            f"the file lacks the columns {', '.join(missing)}",
            where=str(path),
            remedy="the source changed its columns: mend the mapping, or fetch again",
        )
    unmapped += sorted(names - set(COLUMNS) - set(unmapped))
    wanted = [name for name in COLUMNS if name in names]
    batches = file.iter_batches(batch_size=BATCH, columns=wanted)
    while (batch := _refusing(path, lambda _: next(batches, None))) is not None:
        yield _refusing(path, lambda _, batch=batch: _as_ours(batch))


def _as_ours(batch: Any) -> Any:
    given = set(batch.schema.names)
    return pa.record_batch(
        [
            pc.cast(batch.column(name), kind) if name in given else pa.nulls(len(batch), kind)
            for name, kind in COLUMNS.items()
        ],
        schema=_SCHEMA,
    )


def _spread(batch: Any, writers: list[Any]) -> None:
    """Write each row to the file of its service."""
    codes = pc.dictionary_encode(batch.column("service_id"))
    names = [zlib.crc32((name or "").encode()) for name in codes.dictionary.to_pylist()]
    indices = codes.indices.fill_null(0).to_numpy(zero_copy_only=False)
    places = np.array(names or [0], dtype=np.int64)[indices] % len(writers)
    order = np.argsort(places, kind="stable")
    sorted_batch = batch.take(pa.array(order))
    ends = np.searchsorted(places[order], np.arange(len(writers) + 1))
    for number, writer in enumerate(writers):
        if ends[number] < ends[number + 1]:
            writer.write_batch(sorted_batch.slice(ends[number], ends[number + 1] - ends[number]))


def _refusing(path: Path, read: Any) -> Any:
    """What `read` makes of the file; SourceError where it is cut off, or is something else."""
    try:
        return read(path)
    except _REFUSED as error:
        raise SourceError(
            f"the file is cut off, or no Parquet of the columns that are known: "
            f"{str(error).splitlines()[0]}",
            where=str(path),
            remedy="fetch it again, then load the whole delivery again",
        ) from error
