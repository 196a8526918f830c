"""One node, several records: every claim is kept, and which one is shown follows a fixed order.

A node that a single record describes carries that record's id in `record`, and nothing more. When
further records describe it, what they claim is written as `CLAIMS` relationships, each value with
its outcome; of the leading record only what another record claims too. The node shows the winners.
The order: the source's precedence for the property, the record that founded the node's id, the
record that says more, the record's key. So the order of loading plays no part.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from graph.connection import Transaction, as_text
from graph.facts import statements as cypher
from graph.ids import version_id
from graph.model.catalogue import LABELS

if TYPE_CHECKING:
    from graph.facts.batch import RecordVersion, Writing
    from graph.facts.claims import NodeClaim

NOT_CLAIMED = frozenset(
    {"id", "record", "reference", "stub", "revised", "first_seen_at", "last_seen_at"}
)


CLAIMED_WITH_OTHERS = """
UNWIND $keys AS key
MATCH (version:SourceRecord {key: key})-[:RESOLVES_TO]->(node)
WHERE EXISTS { (:SourceRecord)-[:CLAIMS]->(node) }
RETURN DISTINCT labels(node)[0] AS label, node.id AS id
"""


@dataclass(slots=True)
class Claim:
    """What one record claims of one node."""

    record: str
    system: str
    reference: str
    """What the record called the node by."""
    properties: dict[str, Any]


@dataclass(slots=True)
class Described:
    """A node with the claims of all records that describe it."""

    id: str
    reference: str
    claims: list[Claim]
    forgotten: set[str] = field(default_factory=set)
    """Properties that somebody claimed and nobody does any more."""

    def replace(self, key: str, claim: Claim) -> None:
        """Put a record's new claim in the place of its last one."""
        before = self.take(key)
        if before:
            claim.properties = {**before.properties, **claim.properties}
        self.claims.append(claim)

    def take(self, key: str) -> Claim | None:
        """Take a record's claim away."""
        found = next((one for one in self.claims if one.record.startswith(key)), None)
        if found:
            self.claims.remove(found)
        return found


def describe_again(
    transaction: Transaction,
    writing: Writing,
    label: str,
    claims: list[tuple[RecordVersion, NodeClaim]],
) -> None:
    """Write what records say of nodes that are there already: their own, a stub, or contested."""
    said: dict[str, list[tuple[RecordVersion, NodeClaim]]] = defaultdict(list)
    for version, claim in claims:
        said[writing.standing(claim.ref.id)].append((version, claim))
    nodes = read_described(transaction, label, list(said))
    for node in nodes:
        for version, claim in said[node.id]:
            key = version.entry.key
            record = version_id(key, writing.moment)
            node.replace(
                key, Claim(record, writing.system, claim.ref.reference, dict(claim.properties))
            )
    settle(transaction, writing, label, nodes)


def withdraw(transaction: Transaction, writing: Writing, keys: list[str]) -> None:
    """Take away what these records claim of nodes that other records describe too."""
    nodes: dict[str, set[str]] = defaultdict(set)
    for row in transaction.run(CLAIMED_WITH_OTHERS, keys=keys):
        nodes[row["label"]].add(row["id"])
    for label, ids in nodes.items():
        described = read_described(transaction, label, sorted(ids))
        for node in described:
            taken = [claim for key in keys if (claim := node.take(key))]
            if node.claims:
                node.forgotten = {name for claim in taken for name in claim.properties}
            else:
                node.claims = taken  # the last known values stand
        settle(transaction, writing, label, described)


def read_described(transaction: Transaction, label: str, ids: list[str]) -> list[Described]:
    """Nodes with the claims on them, as they stand."""
    rows = transaction.run(described_nodes(label), ids=ids)
    return [Described(row["id"], row["reference"], _claims_on(row)) for row in rows]


def _claims_on(row: Any) -> list[Claim]:
    found: dict[str, Claim] = {}
    elsewhere: set[str] = set()
    for record, system, reference, name, value, outcome in row["claims"]:
        if record is None:
            continue
        claim = found.setdefault(record, Claim(record, system, reference or "", {}))
        claim.properties[name] = _native(value)
        if outcome == "won" and record != row["record"]:
            elsewhere.add(name)
    if row["record"] is not None:
        leading = found.setdefault(
            row["record"], Claim(row["record"], row["system"], row["reference"], {})
        )
        for name, value in row["properties"].items():
            if name not in NOT_CLAIMED and name not in elsewhere:
                leading.properties.setdefault(name, _native(value))
    return list(found.values())


