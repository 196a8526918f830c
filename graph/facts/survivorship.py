"""One node, several records: every claim is kept, and which one is shown follows a fixed order.

A node that a single record describes carries that record's id in `record`, and nothing more.
When a second record describes it, the claims of both are written as `CLAIMS` relationships, each
value with its outcome; the node shows the winners. The order: the source's precedence, then the
record that founded the node's id, then the record's key. So the order of loading plays no part.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from graph.connection import Transaction, as_text
from graph.facts import statements as cypher
from graph.ids import version_id
from graph.model.catalogue import LABELS

if TYPE_CHECKING:
    from graph.facts.batch import RecordVersion, Writing
    from graph.facts.claims import NodeClaim

Claim = tuple[str, str, str, dict[str, Any]]
"""One record's claim on a node: record id, system, reference it used, properties."""

NOT_CLAIMED = frozenset({"id", "record", "reference", "stub", "first_seen_at", "last_seen_at"})

READ_NODES = """
UNWIND $ids AS id
MATCH (node {id: id}) WHERE $label IN labels(node)
OPTIONAL MATCH (record:SourceRecord)-[claim:CLAIMS]->(node)
WITH node, collect([record.id, record.system, claim.reference,
                    claim.property, claim.value]) AS claims
OPTIONAL MATCH (own:SourceRecord {id: node.record})
RETURN node.id AS id, node.reference AS reference, node.record AS record, own.system AS system,
       properties(node) AS properties, claims
"""

WRITE_CLAIMS = """
UNWIND $rows AS row
MATCH (record:SourceRecord {id: row[0]})
MATCH (node {id: row[1]}) WHERE $label IN labels(node)
CREATE (record)-[:CLAIMS {property: row[2], value: row[3], outcome: row[4],
                          reference: row[5]}]->(node)
"""


def read_nodes(label: str) -> str:
    """Nodes of a label with the claims on them."""
    return READ_NODES.replace(
        "(node {id: id}) WHERE $label IN labels(node)",
        f"(node:{cypher.label_of(label)} {{id: id}})",
    )


def describe_again(
    transaction: Transaction,
    writing: Writing,
    label: str,
    claims: list[tuple[RecordVersion, NodeClaim]],
) -> None:
    """Write what records say of nodes that are there already: their own, a stub, or contested."""
    nodes: dict[str, list[tuple[RecordVersion, NodeClaim]]] = defaultdict(list)
    for version, claim in claims:
        nodes[writing.standing(claim.ref.id)].append((version, claim))
    rows: dict[tuple[str, ...], list[list[Any]]] = defaultdict(list)
    for row in list(transaction.run(read_nodes(label), ids=list(nodes))):
        known = _claims_on(row)
        contested = len(row["claims"]) > 0 and row["claims"][0][0] is not None
        for version, claim in nodes[row["id"]]:
            key = version.entry.key
            record = version_id(key, writing.moment)
            before = next((one for old, one in known.items() if old.startswith(key)), None)
            known = {old: one for old, one in known.items() if not old.startswith(key)}
            said = {**(before[3] if before else {}), **claim.properties}
            known[record] = (record, writing.system, claim.ref.reference, said)
        if len(known) == 1 and not contested:
            (record, _, reference, said), *_ = known.values()
            rows[tuple(said)].append([row["id"], reference, record, *map(as_text, said.values())])
        else:
            settle(transaction, writing, label, row["id"], row["reference"], list(known.values()))
    for names, batch in rows.items():
        statement = cypher.update_nodes(label, names)
        transaction.run(statement, rows=batch, moment=as_text(writing.moment)).consume()


def _claims_on(row: Any) -> dict[str, Claim]:
    """The claims on a node as it stands: one per record."""
    found: dict[str, Claim] = {}
    for record, system, reference, name, value in row["claims"]:
        if record is not None:
            found.setdefault(record, (record, system, reference or "", {}))[3][name] = value
    if not found and row["record"] is not None:
        properties = {
            name: value for name, value in row["properties"].items() if name not in NOT_CLAIMED
        }
        found[row["record"]] = (row["record"], row["system"], row["reference"], properties)
    return found


def settle(
    transaction: Transaction,
    writing: Writing,
    label: str,
    node: str,
    reference: str,
    claims: list[Claim],
) -> None:
    """Write all claims on a node, each with its outcome if there are several; show the winners."""
    ranked = sorted(claims, key=lambda claim: rank(writing, reference, claim))
    winners: dict[str, tuple[str, Any]] = {}
    names = {name for claim in claims for name in claim[3]}
    for record, _, _, properties in ranked:
        for name, value in properties.items():
            if value is not None:
                winners.setdefault(name, (record, value))
    rows = [
        [
            record,
            node,
            name,
            as_text(_native(value)),
            "won" if winners[name][0] == record else "lost",
            used,
        ]
        for record, _, used, properties in ranked
        for name, value in properties.items()
        if value is not None and len(claims) > 1
    ]
    transaction.run(
        f"MATCH (:SourceRecord)-[claim:CLAIMS]->(:{label} {{id: $id}}) DELETE claim", id=node
    ).consume()
    write = WRITE_CLAIMS.replace(
        "(node {id: row[1]}) WHERE $label IN labels(node)", f"(node:{label} {{id: row[1]}})"
    )
    transaction.run(write, rows=rows).consume()
    shown = {name: winners[name][1] if name in winners else None for name in sorted(names)}
    row = [node, reference, ranked[0][0], *(as_text(_native(value)) for value in shown.values())]
    statement = cypher.update_nodes(label, tuple(shown))
    transaction.run(statement, rows=[row], moment=as_text(writing.moment)).consume()


def rank(writing: Writing, reference: str, claim: Claim) -> tuple[int, bool, str]:
    """Where a claim stands: the source's precedence, the founding record, the record's key."""
    record, system, used, _ = claim
    return (writing.precedence.get(system, 50), used != reference, record)


def claimable(label: str) -> frozenset[str]:
    """The properties of a label that records speak of."""
    return frozenset(LABELS[label].properties) - NOT_CLAIMED


def _native(value: Any) -> Any:
    return value.to_native() if hasattr(value, "to_native") else value
