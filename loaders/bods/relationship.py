"""The interests of one party in one entity, by all that was said of them."""

from __future__ import annotations

from typing import Any

from graph.errors import RecordRejected
from graph.facts.claims import Claims, ref
from loaders.bods.entity import reference
from loaders.bods.history import told
from loaders.bods.interests import interests_of
from loaders.bods.reading import Statement, opened
from loaders.ownership import state_interests
from loaders.source import RawRecord


def relationship(record: RawRecord) -> Claims:
    """The interests from first to last, or why the party is not named."""
    claims = Claims()
    statements = opened(record, claims)
    subject, party = _ends(record, statements)
    said = [interests_of(record, statement, claims) for statement in statements]
    last = statements[-1]
    last.details.report(claims)
    claims.happened_on = last.said_on
    if isinstance(party, dict):
        reason = None if last.closed else party.get("reason")
        claims.node("LegalEntity", reference(subject), parent_exception=reason)
        return claims
    owner, owned = ref("LegalEntity", reference(party)), ref("LegalEntity", reference(subject))
    state_interests(claims, owner, owned, told(zip(statements, said, strict=True)))
    return claims


def _ends(record: RawRecord, statements: list[Statement]) -> tuple[str, Any]:
    """The two ends, which stay the same as long as the record lives."""
    ends = [
        (statement.details.take("subject"), statement.details.take("interestedParty"))
        for statement in statements
    ]
    named = [pair for pair in ends if pair[0] and pair[1]]
    if not named:
        raise RecordRejected(
            "no statement names subject and interested party",
            where="recordDetails.subject",
            remedy="ask the publisher for them, then load again",
        )
    if any(
        said and said != end for pair in ends for said, end in zip(pair, named[-1], strict=True)
    ):
        raise RecordRejected(
            "the statements of one record name different ends",
            where="recordDetails.interestedParty",
            remedy="BODS closes the record and opens a new one; ask the publisher to do so",
        )
    if named[-1][0] == named[-1][1]:
        raise RecordRejected(
            f"{named[-1][0]} is said to own itself",
            where="recordDetails.interestedParty",
            remedy="ask the publisher who the interested party is",
        )
    return named[-1]
