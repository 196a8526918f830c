"""The write path's Cypher, generated from the model: lists in, one UNWIND a statement.

Rows are lists, not maps, and moments are text: both are what makes them fast (design, section 3).
Every name that is spliced in comes from the catalogue, never from data.
"""

from __future__ import annotations

from functools import cache

from graph.errors import SchemaError
from graph.facts.claims import VALUE_LABELS
from graph.model.catalogue import LABELS, RELATIONSHIPS

FORMER, PLANNED = "FORMER_", "PLANNED_"

PLANNED_ONCE = "CYPHER replan=skip\n"
"""For statements whose only good plan does not depend on how much the graph holds by now.

Otherwise each is planned anew every ten seconds of a load that fills the graph.
"""
NOW = "WITH datetime($moment) AS moment, datetime('9999-12-31T00:00:00Z') AS open\n"
HIERARCHY = "PARENT_IN"
FLAGGED = frozenset({HIERARCHY, "HAS_IDENTIFIER"})
"""Facts whose statement tells what must be looked at again."""
BASE_FACT_COLUMNS = 9


def tenses(fact_type: str) -> str:
    """All three types under which a fact of this type may stand, for a pattern."""
    return f"{fact_type}|{FORMER}{fact_type}|{PLANNED}{fact_type}"


def base_type(relationship_type: str) -> str:
    """The plain type of a fact in any tense."""
    return relationship_type.removeprefix(FORMER).removeprefix(PLANNED)


def _cast(kind: str, column: str) -> str:
    return {"date": f"date({column})", "datetime": f"datetime({column})"}.get(kind, column)


def label_of(label: str) -> str:
    """The label, if the model has it."""
    if label not in LABELS:
        raise SchemaError(f"the model has no label {label}", remedy="declare it in graph/model")
    return label


def node_columns(label: str, names: tuple[str, ...], first: int) -> list[str]:
    """Assignments of these properties from a row's columns, cast to the model's types."""
    known = LABELS[label_of(label)].properties
    unknown = [name for name in names if name not in known]
    if unknown:
        raise SchemaError(
            f"the model's {label} has no property {', '.join(unknown)}",
            remedy="declare it in graph/model, or name it as the model does",
        )
    return [
        f"node.{name} = {_cast(known[name].type, f'row[{first + index}]')}"
        for index, name in enumerate(names)
    ]


@cache
def create_nodes(label: str, names: tuple[str, ...]) -> str:
    """Rows [id, reference, record, *properties] -> pairs [id, element], ids of what was there."""
    sets = ["node.first_seen_at = moment", "node.last_seen_at = moment"]
    if label not in VALUE_LABELS:
        sets += ["node.reference = row[1]", "node.record = row[2]"]
    sets += node_columns(label, names, 3)
    was_there = (
        "[]"
        if label in VALUE_LABELS
        else "collect(CASE WHEN node.record = row[2] THEN null ELSE row[0] END)"
    )
    return (
        f"{PLANNED_ONCE}{NOW}UNWIND $rows AS row\nMERGE (node:{label} {{id: row[0]}})\n"
        f"ON CREATE SET {', '.join(sets)}\n"
        f"RETURN collect([row[0], elementId(node)]) AS elements, {was_there} AS there"
    )


@cache
def update_nodes(label: str, names: tuple[str, ...]) -> str:
    """Rows [id, reference, record, *properties]: what a node's own record now says of it."""
    sets = ["node.last_seen_at = moment", "node.reference = row[1]", "node.record = row[2]"]
    sets += ["node.stub = null", *node_columns(label, names, 3)]
    return (
        f"{PLANNED_ONCE}{NOW}UNWIND $rows AS row\nMATCH (node:{label} {{id: row[0]}})\n"
        f"SET {', '.join(sets)}"
    )


@cache
def create_stubs(label: str) -> str:
    """Rows [id, reference]: nodes only mentioned, to be filled later -> pairs [id, element]."""
    return (
        f"{PLANNED_ONCE}{NOW}UNWIND $rows AS row\nMERGE (node:{label_of(label)} {{id: row[0]}})\n"
        "ON CREATE SET node.reference = row[1], node.stub = true, "
        "node.first_seen_at = moment, node.last_seen_at = moment\n"
        "RETURN collect([row[0], elementId(node)]) AS elements"
    )


