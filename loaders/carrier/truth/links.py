"""Who is who by the truth: joins the systems' records of one company, as a matcher would.

For back-tests only, until records are matched by what they say: a source like any other, whose
records say of two references that they are one company.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import orjson

from graph.connection import BatchSession
from graph.facts.claims import Claims, ref
from graph.facts.run import Run
from graph.statement import read_statement
from loaders.carrier.truth.reading import Truth
from loaders.files import json_records
from loaders.source import Delivery, Extracted, RawRecord, Source, SourceSpec
from loaders.sync import sync
from loaders.workplace import Workplace

UNLINKED = read_statement(Path(__file__).parent / "unlinked.cypher").text
REASON = "the truth of the demo carrier says so"
SPEC = SourceSpec(
    title="Truth of the demo carrier",
    publisher="the demo carrier",
    licence="own",
    holds=(),
    freshness_sla="P3650D",
    scope="companies that no number joins",
    record_types={"same": "two references of one company"},
    batch_bytes=20_000,  # each may move all that hangs off a company
)


class TruthLinks(Source):
    """Pairs of references that are one company."""

    name = "carrier_truth"

    def extract(self, delivery: Delivery) -> Iterator[Extracted]:
        """A line a pair."""
        for line, payload in json_records(delivery.path):
            yield RawRecord("same", payload["reference"], payload, delivery.path.name, line)
        delivery.cover("same")

    def transform(self, record: RawRecord) -> Claims:
        """The claim that both are one."""
        claims = Claims()
        left, right = record.payload["reference"], record.payload["is"]
        claims.same.append((ref("LegalEntity", left), ref("LegalEntity", right), REASON))
        return claims


def link_by_truth(truth: Truth, place: Workplace, folder: Path, on: date) -> Run:
    """Join what the truth says is one company; the file of pairs stays in the folder."""
    path = folder / f"links-{on}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        for left, right in pairs(truth, place.session):
            file.write(orjson.dumps({"reference": left, "is": right}) + b"\n")
    return sync(TruthLinks(SPEC), place.order(path, as_of=on), place.session, place.evidence)


def pairs(truth: Truth, session: BatchSession) -> list[tuple[str, str]]:
    """References of companies without an LEI, each with the one it is the same company as."""
    entities = {
        f"{row['system']}:{row['record_type']}:{row['native_id']}": row["entity"]
        for row in truth.rows("identity")
    }
    known = {row["entity"]: f"lei:{row['lei']}" for row in truth.rows("entities") if row["lei"]}
    found: list[tuple[str, str]] = []
    for reference, accounts in session.rows(UNLINKED):
        entity = next((entities[one] for one in (reference, *accounts) if one in entities), None)
        if entity is None:
            continue
        if known.setdefault(entity, reference) != reference:
            found.append((reference, known[entity]))
    return found
