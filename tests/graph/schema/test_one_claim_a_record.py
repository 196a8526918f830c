"""Claims of the old shape, one for each property, become one for each record."""

from __future__ import annotations

import pytest

from graph.schema.migrate import read_migrations

OLD = """
CREATE (node:LegalEntity {id: 'n', name: 'Alpha', status: 'ACTIVE', record: 'r1'})
CREATE (first:SourceRecord {id: 'r1', key: 'k1'}), (second:SourceRecord {id: 'r2', key: 'k2'}),
       (third:SourceRecord {id: 'r3', key: 'k3'})
FOREACH (row IN [['name', 'Alpha', 'won'], ['status', 'INACTIVE', 'lost']] | CREATE (first)
  -[:CLAIMS {property: row[0], value: row[1], outcome: row[2], reference: 'a'}]->(node))
FOREACH (row IN [['name', 'ALPHA', 'lost'], ['status', 'ACTIVE', 'won'],
                 ['category', 'X', 'agreed']] | CREATE (second)
  -[:CLAIMS {property: row[0], value: row[1], outcome: row[2], reference: 'b'}]->(node))
"""
NOW = """
MATCH (record:SourceRecord)-[claim:CLAIMS]->(:LegalEntity)
RETURN record.id, properties(claim) ORDER BY record.id
"""


@pytest.mark.usefixtures("empty_graph")
def test_claims_of_the_old_shape_are_gathered_by_record(batches) -> None:
    batches.run(OLD)
    (migration,) = (one for one in read_migrations() if one.name == "one_claim_a_record")

    for _ in range(2):
        for statement in migration.statements:
            batches.run(statement)
        assert batches.rows(NOW) == [
            ("r1", {"reference": "a", "lost": ["status"], "status": "INACTIVE"}),
            (
                "r2",
                {
                    "reference": "b",
                    "won": ["status"],
                    "agreed": ["category"],
                    "lost": ["name"],
                    "name": "ALPHA",
                },
            ),
        ]
    assert batches.rows(migration.verifications[0]) == [(True,)]
