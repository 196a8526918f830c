"""Exports whose rows have ids: the Salesforce object schema, in its own case or in snake case.

A company is founded by its CRM id, because parents, opportunities and merges name it so; the
identifiers that a row carries join it with the same company elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from graph.facts.claims import Claims, Ref, ref
from loaders.company import Number, seat
from loaders.crm import ignored
from loaders.crm.telling import AccountRow, Life, tell_account, tell_owner, tell_parent
from loaders.crm.values import Row, linked_id, money, percentage, truth
from loaders.dates import at, day
from loaders.references import home

NUMBERS = (
    ("lei", ("lei", "lei_c", "legal_entity_identifier_c")),
    ("vat", ("vat_number", "vat_number_c", "vat_id_c")),
    ("duns", ("duns_number", "duns_number_c")),
    ("registry", ("registration_number", "registration_number_c")),
)
"""Scheme of an identifier, and the columns in which exports carry it."""
REGISTER = ("registration_authority", "registration_authority_c")
"""Columns that name the register of a registration number, as a GLEIF RA code."""
TIER = ("tier_c", "account_tier_c")
"""Columns in which exports carry the carrier's tier of an account."""
RIVAL = ("competitor_c", "main_competitors_c")
RIVAL_UNTIL = ("competitor_contract_end_c",)
CONCERNED = (
    (("site_c",), "Site", "geographic_site"),
    (("agreement_items_c",), "AgreementItem", "agreement_item"),
    (("offerings_c",), "ProductOffering", "product_offering"),
)
"""Columns with ids of other systems, blank between; what they name, and its kind there."""
SEAT = ("billing_street", "billing_city", "billing_state", "billing_postal_code", "billing_country")


def account(fields: Row) -> Claims:
    """A company in the role of customer, its place in the commercial view, who owns the account."""
    claims, native = Claims(), _needed(fields, "id")
    name, kind = fields.need("name"), fields.take("type")
    register = _first(fields, REGISTER) or ""
    row = AccountRow(
        native_id=native,
        name=name,
        life=_life(fields, claims),
        status=kind,
        segment=fields.take("industry"),
        tier=_first(fields, TIER),
        owner=linked_id(fields, "owner_id"),
        parent=linked_id(fields, "parent_id"),
        master=linked_id(fields, "master_record_id"),
        numbers=[
            Number(scheme, _first(fields, columns), register if scheme == "registry" else "")
            for scheme, columns in NUMBERS
        ],
    )
    tell_account(claims, fields.reference, row, **_seat(fields, claims))
    return _ended(fields, claims, ignored.ACCOUNT)


def account_history(fields: Row) -> Claims:
    """What an account said from one day to another, both in the past."""
    claims, native = Claims(), _needed(fields, "id")
    begins = day(fields.need("_fivetran_start"), field="_fivetran_start")
    ends = day(fields.need("_fivetran_end"), field="_fivetran_end")
    name, parent = fields.need("name"), linked_id(fields, "parent_id")
    owner = linked_id(fields, "owner_id")
    entity = fields.ref("LegalEntity", "account", native)
    if begins and ends and begins < ends and not truth(fields.take("is_deleted"), "is_deleted"):
        claims.name(entity, name, kind="trading", valid_from=begins, valid_to=ends)
        if parent:
            tell_parent(claims, fields.reference, entity, parent, begins, ends)
        if owner:
            covered = entity if parent else fields.ref("Account", "top_account", native)
            tell_owner(claims, fields.reference, owner, covered, begins, ends)
    fields.ignore("is_deleted", "type", "industry", "master_record_id", "billing_country_code")
    return _ended(fields, claims, (*SEAT, *ignored.ACCOUNT))


def opportunity(fields: Row) -> Claims:
    """Something that is being sold, to the company of its account."""
    claims, native = Claims(), _needed(fields, "id")
    stage, company = fields.need("stage_name"), linked_id(fields, "account_id")
    life = _life(fields, claims)
    since = day(fields.take("last_stage_change_date"), field="last_stage_change_date")
    closes = day(fields.take("close_date"), field="close_date")
    closed, won = truth(fields.take("is_closed"), "is_closed"), fields.take("is_won")
    amount, currency = money(fields, claims, "amount")
    rival_until = _first(fields, RIVAL_UNTIL)
    selling = claims.node(
        "Opportunity",
        fields.reference("opportunity", native),
        stage="Deleted" if life.is_over else stage,
        stage_since=life.ends if life.is_over else since,
        kind=fields.take("type"),
        probability=percentage(fields, claims, "probability"),
        amount=amount,
        currency=currency,
        close_on=closes,
        lost_on=(since or closes) if closed and not truth(won, "is_won") else None,
        competitor=_first(fields, RIVAL),
        competitor_ends_on=day(rival_until, field=RIVAL_UNTIL[0]),
    )
    if company:
        claims.link("CONCERNS", selling, fields.ref("LegalEntity", "account", company))
    _concerns(fields, claims, selling)
    return _ended(fields, claims, ignored.OPPORTUNITY)


