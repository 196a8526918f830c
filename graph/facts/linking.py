"""Records of one company joined by an identifier they share; a retired id redirects for ever.

Only what identifies exactly is used: an LEI, a registration number with its register, a VAT
number, a DUNS number, or a source's own cross-reference. Where two companies share one of these
but differ in another, nothing is merged: the pair is kept as a judgement for a person.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graph.connection import Transaction, as_text
from graph.facts import survivorship
from graph.ids import reference_rank, text_uuid5

if TYPE_CHECKING:
    from graph.facts.batch import Writing

EXACT_SCHEMES = ("lei", "registry", "duns")
"""Schemes of which one company has one number; the companies of a VAT group share theirs."""
LINKING_SCHEMES = (*EXACT_SCHEMES, "vat")

BY_IDENTIFIER = "identifier"
"""Who decided, in a judgement that a shared identifier made; a replay makes it again."""

SHARED = """
UNWIND $ids AS id
MATCH (identifier:Identifier {id: id})
WHERE identifier.scheme IN $schemes AND coalesce(identifier.is_valid, true)
MATCH (entity:LegalEntity)-[:HAS_IDENTIFIER|PLANNED_HAS_IDENTIFIER]->(identifier)
WITH identifier, collect(DISTINCT entity) AS entities WHERE size(entities) > 1
UNWIND entities AS entity
RETURN identifier.id AS identifier_id, identifier.scheme AS scheme, identifier.issuer AS issuer,
       identifier.value AS value, entity.id AS id, entity.reference AS reference,
       [(entity)-[:HAS_IDENTIFIER]->(other:Identifier) WHERE coalesce(other.is_valid, true)
        | [other.scheme + ':' + coalesce(other.issuer, ''), other.value]] AS identifiers
ORDER BY identifier_id, id
"""

REFERENCES = """
UNWIND $ids AS id MATCH (entity:LegalEntity {id: id}) RETURN id AS id, entity.reference AS reference
"""

JUDGE = """
UNWIND $rows AS row
MERGE (judgement:Judgement {id: row[0]})
ON CREATE SET judgement.left = row[1], judgement.right = row[2], judgement.verdict = row[3],
  judgement.decided_by = $decided_by, judgement.decided_at = datetime($moment),
  judgement.reason = row[4], judgement.first_seen_at = datetime($moment),
  judgement.last_seen_at = datetime($moment)
"""

MOVE = """
UNWIND $rows AS row
MATCH (retired:LegalEntity {id: row[0]}), (survivor:LegalEntity {id: row[1]})
CALL (retired, survivor) {
  MATCH (retired)-[old]->(other)
  WITH old, survivor, CASE WHEN other = retired THEN survivor ELSE other END AS other
  CREATE (survivor)-[new:$(type(old))]->(other)
  SET new = properties(old)
  DELETE old
}
CALL (retired, survivor) {
  MATCH (other)-[old]->(retired)
  CREATE (other)-[new:$(type(old))]->(survivor)
  SET new = properties(old)
  DELETE old
}
WITH retired, survivor, retired.reference AS reference, retired.first_seen_at AS first_seen_at
SET retired = {id: retired.id, reference: reference, first_seen_at: first_seen_at,
               last_seen_at: datetime($moment)}
