"""Exports that know no ids: companies, offerings and sellers by their names, as they are written.

A misspelt name stays as it is: `GTXPro` and `GTX Pro` are two offerings until a person says that
they are one. Days are American, m/d/yyyy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from graph.facts.claims import Claims
from loaders.crm.values import Row, money
from loaders.dates import day


def named_account(fields: Row) -> Claims:
    """A company in the role of customer, below the company that its row names."""
    claims = Claims()
    name, sector, above = (
        fields.need("account"),
        fields.take("sector"),
        fields.take("subsidiary_of"),
    )
    entity = claims.node(
        "LegalEntity",
        fields.reference("named_account", name),
        name=name,
        hq_address=fields.take("office_location"),
    )
    customer = claims.node("Customer", fields.reference("named_customer", name), segment=sector)
    claims.name(entity, name, kind="trading")
    claims.fact("PLAYS", entity, customer)
    if above:
        parent = fields.ref("LegalEntity", "named_account", above)
        claims.fact(
            "PARENT_IN", entity, parent, view="commercial", basis="subsidiary_of in the CRM"
        )
    else:
        top = claims.node(
            "Account", fields.reference("named_top_account", name), name=name, segment=sector
        )
        claims.fact("ROOTED_AT", top, entity)
    fields.ignore("year_established", "revenue", "employees")  # a year is no day; no home for size
    return fields.report(claims)


def named_opportunity(fields: Row) -> Claims:
    """Something that is being sold, to the named company if there is one yet."""
    claims = Claims()
    stage = fields.need("deal_stage")
    engaged = _day(fields.take("engage_date"), "engage_date")
    closed = _day(fields.take("close_date"), "close_date")
    amount, currency = money(fields, claims, "close_value")
    selling = claims.node(
        "Opportunity",
        fields.reference("named_opportunity", fields.need("opportunity_id")),
        stage=stage,
        stage_since=closed or engaged,
        amount=amount,
        currency=currency,
        close_on=closed,
    )
    company, product = fields.take("account"), fields.need("product")
    if company:
        claims.link("CONCERNS", selling, fields.ref("LegalEntity", "named_account", company))
    offering = fields.ref("ProductOffering", "named_product", product)
    claims.link("CONCERNS", selling, offering)
    fields.ignore("sales_agent")  # the model has no seller of an opportunity
    return fields.report(claims)


def named_product(fields: Row) -> Claims:
    """An offering of the catalogue."""
    claims = Claims()
    name = fields.need("product")
    claims.node(
        "ProductOffering",
        fields.reference("named_product", name),
        name=name,
        family=fields.take("series"),
    )
    fields.ignore("sales_price")  # a list price has no home before price rules
    return fields.report(claims)


def sales_agent(fields: Row) -> Claims:
    """A person who sells, in the team of a manager."""
    claims = Claims()
    name, region = fields.need("sales_agent"), fields.take("regional_office")
    seller = claims.node("Seller", fields.reference("sales_agent", name), name=name, region=region)
    manager = fields.take("manager")
    if manager:
        team = claims.node(
            "Team", fields.reference("team", manager), name=f"Team of {manager}", region=region
        )
        claims.fact("MEMBER_OF", seller, team)
    return fields.report(claims)


MAPPINGS: Mapping[str, Callable[[Row], Claims]] = {
    "named_account": named_account,
    "named_opportunity": named_opportunity,
    "named_product": named_product,
    "sales_agent": sales_agent,
}
"""Record type -> how it is mapped."""


def _day(value: str | None, field: str) -> date | None:
    return day(value, field=field, form="m/d/y")
