"""What people decided and rules found, kept beside the evidence while a graph is made anew.

No evidence tells of these, so a rebuild writes them to the evidence store before it deletes
anything, and puts them back: judgements before the replay, findings with what they point to after.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from graph.connection import BatchSession
from graph.evidence import EvidenceStore
from graph.facts import statements as cypher
from graph.facts.linking import BY_IDENTIFIER
from graph.model.catalogue import LABELS, RELATIONSHIPS

NODES_FILE = "judgements_and_findings.jsonl"
LINKS_FILE = "links_of_findings.jsonl"
PAGE = 2_000

FINDINGS = tuple(name for name, label in LABELS.items() if label.layer == "findings")
FINDING_LINKS = tuple(name for name, one in RELATIONSHIPS.items() if one.kind == "finding")

READ_NODES = (
    "MATCH (node:{label}) WHERE node.id > $after AND ({which})\n"
    "WITH node ORDER BY node.id LIMIT $page\n"
    "RETURN node.id AS id, [name IN keys(node) | [name, CASE\n"
    "  WHEN name IN $temporal THEN toString(node[name]) ELSE node[name] END]] AS properties"
)
DECIDED_BY_PEOPLE = "node.decided_by <> $identifier OR node.retracted_at IS NOT NULL"

READ_LINKS = (
    "MATCH (node:{label}) WHERE node.id > $after\n"
    "WITH node ORDER BY node.id LIMIT $page\n"
    "OPTIONAL MATCH (node)-[link]->(end) WHERE type(link) IN $types\n"
    "RETURN node.id AS id, type(link) AS type, labels(end)[0] AS end_label, end.id AS end_id,\n"
    "       properties(link) AS properties"
)

WRITE_LINKS = (
    "UNWIND $rows AS row\n"
    "MATCH (start:{start} {{id: row[0]}})\n"
    "OPTIONAL MATCH (there:{end} {{id: row[1]}})\n"
    "OPTIONAL MATCH (:EntityAlias {{id: row[1]}})-[:REDIRECTS_TO]->(merged:{end})\n"
    "WITH row, start, coalesce(there, merged) AS end\n"
    "FOREACH (found IN CASE WHEN end IS NULL THEN [] ELSE [end] END |\n"
    "  MERGE (start)-[link:{type}]->(found) SET link += row[2])\n"
    "RETURN sum(CASE WHEN end IS NULL THEN 1 ELSE 0 END) AS lost"
)


Line = dict[str, Any]
"""A node as it is kept: its label, its id and its properties."""


def put_aside(session: BatchSession, evidence: EvidenceStore) -> int:
    """Write judgements of people, findings and their links to the store; how many nodes."""
    evidence.write_lines(LINKS_FILE, _links(session))
    return evidence.write_lines(NODES_FILE, _nodes(session, ("Judgement", *FINDINGS)))


def judgements(session: BatchSession, *, until: datetime) -> Iterator[Line]:
    """What people had decided by a moment: their judgements, and those that they took back."""
    for line in _nodes(session, ("Judgement",)):
        told = line["properties"]
        if _is_by(until, told.get("retracted_at")):
            yield line
        elif told["decided_by"] != BY_IDENTIFIER and _is_by(until, told["decided_at"]):
            stood = {name: value for name, value in told.items() if name != "retracted_at"}
            yield line | {"properties": stood}


def bring_back_nodes(session: BatchSession, evidence: EvidenceStore) -> int:
    """Put judgements and findings into the graph where they are missing; how many are kept."""
    return write_nodes(session, evidence.read_lines(NODES_FILE))


def write_nodes(session: BatchSession, kept: Iterable[Line]) -> int:
    """Put nodes into a graph where they are missing; how many are kept."""
    count = 0
    for label, lines in _grouped(kept, lambda line: line["label"]):
        groups: dict[tuple[str, ...], list[list[Any]]] = defaultdict(list)
        for line in lines:
            names = tuple(name for name in sorted(line["properties"]) if name != "id")
            values = [line["properties"][name] for name in names]
            groups[names].append([line["id"], *values])
        for names, rows in groups.items():
            sets = ["node.id = row[0]", *cypher.node_columns(label, names, 1)]
            statement = (
                f"UNWIND $rows AS row\nMERGE (node:{label} {{id: row[0]}})\n"
                f"ON CREATE SET {', '.join(sets)}"
            )
            session.run(statement, rows=rows)
            count += len(rows)
    return count


def bring_back_links(session: BatchSession, evidence: EvidenceStore) -> int:
    """Point findings at their subjects and proof again; how many of these are no more."""
    lost = 0
    lines = evidence.read_lines(LINKS_FILE)
    for (start, link, end), group in _grouped(
        lines, lambda line: (line["start_label"], line["type"], line["end_label"])
    ):
        statement = WRITE_LINKS.format(start=start, end=end, type=link)
        rows = [[line["start_id"], line["end_id"], line["properties"]] for line in group]
        lost += session.run(statement, rows=rows)[0][0]
    return lost


def _is_by(until: datetime, moment: str | None) -> bool:
    return moment is not None and datetime.fromisoformat(moment) <= until


def _nodes(session: BatchSession, labels: Iterable[str]) -> Iterator[Line]:
    for label in labels:
        which = DECIDED_BY_PEOPLE if label == "Judgement" else "true"
        known = LABELS[label].properties
        temporal = [name for name, one in known.items() if one.type in ("date", "datetime")]
        after = ""
        while rows := session.rows(
            READ_NODES.format(label=label, which=which),
            after=after,
            page=PAGE,
            temporal=temporal,
            identifier=BY_IDENTIFIER,
        ):
            for id, properties in rows:
                yield {"label": label, "id": id, "properties": dict(properties)}
            after = rows[-1][0]


def _links(session: BatchSession) -> Iterator[dict[str, Any]]:
    for label in FINDINGS:
        after = ""
        while rows := session.rows(
            READ_LINKS.format(label=label), after=after, page=PAGE, types=list(FINDING_LINKS)
        ):
            for id, link, end_label, end_id, properties in rows:
                if link is not None:
                    yield {
                        "start_label": label,
                        "start_id": id,
                        "type": link,
                        "end_label": end_label,
                        "end_id": end_id,
                        "properties": properties,
                    }
            after = max(row[0] for row in rows)


def _grouped(lines: Iterable[Line], key: Any) -> Iterator[tuple[Any, list[Any]]]:
    """Lines of the same kind, a page at a time."""
    waiting: dict[Any, list[Any]] = defaultdict(list)
    for line in lines:
        group = waiting[key(line)]
        group.append(line)
        if len(group) >= PAGE:
            yield key(line), waiting.pop(key(line))
    yield from waiting.items()
