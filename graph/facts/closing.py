"""Absence: what a complete run did not find ends, behind the volume guard; nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from graph.connection import BatchSession, Transaction, as_text
from graph.facts import changes, hierarchy, outbox, survivorship
from graph.facts import statements as cypher
from graph.facts.rows import FactRows

if TYPE_CHECKING:
    from graph.facts.batch import Writing
    from graph.facts.run import Run
    from graph.facts.seen import Seen

Item = TypeVar("Item")

PAGE = 20_000

COUNT_CURRENT = """
MATCH (record:SourceRecord {system: $system})
WHERE record.record_type IN $record_types AND record.scope = $scope
  AND record.recorded_to = datetime('9999-12-31T00:00:00Z')
RETURN count(record) AS current
"""

CURRENT = """
MATCH (record:SourceRecord {system: $system})
WHERE record.record_type = $record_type AND record.scope = $scope
  AND record.recorded_to = datetime('9999-12-31T00:00:00Z') AND record.key > $after
WITH record ORDER BY record.key LIMIT $page
RETURN record.key AS key, record.id AS id, record.record_type AS record_type,
       record.native_id AS native_id
"""

STILL_CURRENT = """
UNWIND $rows AS row
MATCH (record:SourceRecord {id: row})
WHERE record.recorded_to = datetime('9999-12-31T00:00:00Z')
RETURN collect(record.id) AS ids
"""


def current_records(session: BatchSession, run: Run) -> int:
    """How many records of the run's types and scope the graph holds as current."""
    return int(
        session.row(
            COUNT_CURRENT, system=run.source, scope=run.scope, record_types=run.record_types
        )[0]
    )


def absent_records(
    session: BatchSession, run: Run, seen: Seen
) -> Iterator[tuple[str, str, str, str]]:
    """The current records (key, version id, type, native id) in scope that the run did not meet."""
    for record_type in run.record_types:
        after = ""
        while True:
            rows = session.rows(
                CURRENT,
                system=run.source,
                scope=run.scope,
                record_type=record_type,
                after=after,
                page=PAGE,
            )
            if not rows:
                break
            after = rows[-1][0]
            absent = seen.absent_of([row[0] for row in rows])
            yield from (
                (row[0], row[1], row[2], row[3])
                for row, gone in zip(rows, absent, strict=True)
                if gone
            )


def close_records(
    transaction: Transaction, writing: Writing, versions: list[tuple[str, str]], effective: date
) -> tuple[int, int, int]:
    """End these records (key, version id) and what they stated: records, facts opened, closed."""
    ids = transaction.run(STILL_CURRENT, rows=[version for _, version in versions]).single(
        strict=True
    )["ids"]
    standing = set(ids)
    keys = [key for key, version in versions if version in standing]
    if not keys:
        return 0, 0, 0
    rows = FactRows(writing.moment, writing.today)
    subjects = changes.withdraw(transaction, keys, rows, effective=effective)
    transaction.run(cypher.CLOSE_RECORDS, rows=ids, moment=as_text(writing.moment)).consume()
    survivorship.withdraw(transaction, writing, keys)
    flagged = rows.write(transaction)
    hierarchy.settle(transaction, writing, flagged.children | rows.touched_children, rows)
    if not writing.quiet:
        outbox.append(transaction, writing, subjects)
        outbox.append_hierarchy(transaction, rows.moved, writing)
    return len(keys), rows.opened, rows.closed


def pages(items: Iterator[Item], size: int) -> Iterator[list[Item]]:
    """The items, `size` at a time."""
    while page := list(islice(items, size)):
        yield page
