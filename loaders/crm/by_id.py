"""Exports whose rows have ids: the Salesforce object schema, in its own case or in snake case.

A company is founded by its CRM id, because parents, opportunities and merges name it so; the
identifiers that a row carries join it with the same company elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from graph.facts.claims import Claims, Ref, ref
from loaders import identifiers
from loaders.audit import Fields
from loaders.crm import ignored
from loaders.crm.values import linked_id, money, read, reference, truth
from loaders.dates import at, day
from loaders.source import RawRecord

NUMBERS = (
    ("lei", ("lei", "lei_c", "legal_entity_identifier_c")),
    ("vat", ("vat_number", "vat_number_c", "vat_id_c")),
    ("duns", ("duns_number", "duns_number_c")),
    ("registry", ("registration_number", "registration_number_c")),
)
"""Scheme of an identifier, and the columns in which exports carry it."""
REGISTER = ("registration_authority", "registration_authority_c")
"""Columns that name the register of a registration number, as a GLEIF RA code."""
SEAT = ("billing_street", "billing_city", "billing_state", "billing_postal_code", "billing_country")


class Life(NamedTuple):
    """When a row was made, when it was last changed, and whether it was deleted softly."""

    begins: date | None
    changed: date | None
    is_over: bool

    @property
    def ends(self) -> date | None:
        """The day of the deletion, where the row tells one."""
        return self.changed if self.is_over else None

    @property
    def says_facts(self) -> bool:
        """Whether the row states facts: a deletion without a day states none, so they end now."""
        if not self.is_over:
            return True
        return self.changed is not None and (self.begins is None or self.begins < self.changed)


def account(record: RawRecord) -> Claims:
    """A company in the role of customer, its place in the commercial view, who owns the account."""
    fields, claims, native = _begun(record)
    name, segment, kind = fields.need("name"), fields.take("industry"), fields.take("type")
    owner, parent = linked_id(fields, "owner_id"), linked_id(fields, "parent_id")
    master = linked_id(fields, "master_record_id")
    life = _life(fields, claims)
    numbers = [(scheme, _first(fields, columns)) for scheme, columns in NUMBERS]
    lei = dict(numbers)["lei"]
    entity = claims.node(
        "LegalEntity",
        reference("account", native),
        name=name,
        lei=lei.upper() if lei and identifiers.is_valid_lei(lei) else None,
        **_seat(fields, claims),
    )
    customer = claims.node(
        "Customer",
        reference("customer", native),
        status="deleted" if life.is_over else kind,
        status_since=life.ends,
        segment=segment,
    )
    claims.name(entity, name, kind="trading")
    register = _first(fields, REGISTER) or ""
    for scheme, number in numbers:
        if number:
            issuer = register if scheme == "registry" else ""
            identifiers.state(claims, entity, scheme, number, issuer)
    if life.says_facts:
        claims.fact("PLAYS", entity, customer, valid_from=life.begins, valid_to=life.ends)
        covered = _place(claims, native, entity, parent, life, name=name, segment=segment)
        if owner:
            _cover(claims, owner, covered, None, life.ends)
    if master and master != native:
        survivor = ref("LegalEntity", reference("account", master))
        claims.same.append((entity, survivor, f"the CRM merged account {native} into {master}"))
    return _ended(fields, claims, ignored.ACCOUNT)


def _place(
    claims: Claims, native: str, entity: Ref, parent: str | None, life: Life, **shown: Any
) -> Ref:
    """Below its parent, or at the top of a family; what the account's owner covers."""
    if parent:
        above = ref("LegalEntity", reference("account", parent))
        claims.fact(
            "PARENT_IN",
            entity,
            above,
            valid_to=life.ends,
            view="commercial",
            basis="parent account in the CRM",
        )
        return entity
    top = claims.node("Account", reference("top_account", native), **shown)
    claims.fact("ROOTED_AT", top, entity, valid_from=life.begins, valid_to=life.ends)
    return top


def account_history(record: RawRecord) -> Claims:
    """What an account said from one day to another, both in the past."""
    fields, claims, native = _begun(record)
    begins = day(fields.need("_fivetran_start"), field="_fivetran_start")
    ends = day(fields.need("_fivetran_end"), field="_fivetran_end")
    name, parent = fields.need("name"), linked_id(fields, "parent_id")
    owner = linked_id(fields, "owner_id")
    entity = ref("LegalEntity", reference("account", native))
    if begins and ends and begins < ends and not truth(fields.take("is_deleted"), "is_deleted"):
        claims.name(entity, name, kind="trading", valid_from=begins, valid_to=ends)
        if parent:
            above = ref("LegalEntity", reference("account", parent))
            claims.fact(
                "PARENT_IN",
                entity,
                above,
                valid_from=begins,
                valid_to=ends,
                view="commercial",
                basis="parent account in the CRM",
            )
        if owner:
            covered = entity if parent else ref("Account", reference("top_account", native))
            _cover(claims, owner, covered, begins, ends)
    fields.ignore("is_deleted", "type", "industry", "master_record_id", "billing_country_code")
    return _ended(fields, claims, (*SEAT, *ignored.ACCOUNT))


