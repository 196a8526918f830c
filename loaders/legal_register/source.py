"""GLEIF's files, and beside them a press feed of deals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graph.errors import SourceError
from graph.facts.claims import Claims
from loaders.files import files_of, raise_broken
from loaders.gleif.content import PATTERNS as GLEIF_PATTERNS
from loaders.gleif.source import Gleif
from loaders.legal_register import press
from loaders.source import Delivery, Extracted, RawRecord, SourceSpec, with_ignores_of

PATTERNS = (*GLEIF_PATTERNS, "*.jsonl", "*.jsonl.gz", "*.ndjson", "*.ndjson.gz")


class LegalRegister(Gleif):
    """Who is who and who belongs to whom, by the register; who buys whom, by the press."""

    name = "legal_register"

    def __init__(self, spec: SourceSpec) -> None:
        super().__init__(with_ignores_of(spec, "gleif"))

    def extract(self, delivery: Delivery) -> Iterator[Extracted]:
        """Yield the register's records, then a record a deal; a broken file hides no other."""
        broken: list[SourceError] = []
        if self.files(delivery.path):
            try:
                yield from super().extract(delivery)
            except SourceError as error:
                broken.append(error)
        feeds = [path for path in files_of(delivery.path, *PATTERNS) if press.is_feed(path)]
        deals = 0
        for item in press.deals(feeds, delivery, broken):
            deals += 1
            yield item
        if delivery.expected is not None:  # the register announces its own records only
            delivery.expect(deals)
        raise_broken(broken, delivery.path)

    def files(self, path: Path) -> list[Path]:
        """The files that are none of the press."""
        return [file for file in files_of(path, *PATTERNS) if not press.is_feed(file)]

    def transform(self, record: RawRecord) -> Claims:
        """What one record says."""
        return press.deal(record) if record.record_type == "deal" else super().transform(record)
