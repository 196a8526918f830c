"""Rejected records: kept with the reason, shown, and tried again after a mapping is mended."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from graph.connection import BatchSession, Transaction, as_text
from graph.evidence import Entry
from graph.facts.run import Run
from graph.ids import text_uuid5

KEEP = """
UNWIND $rows AS row
MERGE (item:Quarantined {id: row.id})
ON CREATE SET item.recorded_at = datetime($moment)
SET item += row
"""

RESOLVE = """
UNWIND $keys AS key
MATCH (item:Quarantined {key: key}) WHERE item.status = 'open'
SET item.status = 'resolved'
RETURN count(item) AS resolved
"""

OPEN = "MATCH (item:Quarantined {source: $source, status: 'open'}) RETURN count(item) AS open"

KNOWN = """
UNWIND $ids AS id MATCH (item:Quarantined {id: id, status: 'open'}) RETURN collect(item.id) AS ids
"""

NEWEST_OPEN = """
UNWIND $ids AS id
MATCH (item:Quarantined {id: id, status: 'open', run: $run})
WHERE NOT EXISTS {
  MATCH (newer:Quarantined {key: item.key, status: 'open'})
  WHERE newer.recorded_at > item.recorded_at
}
RETURN collect(item.id) AS ids
"""

READ = """
MATCH (item:Quarantined)
WHERE ($source IS NULL OR item.source = $source) AND ($status IS NULL OR item.status = $status)
  AND ($id IS NULL OR item.id STARTS WITH $id)
WITH item ORDER BY item.source, item.file, item.line, item.id LIMIT $limit
RETURN item.id AS id, item.key AS key, item.source AS source, item.record_type AS record_type,
       item.native_id AS native_id, item.file AS file, item.line AS line, item.field AS field,
       item.reason AS reason, item.remedy AS remedy, item.run AS run, item.position AS position,
       item.status AS status
"""


@dataclass(slots=True)
class Quarantined:
    """One record that was rejected, why, and what to do."""

    id: str
    key: str
    source: str
    record_type: str
    native_id: str
    file: str
    line: int
    field: str
    reason: str
    remedy: str
    run: str
    position: str
    status: str = "open"


@dataclass(slots=True)
class Rejection:
    """A record that was not understood, and why."""

    entry: Entry
    field: str
    reason: str
    remedy: str

    @property
    def id(self) -> str:
        """The id of the item that it is in quarantine."""
        return item_id(self.entry.key, self.entry.content_hash)

    def item(self, run: Run, position: str) -> Quarantined:
        """The item to keep, its payload at a position of the evidence."""
        entry = self.entry
        return Quarantined(
            id=self.id,
            key=entry.key,
            source=run.source,
            record_type=entry.record_type,
            native_id=entry.native_id,
            file=entry.file,
            line=entry.line,
            field=self.field,
            reason=self.reason,
            remedy=self.remedy,
            run=run.id,
            position=position,
        )


def item_id(key: str, content_hash: str) -> str:
    """The same record rejected for the same content is one item, however often it comes."""
    return text_uuid5(f"quarantined|{key}|{content_hash}")


def keep(transaction: Transaction, run: Run, items: list[Quarantined]) -> None:
    """Put rejected records in quarantine."""
    if items:
        rows = [asdict(item) for item in items]
        transaction.run(KEEP, rows=rows, moment=as_text(run.moment)).consume()


def not_yet_kept(session: BatchSession, rejections: list[Rejection]) -> list[Rejection]:
    """Those that are not in quarantine already."""
    if not rejections:
        return []
    there = set(session.row(KNOWN, ids=[one.id for one in rejections])[0])
    return [one for one in rejections if one.id not in there]


def newest_open(session: BatchSession, run: str, ids: list[str]) -> set[str]:
    """Which of a run's items still wait and are the newest rejected content of their record."""
    return set(session.row(NEWEST_OPEN, run=run, ids=ids)[0]) if ids else set()


def resolve(transaction: Transaction, keys: list[str]) -> int:
    """Records that are understood now leave quarantine; how many did."""
    record = transaction.run(RESOLVE, keys=keys).single(strict=True)
    return int(record["resolved"])


def open_items(session: BatchSession, source: str) -> int:
    """How many records of a source wait in quarantine."""
    return int(session.row(OPEN, source=source)[0])


def items(
    session: BatchSession,
    *,
    source: str | None = None,
    status: str | None = "open",
    id: str | None = None,
    limit: int = 100,
) -> list[Quarantined]:
    """Rejected records, by source, file and line."""
    rows = session.rows(READ, source=source, status=status, id=id, limit=limit)
    return [Quarantined(*row) for row in rows]