@cache
def read_elements(label: str) -> str:
    """Ids -> pairs [id, element] of the nodes that are there."""
    return (
        f"{PLANNED_ONCE}UNWIND $ids AS id\nMATCH (node:{label_of(label)} {{id: id}})\n"
        "RETURN collect([id, elementId(node)]) AS elements"
    )


CREATE_RECORDS = f"""{PLANNED_ONCE}{NOW}MATCH (run:LoadRun {{id: $run}})
UNWIND $rows AS row
CREATE (record:SourceRecord {{id: row[0], key: row[1], system: $system,
  record_type: row[2], native_id: row[3], scope: $scope, content_hash: row[4],
  position: row[5], happened_at: datetime(row[6]), file: row[7], line: row[8],
  recorded_from: moment, recorded_to: open}})
CREATE (record)-[:READ_IN]->(run)
WITH record, row[9] AS subjects
CALL (record, subjects) {{
  UNWIND subjects AS element
  MATCH (subject) WHERE elementId(subject) = element
  CREATE (record)-[:RESOLVES_TO]->(subject)
}}
"""
"""Rows of SourceRecord columns, then the elements of the nodes that it speaks of."""


@cache
def create_facts(fact_type: str, tense: str, names: tuple[str, ...]) -> str:
    """Rows [start, end, id, from, to, record, assumed, due, reason, *properties] of elements."""
    known = RELATIONSHIPS[fact_type].properties
    unknown = [name for name in names if name not in known]
    if unknown:
        raise SchemaError(
            f"the model's {fact_type} has no property {', '.join(unknown)}",
            remedy="declare it in graph/model, or name it as the model does",
        )
    extra = "".join(
        f", {name}: {_cast(known[name].type, f'row[{BASE_FACT_COLUMNS + index}]')}"
        for index, name in enumerate(names)
    )
    return (
        f"{PLANNED_ONCE}{NOW}UNWIND $rows AS row\nMATCH (start) WHERE elementId(start) = row[0]\n"
        "MATCH (end) WHERE elementId(end) = row[1]\n"
        f"CREATE (start)-[fact:{tense}{fact_type} {{id: row[2], valid_from: date(row[3]), "
        "valid_to: date(row[4]), record: row[5], assumed_from: row[6], due_on: date(row[7]), "
        f"reason: row[8], recorded_from: moment, recorded_to: open{extra}}}]->(end)\n"
        f"{revises(fact_type, tense, 'start')}{_flagged(fact_type)}"
    )


def revises(fact_type: str, tense: str, start: str) -> str:
    """A clause for a version that is no longer the only one of its kind at a company."""
    return f"SET {start}.revised = true\n" if (fact_type, tense) == ("HAS_NAME", FORMER) else ""


def _flagged(fact_type: str) -> str:
    """What the caller must look at again: several parents, a possible cycle, a shared number."""
    any_tense = tenses(fact_type)
    if fact_type == HIERARCHY:
        return (
            f"WITH start, end, COUNT {{ (start)-[:{any_tense}]->() }} > 1 AS several\n"
            f"WHERE several OR "
            f"(EXISTS {{ (start)<-[:{any_tense}]-() }} AND EXISTS {{ (end)-[:{any_tense}]->() }})\n"
            "FOREACH (child IN CASE WHEN several THEN [start] ELSE [] END |\n"
            "  SET child.revised = true)\n"
            "RETURN collect(DISTINCT start.id) AS flagged"
        )
    if fact_type == "HAS_IDENTIFIER":
        return (
            f"WITH end WHERE COUNT {{ (end)<-[:{any_tense}]-() }} > 1\n"
            "RETURN collect(DISTINCT end.id) AS flagged"
        )
    return ""


@cache
def create_links(link_type: str, names: tuple[str, ...], *, new: bool) -> str:
    """Rows [start, end, record, *properties] of elements: structural relationships, drawn once.

    `new` links begin or end at a node that was not there before: none can be drawn already.
    """
    if link_type not in RELATIONSHIPS:
        raise SchemaError(f"the model has no relationship {link_type}")
    sets = ", ".join(
        ["link.record = row[2]"]
        + [f"link.{name} = row[{3 + index}]" for index, name in enumerate(names)]
    )
    return (
        f"{PLANNED_ONCE}UNWIND $rows AS row\nMATCH (start) WHERE elementId(start) = row[0]\n"
        "MATCH (end) WHERE elementId(end) = row[1]\n"
        f"{'CREATE' if new else 'MERGE'} (start)-[link:{link_type}]->(end)\nSET {sets}"
    )


