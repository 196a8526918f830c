"""Reads BODS 0.4: one record is all statements about it; natural persons are kept out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from graph.errors import SourceError
from graph.facts.claims import Claims
from loaders.bods.entity import entity
from loaders.bods.persons import without_persons
from loaders.bods.relationship import relationship
from loaders.bods.statements import Gathered, Statements
from loaders.files import files_of, json_records
from loaders.source import Delivery, Extracted, Ignored, RawRecord, Source, Unreadable

PATTERNS = ("*.json", "*.json.gz", "*.ndjson", "*.jsonl", "*.jsonl.gz", "*.zip")
_MAPPINGS = {"entity": entity, "relationship": relationship}


class Bods(Source):
    """Beneficial ownership statements."""

    name = "bods"

    def extract(self, delivery: Delivery) -> Iterator[Extracted]:
        """First all files, to know who is a person; then each record with its statements."""
        broken: list[SourceError] = []
        with closing(Statements()) as statements:
            for path in files_of(delivery.path, *PATTERNS):
                try:
                    yield from self._gather(path, statements)
                except SourceError as error:
                    broken.append(error)
            yield from self._entities(statements)
            yield from self._relationships(statements)
        if broken:
            raise SourceError(
                "; ".join(f"{error.what} [{error.where}]" for error in broken),
                where=str(delivery.path),
                remedy=broken[0].remedy,
            )
        delivery.cover("entity")
        delivery.cover("relationship")

    def transform(self, record: RawRecord) -> Claims:
        """Map one record by what was said of it from first to last."""
        return _MAPPINGS[record.record_type](record)

    def _gather(self, path: Path, statements: Statements) -> Iterator[Extracted]:
        for line, statement in json_records(path):
            record_type, record_id = statement.get("recordType"), statement.get("recordId")
            if "statementType" in statement and record_type is None:
                raise SourceError(
                    "statements of BODS 0.3 or older, which know no records",
                    where=f"{path}:{line}",
                    remedy="convert the file to BODS 0.4, then load again",
                )
            if record_type == "person":
                statements.add_person(str(record_id))
                yield Ignored("person", self.spec.ignores["person"])
            elif record_type in _MAPPINGS and isinstance(record_id, str) and record_id:
                statements.add(statement, path.name, line)
            else:
                yield _unplaced(statement, path.name, line)

    def _entities(self, statements: Statements) -> Iterator[Extracted]:
        for gathered in statements.records("entity"):
            yield _record(gathered, statements)

    def _relationships(self, statements: Statements) -> Iterator[Extracted]:
        for gathered in statements.records("relationship"):
            parties = [_party(statement) for statement in gathered.statements]
            if any(statements.is_person(party) for party in parties):
                for _ in parties:
                    yield Ignored("person_relationship", self.spec.ignores["person_relationship"])
            elif all(isinstance(party, dict) or statements.is_entity(party) for party in parties):
                yield _record(gathered, statements)
            else:
                yield _undescribed(gathered)


def _party(statement: dict[str, Any]) -> Any:
    details = statement.get("recordDetails")
    # A closing statement may leave the details out; a party that is not named is unspecified.
    return (details.get("interestedParty") if isinstance(details, dict) else None) or {}


def _record(gathered: Gathered, statements: Statements) -> Extracted:
    ids = [statement.get("statementId") for statement in gathered.statements]
    if len(set(ids)) < len(ids):
        return Unreadable(
            gathered.record_type,
            gathered.record_id,
            f"statements: {', '.join(map(str, ids))}",
            "one statement comes with two contents, and statements are never edited",
            "ask the publisher which is right, remove the other, then load again",
            gathered.file,
            gathered.line,
        )
    kept = [
        without_persons(statement, statements.is_person, statements.is_entity)
        for statement in gathered.statements
    ]
    return RawRecord(
        gathered.record_type,
        gathered.record_id,
        {"statements": kept},
        gathered.file,
        gathered.line,
    )


def _undescribed(gathered: Gathered) -> Unreadable:
    return Unreadable(
        "relationship",
        gathered.record_id,
        "",
        "no statement describes the interested party, so it may be a person: nothing is kept",
        "deliver the statements of both parties together with the relationship",
        gathered.file,
        gathered.line,
    )


def _unplaced(statement: dict[str, Any], file: str, line: int) -> Unreadable:
    record_type = str(statement.get("recordType") or "")
    missing = "recordId" if record_type in _MAPPINGS else "recordType that BODS 0.4 knows"
    return Unreadable(
        record_type if record_type in _MAPPINGS else "entity",
        "",
        f"fields: {', '.join(sorted(statement))}",
        f"the statement has no {missing}",
        "ask the publisher to mend the statement, then load again",
        file,
        line,
    )
