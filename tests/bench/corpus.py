"""A synthetic register for measuring: companies in a tree, one CSV row each, as any source is."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from graph.facts.claims import Claims, ref
from loaders.files import csv_records
from loaders.source import Delivery, Extracted, RawRecord, Source, SourceSpec

FIELDS = ("number", "name", "country", "form", "status", "created", "parent", "since")
COUNTRIES = ("DE", "GB", "FR", "US", "BR", "JP", "SG", "AE", "ZA", "IN")
FANOUT = 10

SPEC = SourceSpec(
    title="Synthetic register",
    publisher="Footprint benchmarks",
    licence="own",
    holds=("registry",),
    freshness_sla="P1D",
    scope="all companies",
    record_types={"company": "one company and its parent"},
)


class Register(Source):
    """The synthetic register: one company and one parent fact a record."""

    name = "bench"

    def extract(self, delivery: Delivery) -> Iterator[Extracted]:
        """Rows of the CSV."""
        for line, row in csv_records(delivery.path, needs=FIELDS):
            yield RawRecord("company", row["number"], row, delivery.path.name, line)
        delivery.cover("company")

    def transform(self, record: RawRecord) -> Claims:
        """One entity, and its place under its parent."""
        row, claims = record.payload, Claims()
        entity = claims.node(
            "LegalEntity",
            f"bench:company:{record.native_id}",
            name=row["name"],
            jurisdiction=row["country"],
            legal_form=row["form"],
            status=row["status"],
            created_on=date.fromisoformat(row["created"]),
        )
        parent = row.get("parent")
        if parent:
            claims.fact(
                "PARENT_IN",
                entity,
                ref("LegalEntity", f"bench:company:{parent}"),
                valid_from=date.fromisoformat(row["since"]),
                view="legal",
            )
        return claims


def register() -> Register:
    """The source, ready to load."""
    return Register(SPEC)


def write_register(path: Path, size: int, *, changed: float = 0.0, seed: int = 7) -> Path:
    """A delivery of `size` companies in a tree; a share of them renamed."""
    chance = random.Random(seed)
    renamed = set(chance.sample(range(size), int(size * changed))) if changed else set()
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(FIELDS)
        for number in range(size):
            writer.writerow(row_of(number, number in renamed))
    return path


def row_of(number: int, renamed: bool = False) -> list[str]:
    """The CSV row of one company."""
    name = f"{'Renamed' if renamed else 'Company'} {number:07d} Holdings Limited"
    parent = "" if number == 0 else str((number - 1) // FANOUT)
    return [
        str(number),
        name,
        COUNTRIES[number % len(COUNTRIES)],
        "H0PO",
        "ACTIVE" if number % 20 else "INACTIVE",
        f"{1950 + number % 70}-03-{1 + number % 28:02d}",
        parent,
        f"{1990 + number % 30}-05-{1 + number % 28:02d}" if parent else "",
    ]
