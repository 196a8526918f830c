"""What a changed or withdrawn record does to the facts that it stated before."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING

from graph.connection import Transaction
from graph.facts import statements as cypher
from graph.facts.claims import FactClaim
from graph.facts.rows import FactRows, Placed, placed_from
from graph.facts.timeline import OPEN, Change, Saying, Version, restate
from graph.ids import version_id

if TYPE_CHECKING:
    from graph.facts.batch import RecordVersion, Writing

Subjects = dict[tuple[str, str], None]


def plan_changes(
    transaction: Transaction,
    writing: Writing,
    versions: list[RecordVersion],
    rows: FactRows,
) -> Subjects:
    """Gather what changed records do to their facts; the nodes whose facts change."""
    if not versions:
        return {}
    believed = believed_of(transaction, [version.entry.key for version in versions])
    subjects: Subjects = {}
    for version in versions:
        mine = believed.get(version.entry.key, {})
        said = _said(version, writing)
        effective = version.claims.happened_on or writing.as_of
        replaced_on = _replacements(mine, said, effective)
        for fact in dict.fromkeys([*mine, *said]):
            claim, saying = said.get(fact, (None, None))
            pieces = mine.get(fact, [])
            day = effective if saying else _ending(pieces, replaced_on, effective)
            change = restate(
                coalesced(pieces),
                saying,
                effective=day,
                correction=version.claims.correction,
            )
            if change:
                subjects[_gather(writing, rows, fact, claim, pieces, change)] = None
    return subjects


def withdraw(
    transaction: Transaction, keys: list[str], rows: FactRows, *, effective: date
) -> Subjects:
    """Gather what the absence of records from a complete run does to their facts."""
    subjects: Subjects = {}
    for facts in believed_of(transaction, keys).values():
        for fact, pieces in facts.items():
            change = restate(coalesced(pieces), None, effective=effective)
            if change:
                subjects[_gather(None, rows, fact, None, pieces, change)] = None
    return subjects


def believed_of(transaction: Transaction, keys: list[str]) -> dict[str, dict[str, list[Placed]]]:
    """The believed versions of all facts that these records stated: key -> fact -> versions."""
    found: dict[str, dict[str, list[Placed]]] = defaultdict(lambda: defaultdict(list))
    for row in transaction.run(cypher.BELIEVED_BY_RECORDS, keys=keys):
        placed = placed_from(row)
        found[row["key"]][placed.fact].append(placed)
    return found


def coalesced(pieces: list[Placed]) -> list[Version]:
    """Versions as their record stated them: adjoining pieces that only we told apart are one."""
    whole: list[Version] = []
    for placed in sorted(pieces, key=lambda placed: placed.version.valid_from):
        version = placed.version
        last = whole[-1] if whole else None
        if last and last.valid_to == version.valid_from and last.properties == version.properties:
            whole[-1] = Version(
                last.valid_from,
                version.valid_to,
                last.properties,
                last.assumed_from,
                last.record,
            )
        else:
            whole.append(version)
    return whole


def _said(version: RecordVersion, writing: Writing) -> dict[str, tuple[FactClaim, Saying]]:
    """The facts a record states; of one stated for several times, the time that began last."""
    record = version_id(version.entry.key, writing.moment)
    claims: dict[str, FactClaim] = {}
    for fact in version.claims.facts:
        known = claims.get(fact.id_of(version.entry.key))
        if known is None or (fact.valid_from or OPEN) >= (known.valid_from or OPEN):
            claims[fact.id_of(version.entry.key)] = fact
    return {id: (fact, saying_of(fact, record)) for id, fact in claims.items()}


Slot = tuple[str, str, str]
"""What a record usually says once: fact type, id of the start, view."""


def _replacements(
    mine: dict[str, list[Placed]],
    said: dict[str, tuple[FactClaim, Saying]],
    effective: date,
) -> dict[Slot, date]:
    """Where one fact gave way to one dated fact of its kind: the day on which the new one began."""
    gone = Counter(
        _slot_of(pieces)
        for fact, pieces in mine.items()
        if fact not in said and max(piece.version.valid_to for piece in pieces) > effective
    )
    come: dict[Slot, list[date | None]] = defaultdict(list)
    for fact, (claim, saying) in said.items():
        if fact not in mine:
            slot = (claim.type, claim.start.id, str(claim.properties.get("view", "")))
            come[slot].append(saying.valid_from)
    return {
        slot: days[0]
        for slot, days in come.items()
        if len(days) == 1 and days[0] is not None and gone[slot] == 1
    }


def _slot_of(pieces: list[Placed]) -> Slot:
    live = pieces[-1]
    view = str(dict(live.version.properties).get("view", ""))
    return cypher.base_type(live.type), live.start[1], view


def _ending(pieces: list[Placed], replaced_on: dict[Slot, date], effective: date) -> date:
    """When a fact that is no longer said ended: the day its dated successor began, if later."""
    successor = replaced_on.get(_slot_of(pieces))
    began = min(piece.version.valid_from for piece in pieces)
    return successor if successor and began < successor <= effective else effective


def _within(piece: Version, whole: Version) -> bool:
    return whole.valid_from <= piece.valid_from and piece.valid_to <= whole.valid_to


def saying_of(fact: FactClaim, record: str) -> Saying:
    """What the clocks need to know of a claim."""
    return Saying(fact.valid_from, fact.valid_to, fact.stated(), record)


def _gather(
    writing: Writing | None,
    rows: FactRows,
    fact: str,
    claim: FactClaim | None,
    pieces: list[Placed],
    change: Change,
) -> tuple[str, str]:
    """Put one fact's change in rows: every piece of a superseded version goes with it."""
    if pieces:
        fact_type = cypher.base_type(pieces[0].type)
        start, end = pieces[0].start, pieces[0].end
    else:
        if claim is None or writing is None:
            raise ValueError(f"fact {fact} has neither versions nor a claim")
        fact_type = claim.type
        start = (claim.start.label, writing.standing(claim.start.id))
        end = (claim.end.label, writing.standing(claim.end.id))
    for version, reason in change.superseded:
        for piece in pieces:
            if _within(piece.version, version):
                rows.supersede(piece, reason)
    for version, reason in change.stated:
        rows.state(fact_type, start, end, fact, version, reason)
    return start
