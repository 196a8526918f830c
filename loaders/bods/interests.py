"""The interests that one statement gives."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from graph.errors import RecordRejected
from graph.facts.claims import Claims
from loaders.audit import Fields
from loaders.bods.reading import Statement, nested
from loaders.dates import day
from loaders.ownership import UNKNOWN_INTEREST, Interest, Share
from loaders.source import RawRecord

TYPES = frozenset(
    {"shareholding", "votingRights", "appointmentOfBoard", "otherInfluenceOrControl"}
    | {"seniorManagingOfficial", "settlor", "trustee", "protector", "nominee", "nominator"}
    | {"beneficiaryOfLegalArrangement", "rightsToSurplusAssetsOnDissolution"}
    | {"rightsToProfitOrIncome", "rightsGrantedByContract", "conditionalRightsGrantedByContract"}
    | {"controlViaCompanyRulesOrArticles", "controlByLegalFramework", "boardMember", "boardChair"}
    | {UNKNOWN_INTEREST, "unpublishedInterest", "enjoymentAndUseOfAssets"}
    | {"rightToProfitOrIncomeFromAssets"}
)
_DIRECTNESS = ("direct", "indirect", "unknown")
_BOUNDS = ("exact", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


def interests_of(record: RawRecord, statement: Statement, claims: Claims) -> list[Interest]:
    """A statement's interests; none given is one of unknown type, unless the record is closed."""
    given = statement.details.take("interests", [])
    if not given and not statement.closed:
        given = [{}]
    found = [_interest(nested(record, one), statement, claims, record) for one in given]
    met: Counter[str] = Counter()
    return [_told_apart(interest, met) for interest in found]


def _interest(fields: Fields, statement: Statement, claims: Claims, record: RawRecord) -> Interest:
    type = fields.take("type", UNKNOWN_INTEREST)
    if type not in TYPES:
        claims.unknown.append(f"interests.type {type!r}")
    directness = fields.take("directOrIndirect", "unknown")
    if directness not in _DIRECTNESS:
        raise RecordRejected(
            f"{directness!r} is neither direct, indirect nor unknown",
            where="interests.directOrIndirect",
            remedy="ask the publisher",
        )
    begins = day(fields.take("startDate"), field="interests.startDate")
    ends = day(fields.take("endDate"), field="interests.endDate")
    if begins and ends and ends < begins:
        raise RecordRejected(
            f"the interest ends on {ends}, before it begins on {begins}",
            where="interests.endDate",
            remedy="ask the publisher which day is right",
        )
    share = _share(nested(record, fields.take("share", {})), claims)
    fields.ignore("beneficialOwnershipOrControl")
    fields.report(claims)
    return Interest(
        type=type,
        directness=directness,
        basis="legal" if "officialRegister" in statement.source_types else "asserted",
        qualifier=":".join([type, directness, *([begins.isoformat()] if begins else [])]),
        share=share,
        valid_from=begins,
        valid_to=ends,
    )


def _share(fields: Fields, claims: Claims) -> Share:
    bounds = {name: _part(name, fields.take(name)) for name in _BOUNDS}
    fields.report(claims)
    low, high = bounds["minimum"], bounds["maximum"]
    return Share(
        exact=bounds["exact"],
        low=bounds["exclusiveMinimum"] if low is None else low,
        high=bounds["exclusiveMaximum"] if high is None else high,
        more_than_low=low is None and bounds["exclusiveMinimum"] is not None,
    )


def _part(name: str, percent: Any) -> float | None:
    """A percentage as a part of one."""
    if percent is None:
        return None
    if isinstance(percent, bool) or not isinstance(percent, int | float) or not 0 <= percent <= 100:
        raise RecordRejected(
            f"{percent!r} is no percentage from 0 to 100",
            where=f"interests.share.{name}",
            remedy="ask the publisher",
        )
    return round(percent / 100, 10)


def _told_apart(interest: Interest, met: Counter[str]) -> Interest:
    """Two interests of one type, directness and start are numbered."""
    met[interest.qualifier] += 1
    number = met[interest.qualifier]
    if number == 1:
        return interest
    return replace(interest, qualifier=f"{interest.qualifier}:{number}")