def opportunity(record: RawRecord) -> Claims:
    """Something that is being sold, to the company of its account."""
    fields, claims, native = _begun(record)
    stage, company = fields.need("stage_name"), linked_id(fields, "account_id")
    life = _life(fields, claims)
    since = day(fields.take("last_stage_change_date"), field="last_stage_change_date")
    amount, currency = money(fields, claims, "amount")
    selling = claims.node(
        "Opportunity",
        reference("opportunity", native),
        stage="Deleted" if life.is_over else stage,
        stage_since=life.ends if life.is_over else since,
        amount=amount,
        currency=currency,
        close_on=day(fields.take("close_date"), field="close_date"),
    )
    if company:
        claims.link("CONCERNS", selling, ref("LegalEntity", reference("account", company)))
    return _ended(fields, claims, ignored.OPPORTUNITY)


def opportunity_line_item(record: RawRecord) -> Claims:
    """An offering that an opportunity is about."""
    fields, claims, _ = _begun(record)
    selling = ref("Opportunity", reference("opportunity", _needed(fields, "opportunity_id")))
    offering = linked_id(fields, "product_2_id")
    if offering and not _life(fields, claims).is_over:
        claims.link("CONCERNS", selling, ref("ProductOffering", reference("product", offering)))
    return _ended(fields, claims, ignored.LINE_ITEM)


def order(record: RawRecord) -> Claims:
    """An order, and through its quote the opportunity that it came from."""
    fields, claims, native = _begun(record)
    status, life = fields.need("status"), _life(fields, claims)
    ordered = claims.node(
        "Order",
        reference("order", native),
        status="deleted" if life.is_over else status,
        status_since=life.ends,
        ordered_at=at(fields.take("activated_date"), field="activated_date"),
    )
    quote = linked_id(fields, "quote_id") or linked_id(fields, "sbqq_quote_c")
    selling = linked_id(fields, "opportunity_id")
    if quote:
        offered = ref("Quote", reference("quote", quote))
        claims.link("FULFILS", ordered, offered)
        if selling:
            known = ref("Opportunity", reference("opportunity", selling))
            claims.link("QUOTES", offered, known)
    return _ended(fields, claims, ignored.ORDER)


def product(record: RawRecord) -> Claims:
    """An offering of the catalogue."""
    fields, claims, native = _begun(record)
    sold, life = truth(fields.take("is_active"), "is_active"), _life(fields, claims)
    claims.node(
        "ProductOffering",
        reference("product", native),
        name=fields.need("name"),
        family=fields.take("family"),
        status="deleted" if life.is_over else "active" if sold else "inactive",
        status_since=life.ends,
    )
    return _ended(fields, claims, ignored.PRODUCT)


def user(record: RawRecord) -> Claims:
    """A person who sells; the department is the team while the user is active."""
    fields, claims, native = _begun(record)
    life = _life(fields, claims)
    seller = claims.node(
        "Seller",
        reference("user", native),
        name=fields.need("name"),
        email=fields.take("email"),
        role=fields.take("title"),
    )
    team = fields.take("department")
    if team and truth(fields.take("is_active", "true"), "is_active"):
        department = claims.node("Team", reference("team", team), name=team)
        claims.fact("MEMBER_OF", seller, department, valid_to=life.ends)
    return _ended(fields, claims, ignored.USER)


MAPPINGS: Mapping[str, Callable[[RawRecord], Claims]] = {
    "account": account,
    "account_history": account_history,
    "opportunity": opportunity,
    "opportunity_line_item": opportunity_line_item,
    "order": order,
    "product": product,
    "user": user,
}
"""Record type -> how it is mapped."""


def _begun(record: RawRecord) -> tuple[Fields, Claims, str]:
    fields = read(record)
    return fields, Claims(), _needed(fields, "id")


def _ended(fields: Fields, claims: Claims, names: tuple[str, ...]) -> Claims:
    fields.ignore(*ignored.EVERYWHERE, *names)
    return fields.report(claims)


def _needed(fields: Fields, name: str) -> str:
    return linked_id(fields, name) or str(fields.need(name))


def _life(fields: Fields, claims: Claims) -> Life:
    changed = day(fields.take("last_modified_date"), field="last_modified_date")
    stamped = day(fields.take("system_modstamp"), field="system_modstamp")
    life = Life(
        day(fields.take("created_date"), field="created_date"),
        changed or stamped,
        truth(fields.take("is_deleted"), "is_deleted"),
    )
    claims.happened_on = life.changed
    return life


def _seat(fields: Fields, claims: Claims) -> dict[str, Any]:
    """The address that the account shows, which counts as its head office's."""
    parts = {column: fields.take(column) for column in SEAT}
    code = fields.take("billing_country_code")
    if code and not re.fullmatch("[A-Z]{2}", code):
        claims.unknown.append("billing_country_code (no ISO 3166-1 code)")
        code = None
    return {
        "hq_address": ", ".join(part for part in parts.values() if part) or None,
        "hq_city": parts["billing_city"],
        "hq_country": code,
    }


def _cover(
    claims: Claims, owner: str, covered: Ref, begins: date | None, ends: date | None
) -> None:
    seller = ref("Seller", reference("user", owner))
    claims.fact("COVERS", seller, covered, valid_from=begins, valid_to=ends, role="account owner")


def _first(fields: Fields, columns: tuple[str, ...]) -> str | None:
    found = [fields.take(column) for column in columns]
    return next((str(value) for value in found if value), None)
