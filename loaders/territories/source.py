"""Teams, sellers, territories and coverage as CSV; days are ISO 8601."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from graph.errors import RecordRejected
from graph.facts.claims import Claims, Ref, ref
from loaders.audit import Fields
from loaders.dates import day
from loaders.references import across
from loaders.source import RawRecord
from loaders.tables import Table, TableSource

SYSTEM = "territories"
COVERED = {
    "account": ("Account", "account"),
    "company": ("LegalEntity", "company"),
    "site": ("Site", "geographic_site"),
    "territory": ("Territory", "territory"),
}
"""What a seller can cover -> its label, and the kind by which its home is found."""
BACKWARDS = "the coverage ends before it begins, and is left out"


class Territories(TableSource):
    """Who sells what to whom, and from when to when."""

    name = SYSTEM
    tables = (
        Table("team", ("team_id", "team_name"), ("team_id",)),
        Table("seller", ("seller_id", "seller_name"), ("seller_id",)),
        Table("territory", ("territory_id", "territory_name"), ("territory_id",)),
        Table("coverage", ("coverage_id", "seller_id", "covers"), ("coverage_id",)),
        Table("target", ("target_id", "quarter"), ("target_id",)),
    )

    @property
    def mappings(self) -> Mapping[str, Callable[[RawRecord], Claims]]:
        """How each table is mapped."""
        return MAPPINGS


def team(record: RawRecord) -> Claims:
    """A team of sellers."""
    fields, claims = Fields(record), Claims()
    claims.node(
        "Team",
        _named("Team", "team", fields.need("team_id")).reference,
        name=fields.need("team_name"),
        email=fields.take("email"),
        role=fields.take("role"),
        region=fields.take("region"),
        started_on=day(fields.take("start_date"), field="start_date"),
    )
    return fields.report(claims)


def seller(record: RawRecord) -> Claims:
    """A person who sells; who changes teams leaves the old one on the first day in the new."""
    fields, claims = Fields(record), Claims()
    begins = day(fields.take("start_date"), field="start_date")
    ends = day(fields.take("end_date"), field="end_date")
    since = day(fields.take("team_since"), field="team_since") or begins
    person = claims.node(
        "Seller",
        _named("Seller", "seller", fields.need("seller_id")).reference,
        name=fields.need("seller_name"),
        email=fields.take("email"),
        role=fields.take("role"),
        region=fields.take("region"),
        started_on=begins,
    )
    claims.happened_on = since
    member = fields.take("team_id")
    if member and not (since and ends and ends <= since):
        claims.fact(
            "MEMBER_OF", person, _named("Team", "team", member), valid_from=since, valid_to=ends
        )
    return fields.report(claims)


def territory(record: RawRecord) -> Claims:
    """A part of the market; its countries and segment have no home in the model."""
    fields, claims = Fields(record), Claims()
    claims.node(
        "Territory",
        _named("Territory", "territory", fields.need("territory_id")).reference,
        name=fields.need("territory_name"),
        region=fields.take("region"),
        started_on=day(fields.take("start_date"), field="start_date"),
    )
    fields.ignore("countries", "segment")
    return fields.report(claims)


def coverage(record: RawRecord) -> Claims:
    """A seller who answers for something; two who answer for the same are two facts."""
    fields, claims = Fields(record), Claims()
    kind = str(fields.need("covers")).casefold()
    if kind not in COVERED:
        raise RecordRejected(
            f"{kind!r} is not one of {', '.join(COVERED)}",
            where="covers",
            remedy="ask sales operations what is meant, and map it by name",
        )
    who = _named("Seller", "seller", fields.need("seller_id"))
    what = _named(*COVERED[kind], fields.need("covered_id"))
    begins = day(fields.take("start_date"), field="start_date")
    ends = day(fields.take("end_date"), field="end_date")
    role, share = fields.take("role"), _share(fields)
    fields.ignore("coverage_id")
    if begins and ends and ends <= begins:
        claims.odd.append(BACKWARDS)
        return fields.report(claims)
    claims.fact(
        "COVERS",
        who,
        what,
        valid_from=begins,
        valid_to=ends,
        qualifier=role or "",
        role=role,
        share=share,
    )
    return fields.report(claims)


MAPPINGS: Mapping[str, Callable[[RawRecord], Claims]] = {
    "team": team,
    "seller": seller,
    "territory": territory,
    "coverage": coverage,
}
"""Record type -> how it is mapped."""


def _named(label: str, kind: str, native_id: str) -> Ref:
    return ref(label, across(SYSTEM, kind, native_id))


def _share(fields: Fields) -> float | None:
    """The share of the credit, 0 to 1; RecordRejected for anything else."""
    value = fields.take("share")
    if value is None:
        return None
    try:
        share = Decimal(value)
        if 0 <= share <= 1:
            return float(share)
    except InvalidOperation:
        pass
    raise RecordRejected(
        f"{value!r} is no share from 0 to 1", where="share", remedy="ask sales operations"
    )
