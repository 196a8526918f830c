"""Append-only Parquet evidence, one file per load run once it has ended, at an fsspec address.

While a run goes on, every batch is a part of its own: a Parquet file without its footer is
nothing, so an open file would lose a killed run's evidence. A part is on disk before the graph
commits what was made of it; rows that the graph never committed are cut off when the run ends.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import fsspec
import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from graph.errors import EvidenceError

SCHEMA = pa.schema(
    [
        ("row", pa.int64()),
        ("kind", pa.string()),
        ("record_type", pa.string()),
        ("native_id", pa.string()),
        ("key", pa.string()),
        ("content_hash", pa.string()),
        ("happened_at", pa.string()),
        ("file", pa.string()),
        ("line", pa.int64()),
        ("payload", pa.large_binary()),
        ("field", pa.string()),
        ("reason", pa.string()),
        ("remedy", pa.string()),
    ]
)
COLUMNS = SCHEMA.names
MANIFEST = "run.json"
WHOLE = "evidence.parquet"


# Arrow's own pool keeps what it freed for later: 100 MB at the end of a long load.
pa.set_memory_pool(pa.system_memory_pool())


@dataclass(slots=True)
class Entry:
    """One row of evidence: a record's version, a rejected record, or a record's absence."""

    kind: str
    """version; rejected (not understood), unreadable (no record at all), conflict (twice with
    different content); absent, held (absent, and waiting for approval)"""
    record_type: str
    native_id: str
    key: str
    content_hash: str = ""
    happened_at: str | None = None
    file: str = ""
    line: int = 0
    payload: bytes = b""
    """Canonical JSON of the record as the source gave it."""
    field: str = ""
    reason: str = ""
    remedy: str = ""
    row: int = -1


class EvidenceStore:
    """All runs' evidence below one address (`.footprint/evidence`, or an object store)."""

    def __init__(self, address: str) -> None:
        self.filesystem, self.root = fsspec.core.url_to_fs(address)
        self.address = address

    def folder(self, source: str, run: str) -> str:
        """Where a run's evidence lies."""
        return f"{self.root}/{source}/{run}"

    def writer(self, source: str, run: str) -> EvidenceWriter:
        """Begin a run's evidence."""
        return EvidenceWriter(self, source, run)

    def manifests(self) -> list[dict[str, Any]]:
        """The manifest of every run, oldest first."""
        found = [
            orjson.loads(self.filesystem.cat_file(path))
            for path in self.filesystem.glob(f"{self.root}/*/*/{MANIFEST}")
        ]
        # As text, 00:00:00.001Z would come before 00:00:00Z.
        return sorted(found, key=lambda one: (datetime.fromisoformat(one["moment"]), one["id"]))

    def has_manifest(self, source: str, run: str) -> bool:
        """Whether a run was ended to its last step."""
        return bool(self.filesystem.exists(f"{self.folder(source, run)}/{MANIFEST}"))

    def write_manifest(self, manifest: dict[str, Any]) -> None:
        """Keep what a run was and how it ended, beside its evidence, in one step."""
        folder = self.folder(manifest["source"], manifest["id"])
        with self.explained(folder):
            self.filesystem.makedirs(folder, exist_ok=True)
            self.write_whole(f"{folder}/{MANIFEST}", orjson.dumps(manifest, option=_PRETTY))

    def parts(self, source: str, run: str, *, rows: int) -> Iterator[list[Entry]]:
        """A run's first `rows` rows of evidence, in the parts in which they were appended."""
        for path in self._parts(self.folder(source, run)):
            with self.explained(path), self.filesystem.open(path, "rb") as file:
                parquet = pq.ParquetFile(file)
                for group in range(parquet.num_row_groups):
                    table = parquet.read_row_group(group)
                    table = table.slice(0, max(0, rows - table["row"][0].as_py()))
                    if table.num_rows:
                        yield [Entry(**values) for values in table.to_pylist()]

    def rows(self, source: str, run: str) -> int:
        """How many rows of a run's evidence are in the store."""
        count = 0
        for path in self._parts(self.folder(source, run)):
            with self.explained(path), self.filesystem.open(path, "rb") as file:
                count += pq.ParquetFile(file).metadata.num_rows
        return count

    def entries(self, source: str, run: str, *, rows: int | None = None) -> Iterator[Entry]:
        """A run's evidence in order, up to its first `rows` rows, in constant memory."""
        for path in self._parts(self.folder(source, run)):
            with self.explained(path), self.filesystem.open(path, "rb") as file:
                for batch in pq.ParquetFile(file).iter_batches(batch_size=5_000):
                    for values in batch.to_pylist():
                        if rows is not None and values["row"] >= rows:
                            return
                        yield Entry(**values)

    def entry(self, position: str) -> Entry:
        """The one row at a position (`<source>/<run>#<row>`)."""
        place, _, row = position.rpartition("#")
        wanted = int(row)
        for path in self._parts(f"{self.root}/{place}"):
            with self.explained(path), self.filesystem.open(path, "rb") as file:
                parquet = pq.ParquetFile(file)
                for group in range(parquet.num_row_groups):
                    rows = parquet.metadata.row_group(group).column(0).statistics
                    if rows.min <= wanted <= rows.max:
                        table = parquet.read_row_group(group)
                        return Entry(**table.slice(wanted - rows.min, 1).to_pylist()[0])
        raise EvidenceError(
            "this row of evidence is not in the store",
            where=position,
            remedy=f"restore {self.address} from its copy; facts stay, their payload is missing",
        )

    def compact(self, source: str, run: str, rows: int) -> None:
        """Make one file of a run's parts, without the rows that were never committed."""
        folder = self.folder(source, run)
        parts = [path for path in self._parts(folder) if not path.endswith(WHOLE)]
        if not parts:
            return
        with self.explained(folder):
            temporary = f"{folder}/.{WHOLE}"
            with (
                self.filesystem.open(temporary, "wb") as file,
                pq.ParquetWriter(file, SCHEMA, compression="zstd") as writer,
            ):
                for path in parts:
                    with self.filesystem.open(path, "rb") as part:
                        self._copy(pq.ParquetFile(part), writer, rows)
                _sync(file)
            self.filesystem.mv(temporary, f"{folder}/{WHOLE}")
            for path in parts:
                self.filesystem.rm_file(path)

    @staticmethod
    def _copy(part: pq.ParquetFile, writer: pq.ParquetWriter, rows: int) -> None:
        for group in range(part.num_row_groups):
            table = part.read_row_group(group)
            first = table["row"][0].as_py()
            if first < rows:
                writer.write_table(table.slice(0, rows - first))

    def write_lines(self, name: str, values: Iterable[dict[str, Any]]) -> int:
        """Keep values as JSON lines in one file beside the evidence, in one step; how many."""
        count = 0
        path = f"{self.root}/{name}"
        with self.explained(path):
            self.filesystem.makedirs(self.root, exist_ok=True)
            with self.filesystem.open(f"{path}.new", "wb") as file:
                for value in values:
                    file.write(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE))
                    count += 1
                _sync(file)
            self.filesystem.mv(f"{path}.new", path)
        return count

    def read_lines(self, name: str) -> Iterator[dict[str, Any]]:
        """The values of a file of JSON lines; none when there is no such file."""
        path = f"{self.root}/{name}"
        if not self.filesystem.exists(path):
            return
        with self.explained(path), self.filesystem.open(path, "rb") as file:
            for line in file:
                yield orjson.loads(line)

    def _parts(self, folder: str) -> list[str]:
        if self.filesystem.exists(f"{folder}/{WHOLE}"):
            return [f"{folder}/{WHOLE}"]
        return sorted(str(path) for path in self.filesystem.glob(f"{folder}/part-*.parquet"))

    def write_whole(self, path: str, content: bytes) -> None:
        """Write a file in one step: all of it is there, or what was there before."""
        temporary = f"{path}.new"
        with self.filesystem.open(temporary, "wb") as file:
            file.write(content)
            _sync(file)
        self.filesystem.mv(temporary, path)

    @contextlib.contextmanager
    def explained(self, where: str) -> Iterator[None]:
        """Faults of the disk or the store as errors that say what to do."""
        try:
            yield
        except OSError as error:
            raise EvidenceError(
                f"the evidence store failed: {error.strerror or error}",
                where=where,
                remedy="free space or mend the address (FOOTPRINT_EVIDENCE), then load again",
            ) from error
        except pa.ArrowInvalid as error:
            raise EvidenceError(
                f"evidence is unreadable: {error}",
                where=where,
                remedy="restore this file from its copy",
            ) from error


