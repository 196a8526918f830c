"""The peer: hand-tuned statements on the bare driver that write what a load writes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import neo4j
from corpus import row_of

from graph.ids import fact_id, node_id, record_key

BATCH = 5_000
MOMENT = "20260101T000000.000000Z"

NODES = """
WITH datetime('2026-01-01T00:00:00Z') AS moment
UNWIND $rows AS row
MERGE (node:LegalEntity {id: row[0]})
SET node.reference = row[1], node.record = row[2], node.name = row[3], node.jurisdiction = row[4],
    node.legal_form = row[5], node.status = row[6], node.created_on = date(row[7]),
    node.first_seen_at = moment, node.last_seen_at = moment
"""

RECORDS = """
WITH datetime('2026-01-01T00:00:00Z') AS moment, datetime('9999-12-31T00:00:00Z') AS open
MATCH (run:LoadRun {id: 'bare'})
UNWIND $rows AS row
MATCH (subject:LegalEntity {id: row[0]})
MERGE (record:SourceRecord {id: row[2]})
SET record.key = row[8], record.system = 'bench', record.record_type = 'company',
    record.native_id = row[9], record.scope = '', record.content_hash = row[10],
    record.position = row[11], record.file = 'bench.csv', record.line = row[12],
    record.recorded_from = moment, record.recorded_to = open
MERGE (record)-[:READ_IN]->(run)
MERGE (record)-[:RESOLVES_TO]->(subject)
"""

FACTS = """
WITH datetime('2026-01-01T00:00:00Z') AS moment, datetime('9999-12-31T00:00:00Z') AS open
UNWIND $rows AS row
MATCH (start:LegalEntity {id: row[0]})
MATCH (end:LegalEntity {id: row[1]})
MERGE (start)-[fact:PARENT_IN {id: row[2]}]->(end)
SET fact.valid_from = date(row[3]), fact.valid_to = date('9999-12-31'), fact.record = row[4],
    fact.view = 'legal', fact.controlling = true, fact.recorded_from = moment,
    fact.recorded_to = open
"""


def rows_of(first: int, last: int, renamed: frozenset[int] = frozenset()) -> list[list[Any]]:
    """Ready rows for companies `first` up to `last`, as lists."""
    rows = []
    for number in range(first, last):
        row = row_of(number, number in renamed)
        native, name, country, form, status, created, *_ = row
        key = record_key("bench", "company", native)
        reference = f"bench:company:{native}"
        content = hashlib.sha256("|".join(row).encode()).hexdigest()
        rows.append(
            [
                node_id(reference),
                reference,
                f"{key}/{MOMENT}",
                name,
                country,
                form,
                status,
                created,
                key,
                native,
                content,
                f"bench/bare#{number}",
                number + 2,
            ]
        )
    return rows


def facts_of(first: int, last: int) -> list[list[Any]]:
    """Ready rows for the parent facts of these companies."""
    rows = []
    for number in range(max(first, 1), last):
        row = row_of(number)
        key = record_key("bench", "company", row[0])
        child, parent = f"bench:company:{number}", f"bench:company:{row[6]}"
        fact = fact_id(key, "PARENT_IN", child, parent, "legal")
        rows.append([node_id(child), node_id(parent), fact, row[7], f"{key}/{MOMENT}"])
    return rows


def batches(rows: list[list[Any]]) -> Iterator[list[list[Any]]]:
    """The rows, a transaction's worth at a time."""
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def write(driver: neo4j.Driver, nodes: list[list[Any]], facts: list[list[Any]]) -> None:
    """Write everything with UNWIND MERGE, one transaction a batch and statement."""
    with driver.session() as session:
        session.run("MERGE (run:LoadRun {id: 'bare'}) SET run.source = 'bench'").consume()
        for statement, rows in ((NODES, nodes), (RECORDS, nodes), (FACTS, facts)):
            for batch in batches(rows):
                session.execute_write(
                    lambda transaction, statement=statement, batch=batch: transaction.run(
                        statement, rows=batch
                    ).consume()
                )
