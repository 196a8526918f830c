"""How a system's writer is called, and the files it writes to."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Any, BinaryIO, Protocol

import orjson

from loaders.carrier.observation import Seen
from loaders.carrier.world.cluster import Carrier, Cluster

Row = Iterable[Any]


@dataclass(slots=True)
class Part:
    """One part of one day's delivery of one system; large worlds are written in several parts."""

    folder: Path
    """`<out>/day-NN/<system>`; made when the first file is opened."""
    number: int
    """From 0; part 0 also gets what is global."""
    system: str
    day: date
    full: bool
    """Whether the delivery is everything, or what changed since the one before."""
    schema: int
    """1, or 2 from the day on which this system's schema changes."""
    carrier: Carrier
    page_rows: int = 1000
    """How many objects a page of a REST listing holds."""
    listings: list[Pages] = field(default_factory=list)
    files: list[IO[Any]] = field(default_factory=list)

    def open(self, name: str, ending: str) -> BinaryIO:
        """A new file `<name>-<part>.<ending>` of this part; `close` closes it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        file = (self.folder / f"{name}-{self.number:02d}.{ending}").open("wb", buffering=1 << 14)
        self.files.append(file)
        return file

    def csv(self, name: str, header: Row, *, delimiter: str = ",") -> Callable[[Row], Any]:
        """A new CSV file in UTF-8 with CRLF (RFC 4180); what comes back writes one row."""
        text = io.TextIOWrapper(self.open(name, "csv"), encoding="utf-8", newline="")
        self.files[-1] = text  # closing it closes the file below
        write: Callable[[Row], Any] = csv.writer(text, delimiter=delimiter).writerow
        write(header)
        return write

    def json_lines(self, name: str) -> Callable[[Any], Any]:
        """A new file of one JSON value a line; what comes back writes one value."""
        write = self.open(name, "jsonl").write
        return lambda value: write(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE))

    def pages(self, name: str) -> Callable[[Any], None]:
        """A listing in pages `<name>-<part>-<page>.json`; what comes back adds one object."""
        listing = Pages(self, name)
        self.listings.append(listing)
        return listing.add

    def close(self) -> None:
        """Close all files of this part."""
        for listing in self.listings:
            listing.close()
        for file in self.files:
            file.close()


class Pages:
    """A REST listing being saved page by page: `{count, results}`.

    A page first counts itself; `count_pages` sets all to the count of the listing when all parts
    are written.
    """

    def __init__(self, part: Part, name: str) -> None:
        self._part, self._name, self._number = part, name, 0
        self._rows: list[bytes] = []

    def add(self, value: Any) -> None:
        """Add one object; a full page is written."""
        self._rows.append(orjson.dumps(value))
        if len(self._rows) >= self._part.page_rows:
            self.close()

    def close(self) -> None:
        """Write the page at hand, if it holds anything."""
        if self._rows:
            self._number += 1
            folder = self._part.folder
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{self._name}-{self._part.number:02d}-{self._number:05d}.json"
            head = HEAD + f"{len(self._rows):>{DIGITS}}".encode()
            path.write_bytes(head + b',"results":[' + b",".join(self._rows) + b"]}\n")
            self._rows = []


HEAD = b'{"count":'
DIGITS = 10
"""Room for the count, so that it can be set in place."""


def count_pages(folder: Path) -> None:
    """Let every page of a delivery tell the count of its whole listing."""
    listings: dict[str, dict[Path, int]] = {}
    for path in sorted(folder.glob("*-[0-9][0-9]-[0-9][0-9][0-9][0-9][0-9].json")):
        with path.open("rb") as file:
            own = int(file.read(len(HEAD) + DIGITS).removeprefix(HEAD))
        listings.setdefault(path.name.rsplit("-", 2)[0], {})[path] = own
    for pages in listings.values():
        total = f"{sum(pages.values()):>{DIGITS}}".encode()
        for path in pages:
            with path.open("r+b") as file:
                file.seek(len(HEAD))
                file.write(total)


class Export(Protocol):
    """One part of a delivery being written."""

    def write(self, seen: Seen, cluster: Cluster | None) -> None:
        """Format one record; `cluster` is None for what is global."""

    def close(self) -> None:
        """Write what is left; the driver then closes the part's files."""


class Writer(Protocol):
    """A module `loaders/carrier/systems/<system>.py`."""

    def export(self, part: Part) -> Export:
        """Begin one part of a delivery."""