@cache
def supersede_facts(relationship_type: str, start: str) -> str:
    """Rows [start, id, valid_from, reason]: versions that are no longer believed from now on."""
    plain = base_type(relationship_type)
    match = (
        f"{NOW}UNWIND $rows AS row\nMATCH (start:{label_of(start)} {{id: row[0]}})"
        f"-[old:{relationship_type} {{id: row[1]}}]->(end)\n"
        "WHERE old.valid_from = date(row[2]) AND old.recorded_to = open\n"
    )
    closed = "recorded_to = moment, {0}.reason = row[3], {0}.due_on = null"
    if relationship_type.startswith(FORMER):
        return match + "SET old." + closed.format("old")
    return (
        f"{match}CREATE (start)-[new:{FORMER}{plain}]->(end)\n{revises(plain, FORMER, 'start')}"
        "SET new = properties(old), new." + closed.format("new") + "\nDELETE old"
    )


NOTE_DUE = """
MERGE (head:FeedHead {id: 'feed'})
ON CREATE SET head.feed_epoch = 1, head.sequence = 0
SET head.due_types = [name IN coalesce(head.due_types, []) WHERE NOT name IN $types] + $types,
    head.retyped_on = CASE WHEN head.retyped_on = date($today) THEN head.retyped_on END
"""

BELIEVED_BY_RECORDS = """
UNWIND $keys AS key
MATCH (version:SourceRecord {key: key})-[:RESOLVES_TO]->(start)
WITH DISTINCT key, start
MATCH (start)-[fact]->(end)
WHERE fact.record STARTS WITH key AND fact.recorded_to = datetime('9999-12-31T00:00:00Z')
RETURN key, labels(start)[0] AS start_label, start.id AS start_id,
       type(fact) AS type, labels(end)[0] AS end_label, end.id AS end_id,
       properties(fact) AS properties
"""

PARENTS_BELIEVED = f"""
UNWIND $ids AS id
MATCH (child:LegalEntity {{id: id}})-[fact:{tenses(HIERARCHY)}]->(parent)
WHERE fact.recorded_to = datetime('9999-12-31T00:00:00Z')
RETURN child.id AS child_id, parent.id AS parent_id, type(fact) AS type,
       properties(fact) AS properties
"""

CHANGED_RECORDS = """
UNWIND $rows AS row
OPTIONAL MATCH (record:SourceRecord {key: row[0]})
WHERE record.recorded_to = datetime('9999-12-31T00:00:00Z')
WITH row, record WHERE record IS NULL OR record.content_hash <> row[1]
WITH row, coalesce(record.id, head(COLLECT {
  MATCH (ended:SourceRecord {key: row[0]}) RETURN ended.id ORDER BY ended.recorded_from DESC LIMIT 1
}), '') AS previous
RETURN collect(row[0]) AS keys, collect(previous) AS versions
"""
"""Rows [key, content hash] -> keys whose content is new, and the version that was the last."""

CLOSE_RECORDS = f"""{NOW}
UNWIND $rows AS row
MATCH (record:SourceRecord {{id: row}}) WHERE record.recorded_to = open
SET record.recorded_to = moment
"""

DROP_LINKS = """
UNWIND $keys AS key
MATCH (version:SourceRecord {key: key})-[:RESOLVES_TO]->(start)-[link]->()
WHERE link.record STARTS WITH key AND link.recorded_from IS NULL
DELETE link
"""


@cache
def forget_facts(relationship_type: str, start: str) -> str:
    """Rows [start, id, valid_from]: versions stated and replaced at one and the same moment."""
    return (
        f"UNWIND $rows AS row\nMATCH (start:{label_of(start)} {{id: row[0]}})"
        f"-[old:{relationship_type} {{id: row[1]}}]->()\n"
        "WHERE old.valid_from = date(row[2]) AND old.recorded_from = datetime($moment)\n"
        "DELETE old"
    )
