"""Events for the feed, appended in the transaction that makes the change, numbered by one head.

Whoever appends holds the head until the transaction ends, so numbers are given in the order in
which transactions are committed, and what is undone gives its numbers back: no gap, no late arrival
(docs/decisions/0019). Appending is therefore the last thing that a transaction does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import orjson

from graph.connection import BatchSession, Transaction, as_text
from graph.facts.audience import accounts_of

if TYPE_CHECKING:
    from graph.facts.batch import Writing

SOURCE_LOADED = "footprint.source.loaded.v1"
HIERARCHY_CHANGED = "footprint.hierarchy.changed.v1"
ENTITY_MERGED = "footprint.legal_entity.merged.v1"

HEAD = """
MERGE (head:FeedHead {id: 'feed'})
ON CREATE SET head.feed_epoch = 1, head.sequence = 0
"""
BEGIN = f"{HEAD}SET head.cursor_key = coalesce(head.cursor_key, randomUUID() + randomUUID())"
APPEND = f"""{HEAD}
SET head.sequence = head.sequence + size($rows)
WITH head.feed_epoch AS epoch, head.sequence - size($rows) AS first
UNWIND range(0, size($rows) - 1) AS index
CREATE (:Event {{
  id: randomUUID(), feed_epoch: epoch,
  sequence: first + index + 1, type: $rows[index][0], subject: $rows[index][1],
  payload: $rows[index][2], account_ids: $rows[index][3], recorded_at: datetime($moment),
  transaction: $run
}})
"""
RESTART = f"""{HEAD}
SET head.feed_epoch = head.feed_epoch + 1, head.sequence = 0, head.forgotten = null
RETURN head.feed_epoch AS feed_epoch
"""
PARENTS = """
UNWIND $ids AS id
MATCH (entity:LegalEntity {id: id})
OPTIONAL MATCH (entity)-[fact:PARENT_IN]->(parent:LegalEntity)
WITH entity, fact, parent ORDER BY fact.view, parent.id, fact.id
RETURN entity.id AS entity_id, [one IN collect([fact.view, parent.id, fact.controlling, fact.cut])
  WHERE one[1] IS NOT NULL] AS parents
ORDER BY entity_id
"""
FORGET = """
MATCH (head:FeedHead {id: 'feed'})
MATCH (event:Event {feed_epoch: head.feed_epoch})
WHERE event.sequence > coalesce(head.forgotten, 0)
WITH head, event ORDER BY event.sequence LIMIT $batch
WITH head, collect(event) AS events
WITH head, events, [one IN events WHERE one.recorded_at >= datetime($before) | one.sequence] AS kept
WITH head, [one IN events WHERE size(kept) = 0 OR one.sequence < kept[0]] AS gone
WHERE size(gone) > 0
SET head.forgotten = last(gone).sequence
FOREACH (event IN gone | DELETE event)
RETURN size(gone) AS forgotten
"""
FORGET_EPOCHS = """
MATCH (head:FeedHead {id: 'feed'})
MATCH (event:Event) WHERE event.feed_epoch < head.feed_epoch
WITH event LIMIT $batch DELETE event RETURN count(*) AS forgotten
"""
BATCH = 5_000


def begin(session: BatchSession) -> None:
    """Make the head of the feed where there is none: readers can begin before the first event."""
    session.run(BEGIN)


def append(transaction: Transaction, writing: Writing, subjects: Iterable[tuple[str, str]]) -> int:
    """One event for each changed subject (label, id); how many there were."""
    payload = _json({"source": writing.system, "run": writing.run})
    rows = [[event_type(label), f"{label}/{node}", payload] for label, node in subjects]
    append_rows(transaction, rows, moment=str(as_text(writing.moment)), run=writing.run)
    return len(rows)


def append_merges(transaction: Transaction, writing: Writing, aliases: Mapping[str, str]) -> int:
    """One event for each company that took others in, which are its `sources`; how many."""
    sources: dict[str, list[str]] = {}
    for retired, survivor in sorted(aliases.items()):
        sources.setdefault(survivor, []).append(retired)
    told = {"source": writing.system, "run": writing.run}
    rows = [
        [ENTITY_MERGED, f"LegalEntity/{survivor}", _json({**told, "sources": retired})]
        for survivor, retired in sources.items()
    ]
    append_rows(transaction, rows, moment=str(as_text(writing.moment)), run=writing.run)
    return len(rows)


def append_hierarchy(transaction: Transaction, children: Iterable[str], writing: Writing) -> int:
    """One event for each company whose parents changed, with all that it has now; how many."""
    told = {"source": writing.system, "run": writing.run}
    rows = parents_now(transaction, children, told)
    append_rows(transaction, rows, moment=str(as_text(writing.moment)), run=writing.run)
    return len(rows)


def parents_now(
    transaction: Transaction, children: Iterable[str], told: Mapping[str, str]
) -> list[list[str]]:
    """An event for each of these companies, with all parents that it has now."""
    ids = sorted(children)
    found = transaction.run(PARENTS, ids=ids) if ids else ()
    return [
        [
            HIERARCHY_CHANGED,
            f"LegalEntity/{row['entity_id']}",
            _json({**told, "parents": [_parent(*one) for one in row["parents"]]}),
        ]
        for row in found
    ]


def append_load(transaction: Transaction, *, source: str, run: str, moment: str) -> None:
    """One event for a source's whole first load."""
    payload = _json({"source": source, "run": run})
    append_rows(
        transaction, [[SOURCE_LOADED, f"SourceSystem/{source}", payload]], moment=moment, run=run
    )


def append_rows(transaction: Transaction, rows: list[list[str]], *, moment: str, run: str) -> None:
    """Events as [type, subject, payload as JSON], numbered in this order.

    Each keeps the accounts that its subject belongs to at this moment.
    """
    if rows:
        accounts = accounts_of(transaction, {subject for _, subject, _ in rows})
        told = [[*row, sorted(accounts.get(row[1], ()))] for row in rows]
        transaction.run(APPEND, rows=told, moment=moment, run=run).consume()


def restart(session: BatchSession) -> int:
    """Begin a new epoch, as after a restore: every reader is sent to a snapshot; its number."""
    return int(session.run(RESTART)[0][0])


def forget(session: BatchSession, before: str) -> int:
    """Delete the oldest events, those recorded before a moment and of past epochs; how many."""
    total = 0
    while rows := session.run(FORGET, before=before, batch=BATCH):
        total += rows[0][0]
    while count := session.run(FORGET_EPOCHS, batch=BATCH)[0][0]:
        total += count
    return total


def event_type(label: str) -> str:
    """The CloudEvents type of a change to a node of this label."""
    words = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in label)
    return f"footprint.{words.lstrip('_')}.changed.v1"


def _parent(view: str, id: str, controlling: bool | None, cut: bool | None) -> dict[str, object]:
    flags = {"is_controlling": bool(controlling), "is_cut": bool(cut)}
    return {"view": view, "parent_id": id, **flags}


def _json(told: Mapping[str, object]) -> str:
    return orjson.dumps(told).decode()