def _concerns(fields: Row, claims: Claims, selling: Ref) -> None:
    """What the opportunity names by the ids of inventory, contracts and catalogue."""
    for columns, label, kind in CONCERNED:
        for native_id in str(_first(fields, columns) or "").split():
            claims.link("CONCERNS", selling, ref(label, home(kind, native_id)))


def opportunity_line_item(fields: Row) -> Claims:
    """An offering that an opportunity is about."""
    claims = Claims()
    _needed(fields, "id")
    selling = fields.ref("Opportunity", "opportunity", _needed(fields, "opportunity_id"))
    offering = linked_id(fields, "product_2_id")
    if offering and not _life(fields, claims).is_over:
        claims.link("CONCERNS", selling, fields.ref("ProductOffering", "product", offering))
    return _ended(fields, claims, ignored.LINE_ITEM)


def order(fields: Row) -> Claims:
    """An order, and through its quote the opportunity that it came from."""
    claims, native = Claims(), _needed(fields, "id")
    status, life = fields.need("status"), _life(fields, claims)
    ordered = claims.node(
        "Order",
        fields.reference("order", native),
        status="deleted" if life.is_over else status,
        status_since=life.ends,
        ordered_at=at(fields.take("activated_date"), field="activated_date"),
    )
    quote = linked_id(fields, "quote_id") or linked_id(fields, "sbqq_quote_c")
    selling = linked_id(fields, "opportunity_id")
    if quote:
        offered = fields.ref("Quote", "quote", quote)
        claims.link("FULFILS", ordered, offered)
        if selling:
            known = fields.ref("Opportunity", "opportunity", selling)
            claims.link("QUOTES", offered, known)
    return _ended(fields, claims, ignored.ORDER)


def product(fields: Row) -> Claims:
    """An offering of the catalogue."""
    claims, native = Claims(), _needed(fields, "id")
    sold, life = truth(fields.take("is_active"), "is_active"), _life(fields, claims)
    claims.node(
        "ProductOffering",
        fields.reference("product", native),
        name=fields.need("name"),
        family=fields.take("family"),
        status="deleted" if life.is_over else "active" if sold else "inactive",
        status_since=life.ends,
    )
    return _ended(fields, claims, ignored.PRODUCT)


def user(fields: Row) -> Claims:
    """A person who sells; the department is the team while the user is active."""
    claims, native = Claims(), _needed(fields, "id")
    life = _life(fields, claims)
    seller = claims.node(
        "Seller",
        fields.reference("user", native),
        name=fields.need("name"),
        email=fields.take("email"),
        role=fields.take("title"),
    )
    team = fields.take("department")
    if team and truth(fields.take("is_active", "true"), "is_active"):
        department = claims.node("Team", fields.reference("team", team), name=team)
        claims.fact("MEMBER_OF", seller, department, valid_to=life.ends)
    return _ended(fields, claims, ignored.USER)


MAPPINGS: Mapping[str, Callable[[Row], Claims]] = {
    "account": account,
    "account_history": account_history,
    "opportunity": opportunity,
    "opportunity_line_item": opportunity_line_item,
    "order": order,
    "product": product,
    "user": user,
}
"""Record type -> how it is mapped."""


def _ended(fields: Row, claims: Claims, names: tuple[str, ...]) -> Claims:
    fields.ignore(*ignored.EVERYWHERE, *names)
    return fields.report(claims)


def _needed(fields: Row, name: str) -> str:
    return linked_id(fields, name) or str(fields.need(name))


def _life(fields: Row, claims: Claims) -> Life:
    changed = day(fields.take("last_modified_date"), field="last_modified_date")
    stamped = day(fields.take("system_modstamp"), field="system_modstamp")
    life = Life(
        day(fields.take("created_date"), field="created_date"),
        changed or stamped,
        truth(fields.take("is_deleted"), "is_deleted"),
    )
    claims.happened_on = life.changed
    return life


def _seat(fields: Row, claims: Claims) -> dict[str, str | None]:
    """The address that the account shows."""
    parts = {column: fields.take(column) for column in SEAT}
    code = fields.take("billing_country_code")
    if code and not re.fullmatch("[A-Z]{2}", code):
        claims.unknown.append("billing_country_code (no ISO 3166-1 code)")
        code = None
    return seat(*parts.values(), city=parts["billing_city"], country=code)


def _first(fields: Row, columns: tuple[str, ...]) -> str | None:
    found = [fields.take(column) for column in columns]
    return next((str(value) for value in found if value), None)