def settle(transaction: Transaction, writing: Writing, label: str, nodes: list[Described]) -> None:
    """Show the winners on these nodes, and write the claims of all but undisputed leaders."""
    rows: list[list[Any]] = []
    shown: dict[tuple[str, ...], list[list[Any]]] = defaultdict(list)
    for node in nodes:
        ranked = sorted(node.claims, key=lambda claim: rank(writing, node.reference, claim))
        winners = _winners(writing, label, node.reference, ranked)
        rows += _claim_rows(node, ranked, winners)
        names = sorted({name for claim in ranked for name in claim.properties} | node.forgotten)
        values = [as_text(winners[name][1]) if name in winners else None for name in names]
        shown[tuple(names)].append([node.id, node.reference, ranked[0].record, *values])
    ids = [node.id for node in nodes]
    transaction.run(drop_claims(label), ids=ids).consume()
    if rows:
        transaction.run(create_claims(label), rows=rows).consume()
    for names_of, batch in shown.items():
        statement = cypher.update_nodes(label, names_of)
        transaction.run(statement, rows=batch, moment=as_text(writing.moment)).consume()


def _winners(
    writing: Writing, label: str, reference: str, ranked: list[Claim]
) -> dict[str, tuple[str, Any]]:
    """For each property the record whose value is shown, and that value."""
    contenders: dict[str, list[Claim]] = defaultdict(list)
    for claim in ranked:
        for name, value in claim.properties.items():
            if value is not None:
                contenders[name].append(claim)
    winners = {}
    for name, claims in contenders.items():
        best = min(claims, key=lambda claim: rank(writing, reference, claim, label, name))
        winners[name] = (best.record, best.properties[name])
    return winners


def _claim_rows(
    node: Described, ranked: list[Claim], winners: dict[str, tuple[str, Any]]
) -> list[list[Any]]:
    claimed = Counter(
        name for claim in ranked for name, value in claim.properties.items() if value is not None
    )
    return [
        [
            claim.record,
            node.id,
            name,
            as_text(value),
            _outcome(claim, winners[name], value),
            claim.reference,
        ]
        for claim in ranked
        for name, value in claim.properties.items()
        if value is not None and (claim is not ranked[0] or claimed[name] > 1)
    ]


def _outcome(claim: Claim, winner: tuple[str, Any], value: Any) -> str:
    """What became of a claimed value: shown from this record, the same as shown, or not shown."""
    if winner[0] == claim.record:
        return "won"
    return "agreed" if value == winner[1] else "lost"


def rank(
    writing: Writing, reference: str, claim: Claim, label: str = "", name: str = ""
) -> tuple[int, bool, int, str]:
    """Where a claim stands, in all or for one property; the lowest leads."""
    filled = sum(value is not None for value in claim.properties.values())
    return (
        writing.precedence.of(claim.system, label, name),
        claim.reference != reference,
        -filled,
        claim.record,
    )


def _native(value: Any) -> Any:
    return value.to_native() if hasattr(value, "to_native") else value


@cache
def described_nodes(label: str) -> str:
    """Ids -> nodes with the claims on them."""
    return (
        f"UNWIND $ids AS id\nMATCH (node:{cypher.label_of(label)} {{id: id}})\n"
        "OPTIONAL MATCH (record:SourceRecord)-[claim:CLAIMS]->(node)\n"
        "WITH node, collect([record.id, record.system, claim.reference, claim.property, "
        "claim.value, claim.outcome]) AS claims\n"
        "OPTIONAL MATCH (own:SourceRecord {id: node.record})\n"
        "RETURN node.id AS id, node.reference AS reference, node.record AS record, "
        "own.system AS system, properties(node) AS properties, claims"
    )


@cache
def drop_claims(label: str) -> str:
    """Ids of nodes whose claims are written anew."""
    return (
        f"UNWIND $ids AS id\nMATCH (:SourceRecord)-[claim:CLAIMS]->(:{label} {{id: id}})\n"
        "DELETE claim"
    )


@cache
def create_claims(label: str) -> str:
    """Rows [record, node, property, value, outcome, reference]."""
    contested = (
        "\nFOREACH (lost IN CASE row[4] WHEN 'lost' THEN [node] ELSE [] END |\n"
        "  SET lost.revised = true)"
        if "revised" in LABELS[cypher.label_of(label)].properties
        else ""
    )
    return (
        "UNWIND $rows AS row\nMATCH (record:SourceRecord {id: row[0]})\n"
        f"MATCH (node:{label} {{id: row[1]}})\n"
        "CREATE (record)-[:CLAIMS {property: row[2], value: row[3], outcome: row[4], "
        f"reference: row[5]}}]->(node){contested}"
    )
