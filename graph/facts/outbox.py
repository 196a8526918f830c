"""Events for the feed, appended in the transaction that makes the change, numbered by one head."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import orjson

from graph.connection import Transaction, as_text

if TYPE_CHECKING:
    from graph.facts.batch import Writing

APPEND = """
MERGE (head:FeedHead {id: 'feed'})
ON CREATE SET head.feed_epoch = 1, head.sequence = 0
SET head.sequence = head.sequence + size($rows)
WITH head.feed_epoch AS epoch, head.sequence - size($rows) AS first
UNWIND range(0, size($rows) - 1) AS index
CREATE (:Event {
  id: toString(epoch) + '-' + toString(first + index + 1), feed_epoch: epoch,
  sequence: first + index + 1, type: $rows[index][0], subject: $rows[index][1],
  payload: $rows[index][2], recorded_at: datetime($moment), transaction: $run
})
"""


def append(transaction: Transaction, writing: Writing, subjects: Iterable[tuple[str, str]]) -> int:
    """One event for each changed subject (label, id); how many there were."""
    payload = orjson.dumps({"source": writing.system, "run": writing.run}).decode()
    rows = [[event_type(label), f"{label}/{node}", payload] for label, node in subjects]
    if rows:
        append_rows(transaction, rows, moment=as_text(writing.moment), run=writing.run)
    return len(rows)


def append_rows(transaction: Transaction, rows: list[list[str]], *, moment: str, run: str) -> None:
    """Events as [type, subject, payload as JSON], numbered in this order."""
    transaction.run(APPEND, rows=rows, moment=moment, run=run).consume()


def append_load(transaction: Transaction, *, source: str, run: str, moment: str) -> None:
    """One event for a source's whole first load."""
    payload = orjson.dumps({"source": source, "run": run}).decode()
    row = ["footprint.source.loaded.v1", f"SourceSystem/{source}", payload]
    append_rows(transaction, [row], moment=moment, run=run)


def event_type(label: str) -> str:
    """The CloudEvents type of a change to a node of this label."""
    words = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in label)
    return f"footprint.{words.lstrip('_')}.changed.v1"
