"""A day that passes is a change: facts whose known end or start is reached change their tense."""

from __future__ import annotations

from datetime import date

from graph.connection import BatchSession
from graph.facts.statements import FORMER, PLANNED
from graph.model.catalogue import RELATIONSHIPS

BATCH = 5_000

ENDED = """
MATCH ()-[old:{type}]->() WHERE old.due_on <= date($today) AND old.valid_to <= date($today)
WITH old, startNode(old) AS start, endNode(old) AS end LIMIT $batch
CREATE (start)-[new:{former}]->(end)
SET new = properties(old), new.due_on = null
DELETE old
RETURN count(new) AS changed
"""

BEGUN = """
MATCH ()-[old:{type}]->() WHERE old.due_on <= date($today) AND old.planned IS NULL
WITH old, startNode(old) AS start, endNode(old) AS end LIMIT $batch
CREATE (start)-[new:{plain}]->(end)
SET new = properties(old),
    new.due_on = CASE WHEN old.valid_to < date('9999-12-31') THEN old.valid_to END
DELETE old
RETURN count(new) AS changed
"""


def retype_due(session: BatchSession, today: date) -> int:
    """Give every fact the tense it has today; how many changed. Doing it twice changes nothing."""
    present = {row[0] for row in session.rows("CALL db.relationshipTypes()")}
    changed = 0
    for name, declared in RELATIONSHIPS.items():
        if declared.kind != "fact":
            continue
        former, planned = FORMER + name, PLANNED + name
        steps = [
            (planned, ENDED.format(type=planned, former=former)),
            (planned, BEGUN.format(type=planned, plain=name)),
            (name, ENDED.format(type=name, former=former)),
        ]
        for relationship_type, statement in steps:
            while relationship_type in present:
                count = session.run(statement, today=today, batch=BATCH)[0][0]
                changed += count
                if count < BATCH:
                    break
    return changed
