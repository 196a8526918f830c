"""Tickets of the service desk as CSV tables, and those of the network as TMF621 resources."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graph.errors import SourceError
from graph.facts.claims import Claims
from loaders import tables
from loaders.files import raise_broken
from loaders.source import Delivery, Extracted, RawRecord, Source, SourceSpec
from loaders.tickets.desk import Desk
from loaders.tickets.network import Network
from loaders.tmforum import source as tmforum


class Tickets(Source):
    """What customers complain of, and what the network itself noticed."""

    name = "tickets"

    def __init__(self, spec: SourceSpec) -> None:
        super().__init__(spec)
        self._desk, self._network = Desk(spec), Network(spec)

    def extract(self, delivery: Delivery) -> Iterator[Extracted]:
        """Yield the desk's tickets and the network's; a broken file does not hide the others."""
        broken: list[SourceError] = []
        rows = _holds(delivery.path, tables.PATTERNS)
        if rows:
            yield from _until_broken(self._desk.extract(delivery), broken)
        if not rows or _holds(delivery.path, tmforum.PATTERNS):
            yield from _until_broken(self._network.extract(delivery), broken)
        raise_broken(broken, delivery.path)

    def transform(self, record: RawRecord) -> Claims:
        """Map one ticket by the system that it is of."""
        system = self._desk if record.record_type == "ticket" else self._network
        return system.transform(record)


def _holds(path: Path, patterns: tuple[str, ...]) -> bool:
    """Whether a file, or a folder and what is below it, fits one of the patterns."""
    if path.is_file():
        return any(path.match(pattern) for pattern in patterns)
    return any(found for pattern in patterns for found in path.rglob(pattern))


def _until_broken(items: Iterator[Extracted], broken: list[SourceError]) -> Iterator[Extracted]:
    """What is read until a file cannot be; the error is kept for the end."""
    try:
        yield from items
    except SourceError as error:
        broken.append(error)