class EvidenceWriter:
    """Appends one run's evidence, a part at a time."""

    def __init__(self, store: EvidenceStore, source: str, run: str) -> None:
        self.store = store
        self.place = f"{source}/{run}"
        self.rows = 0
        self._folder = store.folder(source, run)
        with store.explained(self._folder):
            store.filesystem.makedirs(self._folder, exist_ok=True)

    def append(self, entries: list[Entry]) -> list[str]:
        """Put entries on disk as one part; their positions, in order."""
        if not entries:
            return []
        first = self.rows
        columns: list[list[Any]] = [list(range(first, first + len(entries)))]
        columns += [[getattr(entry, name) for entry in entries] for name in COLUMNS[1:]]
        table = pa.Table.from_arrays(
            [pa.array(values, field.type) for values, field in zip(columns, SCHEMA, strict=True)],
            schema=SCHEMA,
        )
        path = f"{self._folder}/part-{first:012d}.parquet"
        with self.store.explained(path):
            with self.store.filesystem.open(f"{path}.new", "wb") as file:
                pq.write_table(table, file, compression="zstd")
                _sync(file)
            self.store.filesystem.mv(f"{path}.new", path)
        self.rows += len(entries)
        return [f"{self.place}#{row}" for row in columns[0]]


class KeptEvidence(EvidenceWriter):
    """Stands in for the writer while a run is replayed: all is in the store already."""

    def __init__(self, store: EvidenceStore, source: str, run: str) -> None:
        self.store = store
        self.place = f"{source}/{run}"
        self.rows = 0

    def append(self, entries: list[Entry]) -> list[str]:
        """The positions at which these entries were read; nothing is written."""
        self.rows = max([self.rows, *(entry.row + 1 for entry in entries)])
        return [f"{self.place}#{entry.row}" for entry in entries]


_PRETTY = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS


def _sync(file: Any) -> None:
    """Put a local file on disk; an object store does that when the file is closed."""
    file.flush()
    with contextlib.suppress(AttributeError, OSError):
        os.fsync(file.fileno())
