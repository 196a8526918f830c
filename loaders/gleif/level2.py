"""Level 2: who consolidates whom, whose branch a company is, and why a parent is absent."""

from __future__ import annotations

from datetime import date, timedelta

from graph.errors import RecordRejected
from graph.facts.claims import Claims, ref
from loaders.gleif.fields import Record
from loaders.gleif.level1 import checked_lei
from loaders.gleif.moments import day

FACTS = {
    "IS_DIRECTLY_CONSOLIDATED_BY": "DIRECTLY_CONSOLIDATED_BY",
    "IS_ULTIMATELY_CONSOLIDATED_BY": "ULTIMATELY_CONSOLIDATED_BY",
    "IS_INTERNATIONAL_BRANCH_OF": "INTERNATIONAL_BRANCH_OF",
}
PARENT_BASIS = {
    "IS_DIRECTLY_CONSOLIDATED_BY": "gleif direct consolidation",
    "IS_INTERNATIONAL_BRANCH_OF": "gleif international branch",
}
"""What makes a parent in the legal view; an ultimate parent alone leaves open who is between."""

EXCEPTIONS = {
    "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT": "parent_exception",
    "ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT": "ultimate_exception",
}
REASONS = frozenset(
    [
        "NO_LEI",
        "NATURAL_PERSONS",
        "NON_CONSOLIDATING",
        "NO_KNOWN_PERSON",
        "NON_PUBLIC",
        "BINDING_LEGAL_COMMITMENTS",
        "LEGAL_OBSTACLES",
        "DISCLOSURE_DETRIMENTAL",
        "DETRIMENT_NOT_EXCLUDED",
        "CONSENT_NOT_OBTAINED",
    ]
)
WITHDRAWN = frozenset({"ANNULLED", "DUPLICATE"})

Interval = tuple[date | None, date | None]


def relationship(claims: Claims, record: Record) -> Claims:
    """A child and its parent, for as long as the relationship period says."""
    child = _node(record, "StartNode")
    parent = _node(record, "EndNode")
    kind = record.get("Relationship.RelationshipType") or ""
    if kind not in FACTS:
        raise RecordRejected(
            f"relationship type {kind!r} is not known",
            where="Relationship.RelationshipType",
            remedy="map it in loaders/gleif/level2.py or ignore it in source.yaml",
        )
    if child == parent:
        raise RecordRejected(
            f"{child} names itself as its parent",
            where="Relationship.EndNode.NodeID",
            remedy="ask the issuer of the LEI: no company is its own parent",
        )
    registration = record.get("Registration.RegistrationStatus")
    if registration in WITHDRAWN:
        claims.correction = f"GLEIF: the relationship record is {registration}"
    intervals = [] if registration in WITHDRAWN else _holds(record)
    lower, upper = ref("LegalEntity", f"lei:{child}"), ref("LegalEntity", f"lei:{parent}")
    for number, (begin, end) in enumerate(reversed(intervals)):
        earlier = f"until {end}" if number else ""
        claims.fact(FACTS[kind], lower, upper, valid_from=begin, valid_to=end, qualifier=earlier)
        if kind in PARENT_BASIS:
            claims.fact(
                "PARENT_IN",
                lower,
                upper,
                valid_from=begin,
                valid_to=end,
                qualifier=f"legal {earlier}" if earlier else "",
                view="legal",
                basis=PARENT_BASIS[kind],
            )
    return claims


def exception(claims: Claims, record: Record) -> Claims:
    """Why a company reports no parent: a fact worth showing, not a gap."""
    lei = checked_lei(record.get("LEI"), "LEI")
    category = record.get("Exception.Category") or ""
    if category not in EXCEPTIONS:
        raise RecordRejected(
            f"exception category {category!r} is not known",
            where="Exception.Category",
            remedy="map it in loaders/gleif/level2.py",
        )
    reasons = [part[""] for part in record.parts("reason")]
    if not reasons or not REASONS.issuperset(reasons):
        raise RecordRejected(
            f"exception reason {', '.join(reasons) or 'missing'} is not known",
            where="Exception.Reason",
            remedy="map it in loaders/gleif/level2.py",
        )
    gone = record.get("Extension.Deletion.DeletedAt")
    shown = None if gone else ", ".join(sorted(set(reasons)))
    claims.node("LegalEntity", f"lei:{lei}", **{EXCEPTIONS[category]: shown})
    return claims


def _node(record: Record, end: str) -> str:
    kind = record.get(f"Relationship.{end}.NodeIDType")
    if kind not in ("LEI", None):
        raise RecordRejected(
            f"a node named by {kind}, not by an LEI",
            where=f"Relationship.{end}.NodeIDType",
            remedy="map it in loaders/gleif/level2.py",
        )
    field = f"Relationship.{end}.NodeID"
    return checked_lei(record.get(field), field)


def _holds(record: Record) -> list[Interval]:
    """When the relationship holds, oldest first; only relationship periods count.

    Periods that meet are one. What is INACTIVE and has no end holds no more and nobody says since
    when: it is not stated, and what was stated before ends on the day of the record's update.
    """
    periods = [
        _period(part) for part in record.parts("period") if part.get("periodType") == _LASTING
    ]
    status = record.get("Relationship.RelationshipStatus")
    if status not in ("ACTIVE", "INACTIVE"):
        raise RecordRejected(
            f"relationship status {status!r} is not known",
            where="Relationship.RelationshipStatus",
            remedy="ask the issuer of the LEI: ACTIVE or INACTIVE",
        )
    if record.get("Extension.Deletion.DeletedAt"):
        return []
    if status == "INACTIVE":
        return _merged([period for period in periods if period[1]])
    return _merged(periods) or [(None, None)]


_LASTING = "RELATIONSHIP_PERIOD"


def _period(part: dict[str, str]) -> Interval:
    begin = day(part.get("startDate"), "Relationship.Period.startDate")
    end = day(part.get("endDate"), "Relationship.Period.endDate")
    if begin and end and end <= begin:
        if end < begin:
            raise RecordRejected(
                f"the relationship ends on {end}, before it begins on {begin}",
                where="Relationship.Period.endDate",
                remedy="ask the issuer of the LEI",
            )
        end = begin + timedelta(days=1)
    return begin, end


def _merged(periods: list[Interval]) -> list[Interval]:
    merged: list[Interval] = []
    for begin, end in sorted(periods, key=lambda period: period[0] or date.min):
        last = merged[-1] if merged else None
        if last and (last[1] is None or begin is None or begin <= last[1]):
            ends = None if last[1] is None or end is None else max(last[1], end)
            merged[-1] = (last[0], ends)
        else:
            merged.append((begin, end))
    return merged
