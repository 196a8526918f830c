"""Reading ahead: a delivery's records, hashed, a batch at a time, in a thread of its own."""

from __future__ import annotations

import hashlib
import queue
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import orjson

from graph.errors import SourceError
from graph.evidence import Entry
from graph.ids import key_of, record_digest, record_key
from loaders.source import Delivery, Extracted, Ignored, RawRecord, Source, Unreadable

BATCH_ROWS = 2_500
AHEAD = 1
"""Batches that may wait between two stages: each costs memory, and one is enough to overlap."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be loaded, and how."""

    path: Path
    as_of: date
    now: datetime
    full: bool = False
    """Whether the delivery is all that the source holds in scope, so that absence ends things."""
    scope: str = ""
    guard: float = 0.2
    batch_rows: int = BATCH_ROWS
    options: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Read:
    """Records read and hashed, not yet compared."""

    records: list[RawRecord] = field(default_factory=list)
    payloads: list[bytes] = field(default_factory=list)
    """Canonical JSON of each record, of which its content hash is made."""
    keys: list[bytes] = field(default_factory=list)
    hashes: list[bytes] = field(default_factory=list)
    others: list[tuple[Ignored | Unreadable, Entry]] = field(default_factory=list)
    bytes: int = 0

    def __len__(self) -> int:
        return len(self.records) + len(self.others)

    def add(self, system: str, item: Extracted) -> None:
        """Hash one piece of a delivery. What is not new is dropped again: keep this cheap."""
        if not isinstance(item, RawRecord):
            entry = entry_of(system, item)
            self.others.append((item, entry))
            self.bytes += len(entry.payload)
            return
        payload = orjson.dumps(item.payload, option=orjson.OPT_SORT_KEYS)
        self.records.append(item)
        self.payloads.append(payload)
        self.keys.append(record_digest(system, item.record_type, item.native_id))
        self.hashes.append(hashlib.sha256(payload).digest())
        self.bytes += len(payload)

    def entry(self, place: int) -> Entry:
        """What is kept of one record."""
        item = self.records[place]
        return Entry(
            "version",
            item.record_type,
            item.native_id,
            key_of(self.keys[place]),
            self.hashes[place].hex(),
            item.happened_at,
            item.file,
            item.line,
            self.payloads[place],
        )


def read_ahead(source: Source, order: Order, delivery: Delivery) -> Iterator[Read | SourceError]:
    """Read and hash in a thread of its own; a source that stalls is cut off."""
    ready: queue.Queue[Read | BaseException | None] = queue.Queue(AHEAD)
    stop = threading.Event()
    pulse = [time.monotonic()]
    """When the last record came: a batch may take much longer than a record."""

    def offer(item: Read | BaseException | None) -> None:
        while not stop.is_set():
            try:
                ready.put(item, timeout=0.2)
                return
            except queue.Full:
                continue

    def read() -> None:
        try:
            for batch in _batches(source, order, delivery, pulse):
                offer(batch)
                if stop.is_set():
                    return
            offer(None)
        except BaseException as error:
            offer(error)

    threading.Thread(target=read, name="extract", daemon=True).start()
    try:
        waiting_since = time.monotonic()
        while True:
            quiet_since = max(pulse[0], waiting_since)
            try:
                until = quiet_since + source.spec.stall_seconds
                item = ready.get(timeout=max(until - time.monotonic(), 0.0))
            except queue.Empty:
                if pulse[0] > quiet_since:
                    continue
                yield SourceError(
                    f"no record came for {source.spec.stall_seconds:.0f} s",
                    where=str(delivery.path),
                    remedy="see whether the source answers, then load again: "
                    "what was read is skipped",
                )
                return
            if item is None:
                return
            if isinstance(item, SourceError):
                yield item
                return
            if isinstance(item, BaseException):
                raise item
            yield item
            waiting_since = time.monotonic()
    finally:
        stop.set()


def _batches(
    source: Source, order: Order, delivery: Delivery, pulse: list[float]
) -> Iterator[Read]:
    read = Read()
    broken: SourceError | None = None
    try:
        for item in source.extract(delivery):
            pulse[0] = time.monotonic()
            read.add(source.name, item)
            if len(read) >= order.batch_rows or read.bytes >= source.spec.batch_bytes:
                yield read
                read = Read()
    except SourceError as error:
        broken = error
    if len(read):
        yield read
    if broken:
        raise broken


def entry_of(system: str, item: Ignored | Unreadable) -> Entry:
    """What is kept of a piece that is no record: its text, or only that it was there."""
    if isinstance(item, Ignored):
        return Entry("ignored", item.record_type, "", "")
    payload = orjson.dumps({"text": item.text})
    native_id = item.native_id or f"{item.file}#{item.line}"
    return Entry(
        "unreadable",
        item.record_type,
        native_id,
        record_key(system, item.record_type, native_id),
        hashlib.sha256(payload).hexdigest(),
        None,
        item.file,
        item.line,
        payload,
    )
