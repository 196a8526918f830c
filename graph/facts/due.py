"""A day that passes is a change: facts whose known end or start is reached change their tense."""

from __future__ import annotations

from datetime import date

from graph.connection import BatchSession, Transaction, as_text
from graph.errors import SchemaError
from graph.facts.outbox import append_rows, parents_now
from graph.facts.statements import FORMER, HIERARCHY, PLANNED, revises
from graph.model.catalogue import RELATIONSHIPS

BATCH = 5_000

ENDED = """
MATCH ()-[old:{type}]->() WHERE old.due_on <= date($today) AND old.valid_to <= date($today)
WITH old, startNode(old) AS start, endNode(old) AS end LIMIT $batch
CREATE (start)-[new:{former}]->(end)
{revises}SET new = properties(old), new.due_on = null
DELETE old
RETURN count(new) AS changed, collect(DISTINCT start.id) AS start_ids
"""

BEGUN = """
MATCH ()-[old:{type}]->() WHERE old.due_on <= date($today) AND old.planned IS NULL
WITH old, startNode(old) AS start, endNode(old) AS end LIMIT $batch
CREATE (start)-[new:{plain}]->(end)
SET new = properties(old),
    new.due_on = CASE WHEN old.valid_to < date('9999-12-31') THEN old.valid_to END
DELETE old
RETURN count(new) AS changed, collect(DISTINCT start.id) AS start_ids
"""


DUE_TYPES = """
MATCH (head:FeedHead {id: 'feed'})
WHERE head.retyped_on IS NULL OR head.retyped_on <> date($today)
RETURN coalesce(head.due_types, []) AS types
"""
MOMENT = """
MATCH (head:FeedHead {id: 'feed'}) RETURN toString(coalesce(head.moment, datetime())) AS moment
"""
RETYPED = "MATCH (head:FeedHead {id: 'feed'}) SET head.retyped_on = date($today)"


def retype_due(session: BatchSession, today: date) -> int:
    """Give every fact the tense it has today; how many changed. Doing it twice changes nothing.

    Only types that ever had a day to come are looked at: the write path notes them. On a day that
    has been looked at nothing is due: what was written since has its tense, or else took the note
    of that day away.
    """
    found = session.row(DUE_TYPES, today=today.isoformat())
    if not found:
        return 0
    changed = 0
    for name in found[0]:
        if name not in RELATIONSHIPS:
            raise SchemaError(f"the model has no {name}", where="FeedHead.due_types")
        former, planned = FORMER + name, PLANNED + name
        ended = {"former": former, "revises": revises(name, FORMER, "start")}
        for statement in (
            ENDED.format(type=planned, **ended),
            BEGUN.format(type=planned, plain=name),
            ENDED.format(type=name, **ended),
        ):
            changed += _in_batches(session, name, statement, today)
    session.run(RETYPED, today=today)
    return changed


def _in_batches(session: BatchSession, fact_type: str, statement: str, today: date) -> int:
    """Change them in batches; the feed is told of companies whose parents are others now."""

    def work(transaction: Transaction) -> int:
        found = transaction.run(statement, today=as_text(today), batch=BATCH).single(strict=True)
        if fact_type == HIERARCHY:
            moment = transaction.run(MOMENT).single(strict=True)["moment"]
            told = parents_now(transaction, found["start_ids"], {"day": today.isoformat()})
            append_rows(transaction, told, moment=moment, run=f"day {today}")
        return int(found["changed"])

    changed = 0
    while count := session.write(work):
        changed += count
        if count < BATCH:
            break
    return changed
