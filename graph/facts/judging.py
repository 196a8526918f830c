"""What a person says two records are to each other, kept as a judgement that can be withdrawn.

A judgement stands between two records. Where companies are named, it is between the records whose
values are shown of them. It decides a doubt: it neither merges companies nor keeps them apart yet.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from graph.connection import OneTransaction, Transaction
from graph.errors import NotFound, UsageError
from graph.facts.linking import BY_IDENTIFIER
from graph.model.catalogue import LABELS

VERDICTS = LABELS["Judgement"].properties["verdict"].values

RECORDS = """
UNWIND $ids AS id
CALL (id) {
  MATCH (record:SourceRecord {key: id})-[:RESOLVES_TO]->(entity:LegalEntity)
  WHERE record.recorded_to = datetime('9999-12-31T00:00:00Z')
  RETURN record.key AS key, entity.id AS entity
  UNION
  MATCH (entity:LegalEntity {id: id})
  OPTIONAL MATCH (record:SourceRecord {id: entity.record})
  RETURN record.key AS key, entity.id AS entity
  UNION
  MATCH (:EntityAlias {id: id})-[:REDIRECTS_TO]->{1,16}(entity:LegalEntity)
  OPTIONAL MATCH (record:SourceRecord {id: entity.record})
  RETURN record.key AS key, entity.id AS entity
}
RETURN id AS id, key AS key, entity AS entity
"""

STANDING = """
MATCH (:LegalEntity {id: $first})<-[:RESOLVES_TO]-(record:SourceRecord)
WITH collect(DISTINCT record.key) AS keys
MATCH (:LegalEntity {id: $second})<-[:RESOLVES_TO]-(record:SourceRecord)
WITH keys, collect(DISTINCT record.key) AS others
CALL (keys, others) {
  MATCH (judgement:Judgement) WHERE judgement.left IN keys AND judgement.right IN others
  RETURN judgement
  UNION
  MATCH (judgement:Judgement) WHERE judgement.left IN others AND judgement.right IN keys
  RETURN judgement
}
WITH judgement WHERE judgement.retracted_at IS NULL
RETURN judgement.id AS id, judgement.score AS score, judgement.features AS features,
       judgement.model_version AS model_version
ORDER BY judgement.decided_at DESC, id LIMIT 1
"""

JUDGE = """
CREATE (judgement:Judgement {id: $id, left: $left, right: $right, verdict: $verdict,
  reason: $reason, decided_by: $decided_by, decided_at: datetime($now), supersedes: $supersedes,
  score: $score, features: $features, model_version: $model_version,
  first_seen_at: datetime($now), last_seen_at: datetime($now)})
"""

READ = """
MATCH (judgement:Judgement {id: $id})
RETURN judgement.left AS left, judgement.right AS right, judgement.verdict AS verdict,
       judgement.decided_by AS decided_by, judgement.retracted_at IS NOT NULL AS is_withdrawn
"""

WITHDRAW = """
MATCH (judgement:Judgement {id: $id})
SET judgement.retracted_at = datetime($now), judgement.last_seen_at = datetime($now)
"""


def judge(
    transaction: Transaction,
    left: str,
    right: str,
    verdict: str,
    reason: str,
    *,
    by: str,
    now: datetime,
) -> dict[str, Any]:
    """Keep a person's judgement; `left` and `right` are keys of records or ids of companies.

    It takes the place of the newest that stands between any records of the two companies, and
    keeps its score: how alike they are is a matter of the records. UsageError for what cannot be
    judged, NotFound for what is not there.
    """
    if verdict not in VERDICTS:
        raise UsageError(f"{verdict!r} is no verdict", remedy=f"one of: {', '.join(VERDICTS)}")
    if not reason.strip():
        raise UsageError("a judgement needs a reason", remedy="say why, in your own words")
    if by == BY_IDENTIFIER:
        raise UsageError(f"{by!r} stands for shared identifiers", remedy="give yourself a name")
    statements = OneTransaction(transaction)
    (first, company), (second, other) = _records(statements, left, right)
    last = statements.row(STANDING, first=company, second=other) or (None,) * 4
    names = ("supersedes", "score", "features", "model_version")
    told = {"id": str(uuid4()), "left": first, "right": second, "verdict": verdict}
    statements.run(
        JUDGE, reason=reason, decided_by=by, now=now, **told, **dict(zip(names, last, strict=True))
    )
    return {"judgement_id": told.pop("id"), **told, "supersedes": last[0]}


def withdraw(transaction: Transaction, id: str, *, now: datetime) -> dict[str, Any]:
    """Withdraw a person's judgement: what it took the place of stands again."""
    statements = OneTransaction(transaction)
    row = statements.row(READ, id=id)
    if not row:
        raise NotFound("no judgement has this id", where=id)
    left, right, verdict, decided_by, is_withdrawn = row
    if decided_by == BY_IDENTIFIER:
        raise UsageError(
            "a shared identifier made this judgement, not a person",
            where=id,
            remedy="judge the two yourself; what is merged is parted by correcting the records",
        )
    if is_withdrawn:
        raise UsageError("this judgement was withdrawn", where=id, remedy="judge again")
    statements.run(WITHDRAW, id=id, now=now)
    return {
        "judgement_id": id, "left": left, "right": right, "verdict": verdict, "supersedes": None,
    }  # fmt: skip


def _records(statements: OneTransaction, left: str, right: str) -> list[tuple[str, str]]:
    """The keys of the two records and their companies, the smaller key first."""
    found = {id: (key, entity) for id, key, entity in statements.rows(RECORDS, ids=[left, right])}
    for id in (left, right):
        if id not in found:
            raise NotFound("no record of a company and no company has this id", where=id)
        if found[id][0] is None:
            raise UsageError(
                "this company was only mentioned: it has no record to judge",
                where=id,
                remedy="load a source that describes it",
            )
    if found[left][1] == found[right][1]:
        raise UsageError("both are one company already", where=left, remedy="give two companies")
    return sorted((found[left], found[right]))
