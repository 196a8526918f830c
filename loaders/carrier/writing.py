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
    files: list[IO[Any]] = field(default_factory=list)

    def open(self, name: str, ending: str) -> BinaryIO:
        """A new file `<name>-<part>.<ending>` of this part; `close` closes it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        file = (self.folder / f"{name}-{self.number:02d}.{ending}").open("wb", buffering=1 << 16)
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

    def close(self) -> None:
        """Close all files of this part."""
        for file in self.files:
            file.close()


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
