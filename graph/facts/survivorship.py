"""One node, several records: every claim is kept, and which one is shown follows a fixed order.

A node that a single record describes carries that record's id in `record`, and nothing more. Every
further record that describes it has one `CLAIMS` relationship to it, which names the properties
that are shown from this record (`won`), those it says the same of (`agreed`), and those it says
otherwise (`lost`), whose values the relationship keeps under their own names. The leading record
has one only where another is shown. So a claim costs what it differs in.
The order: the source's precedence for the property, the record that founded the node's id, the
record that says more, the record's key. So the order of loading plays no part.
"""

from __future__ import annotations

from collections import defaultdict
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

OUTCOMES = ("won", "agreed", "lost")

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
    contested: bool = False
    """Whether claims are written beside it, to be written anew."""
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
    return [
        Described(row["id"], row["reference"], _claims_on(row), bool(row["claims"])) for row in rows
    ]


def _claims_on(row: Any) -> list[Claim]:
    shown = {
        name: _native(value) for name, value in row["properties"].items() if name not in NOT_CLAIMED
    }
    found: dict[str, Claim] = {}
    elsewhere: set[str] = set()
    for record, system, claimed in row["claims"]:
        names = {kind: claimed.get(kind) or () for kind in OUTCOMES}
        said = {name: shown[name] for name in (*names["won"], *names["agreed"]) if name in shown}
        said |= {name: _native(claimed[name]) for name in names["lost"]}
        found[record] = Claim(record, system, claimed.get("reference") or "", said)
        if record != row["record"]:
            elsewhere.update(names["won"])
    if row["record"] is not None:
        leading = found.setdefault(
            row["record"], Claim(row["record"], row["system"], row["reference"], {})
        )
        for name, value in shown.items():
            if name not in elsewhere:
                leading.properties.setdefault(name, value)
    return list(found.values())


def settle(transaction: Transaction, writing: Writing, label: str, nodes: list[Described]) -> None:
    """Show the winners on these nodes, and write the claims of all but undisputed leaders."""
    rows: list[list[Any]] = []
    shown: dict[tuple[str, ...], list[list[Any]]] = defaultdict(list)
    excepted = writing.precedence.excepted(label)
    for node in nodes:
        ranked = sorted(node.claims, key=lambda claim: rank(writing, node.reference, claim))
        winners = _winners(writing, label, node.reference, ranked, excepted)
        if len(ranked) > 1:
            rows += _claim_rows(node, ranked, winners)
        names = sorted({name for claim in ranked for name in claim.properties} | node.forgotten)
        values = [as_text(winners[name][1]) if name in winners else None for name in names]
        shown[tuple(names)].append([node.id, node.reference, ranked[0].record, *values])
    contested = [node.id for node in nodes if node.contested]
    if contested:
        transaction.run(drop_claims(label), ids=contested)
    if rows:
        transaction.run(create_claims(label), rows=rows)
    for names_of, batch in shown.items():
        statement = cypher.update_nodes(label, names_of)
        transaction.run(statement, rows=batch, moment=as_text(writing.moment))


def _winners(
    writing: Writing,
    label: str,
    reference: str,
    ranked: list[Claim],
    excepted: frozenset[str],
) -> dict[str, tuple[str, Any]]:
    """For each property the record whose value is shown, and that value.

    That is the first of the ranked that gives one, but for properties with an order of their own.
    """
    winners: dict[str, tuple[str, Any]] = {}
    for claim in ranked:
        for name, value in claim.properties.items():
            if value is not None and name not in winners:
                winners[name] = (claim.record, value)
    for name in excepted & winners.keys():
        claims = [claim for claim in ranked if claim.properties.get(name) is not None]
        best = min(claims, key=lambda claim: rank(writing, reference, claim, label, name))
        winners[name] = (best.record, best.properties[name])
    return winners


def _claim_rows(
    node: Described, ranked: list[Claim], winners: dict[str, tuple[str, Any]]
) -> list[list[Any]]:
    rows = []
    for claim in ranked:
        names: dict[str, list[str]] = {kind: [] for kind in OUTCOMES}
        kept: dict[str, Any] = {}
        for name, value in claim.properties.items():
            if value is None:
                continue
            kind = _outcome(claim, winners[name], value)
            names[kind].append(name)
            if kind == "lost":
                kept[name] = as_text(value)
        if claim is ranked[0]:
            names["won"] = []  # the node itself says so
        if any(names.values()):
            lists = [sorted(names[kind]) or None for kind in OUTCOMES]
            rows.append([claim.record, node.id, claim.reference, *lists, kept])
    return rows


def _outcome(claim: Claim, winner: tuple[str, Any], value: Any) -> str:
    """What became of a claimed value: shown from this record, the same as shown, or not shown."""
    if winner[0] == claim.record:
        return "won"
    return "agreed" if as_text(value) == as_text(winner[1]) else "lost"


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
        f"{cypher.PLANNED_ONCE}UNWIND $ids AS id\n"
        f"MATCH (node:{cypher.label_of(label)} {{id: id}})\n"
        "OPTIONAL MATCH (own:SourceRecord {id: node.record})\n"
        "RETURN node.id AS id, node.reference AS reference, node.record AS record, "
        "own.system AS system, node {.*, first_seen_at: null, last_seen_at: null} AS properties,\n"
        "  COLLECT { MATCH (record)-[claim:CLAIMS]->(node)\n"
        "    RETURN [record.id, record.system, properties(claim)] } AS claims"
    )


@cache
def drop_claims(label: str) -> str:
    """Ids of nodes whose claims are written anew."""
    return (
        f"{cypher.PLANNED_ONCE}UNWIND $ids AS id\nMATCH (node:{label} {{id: id}})\n"
        "CALL (node) { MATCH ()-[claim:CLAIMS]->(node) DELETE claim }"
    )


@cache
def create_claims(label: str) -> str:
    """Rows [record, node, reference, won, agreed, lost, {lost property: value}]."""
    contested = (
        "\nFOREACH (names IN CASE WHEN row[5] IS NULL THEN [] ELSE [row[5]] END |\n"
        "  SET node.revised = true)"
        if "revised" in LABELS[cypher.label_of(label)].properties
        else ""
    )
    return (
        f"{cypher.PLANNED_ONCE}UNWIND $rows AS row\n"
        "MATCH (record:SourceRecord {id: row[0]})\n"
        f"MATCH (node:{label} {{id: row[1]}})\n"
        "CREATE (record)-[claim:CLAIMS {reference: row[2], won: row[3], agreed: row[4], "
        f"lost: row[5]}}]->(node)\nSET claim += row[6]{contested}"
    )