REMOVE retired:LegalEntity
SET retired:EntityAlias
CREATE (retired)-[:REDIRECTS_TO]->(survivor)
"""


@dataclass(slots=True)
class Merges:
    """What linking did: retired id -> surviving id, the survivors, and sentences to show."""

    aliases: dict[str, str] = field(default_factory=dict)
    survivors: set[str] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)
    retiring: list[str] = field(default_factory=list)
    """Retired ids that the graph does not know of yet."""
    judgements: list[list[str]] = field(default_factory=list)

    def standing(self, node: str) -> str:
        """The id that stands for a node after the merges so far."""
        while node in self.aliases:
            node = self.aliases[node]
        return node

    def judge(self, left: str, right: str, verdict: str, reason: str) -> None:
        """Note a judgement to be written."""
        id = text_uuid5(f"judgement|{left}|{right}|{verdict}")
        self.judgements.append([id, left, right, verdict, reason])

    def join(self, left: str, right: str, references: dict[str, str], reason: str) -> None:
        """Make one of two; the one with the stronger reference stays, whoever was named first."""
        left, right = self.standing(left), self.standing(right)
        if left == right or left not in references or right not in references:
            return
        survivor, retired = sorted((left, right), key=lambda id: reference_rank(references[id]))
        self.judge(retired, survivor, "same", reason)
        self.aliases[retired] = survivor
        self.retiring.append(retired)
        self.survivors.discard(retired)
        self.survivors.add(survivor)


def link(
    transaction: Transaction,
    writing: Writing,
    identifiers: set[str],
    pairs: list[tuple[str, str, str]],
) -> Merges:
    """Merge the entities that share one of these identifiers, and the pairs a source names."""
    merges = Merges()
    if pairs:
        named = sorted({id for left, right, _ in pairs for id in (left, right)})
        found = transaction.run(REFERENCES, ids=named)
        references = {row["id"]: row["reference"] for row in found}
        for left, right, reason in pairs:
            merges.join(left, right, references, reason)
        _apply(transaction, writing, merges)
    if identifiers:
        rows = transaction.run(SHARED, ids=sorted(identifiers), schemes=list(LINKING_SCHEMES))
        groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in rows:
            groups[row["identifier_id"]].append(row.data())
        known = {row["id"]: row for entities in groups.values() for row in entities}
        for entities in groups.values():
            _link_group(merges, entities, known)
        _apply(transaction, writing, merges)
    merges.aliases = {retired: merges.standing(retired) for retired in merges.aliases}
    return merges


def _link_group(
    merges: Merges, entities: list[dict[str, Any]], known: dict[str, dict[str, Any]]
) -> None:
    """Merge those who share one identifier; `known` has every entity as it stands by now."""
    names = ("scheme", "issuer", "value")
    shared = ":".join(str(entities[0][name]) for name in names if entities[0][name])
    standing = {merges.standing(entity["id"]) for entity in entities}
    first, *others = sorted(
        (known[id] for id in standing), key=lambda entity: reference_rank(entity["reference"])
    )
    for other in others:
        clash = _clash(first["identifiers"], other["identifiers"]) or _founded_apart(first, other)
        if clash:
            reason = f"share {shared} but differ in {clash}"
            merges.judge(first["id"], other["id"], "unsure", reason)
            merges.warnings.append(
                f"not merged: {first['reference']} and {other['reference']} {reason}"
            )
        else:
            first["identifiers"] += other["identifiers"]
            references = {one["id"]: one["reference"] for one in (first, other)}
            merges.join(other["id"], first["id"], references, f"both have {shared}")


def _clash(left: list[list[str]], right: list[list[str]]) -> str:
    """The scheme in which two companies have valid and different numbers, if any."""
    mine: dict[str, set[str]] = defaultdict(set)
    theirs: dict[str, set[str]] = defaultdict(set)
    for scheme, value in left:
        mine[scheme].add(value)
    for scheme, value in right:
        theirs[scheme].add(value)
    for scheme in sorted(mine.keys() & theirs.keys()):
        if _is_exact(scheme) and not mine[scheme] & theirs[scheme]:
            return scheme.rstrip(":")
    return ""


def _founded_apart(left: dict[str, Any], right: dict[str, Any]) -> str:
    """The scheme in which each still has the number that its id is made of, and they differ.

    A record that was wrongly joined to one of them, and is corrected to the other's number, gives
    the one both numbers: that makes no company of two.
    """
    mine, theirs = _founding(left), _founding(right)
    if mine and theirs and mine[0] == theirs[0] and mine[1] != theirs[1]:
        return mine[0].rstrip(":")
    return ""


def _founding(entity: dict[str, Any]) -> list[str]:
    """Scheme (with its register) and value of the exact number in a company's reference, if any."""
    scheme, _, value = entity["reference"].rpartition(":")
    number = [scheme if ":" in scheme else f"{scheme}:", value]
    return number if _is_exact(scheme) and number in entity["identifiers"] else []


def _is_exact(scheme: str) -> bool:
    """Whether one company has one number of a scheme, which may be followed by its register."""
    return scheme.partition(":")[0] in EXACT_SCHEMES


def _apply(transaction: Transaction, writing: Writing, merges: Merges) -> None:
    """Move what the retired have to those who stand for them, settle their values, and judge."""
    moment = as_text(writing.moment)
    moves = [[retired, merges.standing(retired)] for retired in merges.retiring]
    if moves:
        ids = sorted({id for move in moves for id in move})
        nodes = {
            node.id: node for node in survivorship.read_described(transaction, "LegalEntity", ids)
        }
        transaction.run(MOVE, rows=moves, moment=moment).consume()
        for retired, survivor in moves:
            nodes[survivor].claims += nodes[retired].claims
            nodes[survivor].contested |= nodes[retired].contested
        contested = [nodes[id] for id in dict.fromkeys(survivor for _, survivor in moves)]
        contested = [node for node in contested if node.claims]
        if contested:
            survivorship.settle(transaction, writing, "LegalEntity", contested)
    if merges.judgements:
        transaction.run(
            JUDGE, rows=merges.judgements, decided_by=BY_IDENTIFIER, moment=moment
        ).consume()
    merges.retiring, merges.judgements = [], []
