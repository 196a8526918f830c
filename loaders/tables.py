"""Tables in CSV: which one a file holds is told by its header, whatever the file's name."""

from __future__ import annotations

import csv
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from graph.errors import RecordRejected, SourceError
from graph.facts.claims import Claims
from loaders.dates import iso
from loaders.files import csv_records, files_of, opened_text, raise_broken
from loaders.source import Delivery, Extracted, Ignored, RawRecord, Source

PATTERNS = ("*.csv", "*.csv.gz")


class Table(NamedTuple):
    """A table: its record type, the columns that tell it, the columns that are its id."""

    record_type: str
    told_by: tuple[str, ...]
    id: tuple[str, ...]


def as_written(column: str) -> str:
    """A column by the name that its header gives it."""
    return column


def header_of(path: Path) -> list[str]:
    """The columns of a CSV file, as they are written there."""
    with opened_text(path) as text:
        return [name.strip() for name in next(csv.reader(text), [])]


def table_of(
    path: Path,
    tables: Sequence[Table],
    *,
    mapping: str,
    column: Callable[[str], str] = as_written,
) -> Table:
    """The first table whose columns a file has.

    SourceError, with what the header has and what the nearest table needs, when it is none of
    them; `mapping` is the file to mend then.
    """
    header = header_of(path)
    columns = {column(name) for name in header}
    for table in tables:
        if columns.issuperset(table.told_by):
            return table
    first = column(header[0]) if header else ""
    near = min(
        tables, key=lambda table: (len(set(table.told_by) - columns), table.told_by[0] != first)
    )
    lacking = ", ".join(name for name in near.told_by if name not in columns)
    raise SourceError(
        f"no export that is known has this header: {', '.join(header[:8])} ...; the nearest, "
        f"{near.record_type}, needs {lacking} too",
        where=f"{path}:1",
        remedy=f"the source changed its columns: export them again, or mend {mapping}",
    )


class TableSource(Source):
    """A source whose deliveries are CSV tables; each row is a record."""

    tables: ClassVar[tuple[Table, ...]]
    """In the order in which they are tried and read: what is pointed to before what points."""
    changed_at: ClassVar[str] = ""
    """Column of the moment at which a row changed, in the source's zone; '' when there is none."""

    @property
    @abstractmethod
    def mappings(self) -> Mapping[str, Callable[[RawRecord], Claims]]:
        """Record type -> how a row of it is mapped."""

    def extract(self, delivery: Delivery) -> Iterator[Extracted]:
        """Yield every row; a file that cannot be read is named at the end, the others count."""
        broken: list[SourceError] = []
        met: set[str] = set()
        for table, path in self.files(delivery.path, broken):
            met.add(table.record_type)
            try:
                yield from self._rows(table, path)
            except SourceError as error:
                broken.append(error)
        raise_broken(broken, delivery.path)
        for record_type in sorted(met & set(self.spec.record_types)):
            delivery.cover(record_type)

    def transform(self, record: RawRecord) -> Claims:
        """Map one row by its table."""
        return self.mappings[record.record_type](record)

    def files(self, path: Path, broken: list[SourceError]) -> list[tuple[Table, Path]]:
        """The files with their tables, in reading order; those that are no table go to `broken`."""
        found = []
        for file in files_of(path, *PATTERNS):
            try:
                mapping = f"loaders/{self.name}/source.py"
                found.append((table_of(file, self.tables, mapping=mapping), file))
            except SourceError as error:
                broken.append(error)
        return sorted(found, key=lambda one: (self.tables.index(one[0]), one[1]))

    def _rows(self, table: Table, path: Path) -> Iterator[Extracted]:
        why = self.spec.ignores.get(table.record_type)
        for line, row in csv_records(path, needs=table.told_by):
            if why:
                yield Ignored(table.record_type, why)
            else:
                native_id = _native_id(table, row, line)
                changed = self._changed(row)
                yield RawRecord(table.record_type, native_id, row, path.name, line, changed)

    def _changed(self, row: Mapping[str, Any]) -> str | None:
        """The moment of the change; one that cannot be read is refused by the mapping."""
        try:
            return iso(row.get(self.changed_at), zone=self.zone)
        except RecordRejected:
            return None


def _native_id(table: Table, row: Mapping[str, str], line: int) -> str:
    parts = [row.get(name, "").strip() for name in table.id]
    return "/".join(parts) if all(parts) else f"line {line} without {' and '.join(table.id)}"
