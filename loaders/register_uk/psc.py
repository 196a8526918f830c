"""Who controls a company: statements of control, and why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from graph.errors import RecordRejected
from graph.facts.claims import Claims, Ref
from loaders.audit import Fields
from loaders.companies_house import register_of
from loaders.dates import day
from loaders.identifiers import is_junk, number_in_register, own
from loaders.ownership import UNKNOWN_INTEREST, state_interests
from loaders.register_uk.natures import interest_of
from loaders.register_uk.numbers import (
    SYSTEM,
    describe_company,
    is_registered_here,
    mention_company,
)
from loaders.source import RawRecord

_ADDRESS = ("premises", "address_line_1", "address_line_2", "locality", "region", "postal_code")


def psc(record: RawRecord) -> Claims:
    """A controlling company: the interests that its natures of control are."""
    fields, claims, number = _opened(record)
    begins, ends = _period(fields)
    natures = fields.need("natures_of_control")
    owner = _owner(record, fields, claims, number)
    interests = [interest_of(str(nature), begins, ends) for nature in sorted(set(natures))]
    claims.unknown += [
        f"natures_of_control {interest.qualifier!r}"
        for interest in interests
        if interest.type == UNKNOWN_INTEREST
    ]
    state_interests(claims, owner, mention_company(claims, number), interests)
    fields.ignore("is_sanctioned")
    return fields.report(claims)


def psc_statement(record: RawRecord) -> Claims:
    """Why a company names nobody who controls it, while that is so."""
    fields, claims, number = _opened(record)
    _, ends = _period(fields)
    statement = fields.need("statement")
    describe_company(claims, number, parent_exception=None if ends else statement)
    fields.ignore("restrictions_notice_withdrawal_reason")
    return fields.report(claims)


def psc_exemption(record: RawRecord) -> Claims:
    """Why a company need not say who controls it, while that is so."""
    fields, claims, number = _opened(record)
    in_force = sorted(
        exemption["exemption_type"]
        for exemption in fields.need("exemptions").values()
        if any(not item.get("exempt_to") for item in exemption["items"])
    )
    describe_company(claims, number, parent_exception=in_force[0] if in_force else None)
    return fields.report(claims)


def _opened(record: RawRecord) -> tuple[Fields, Claims, str]:
    """The fields of what is said, and the number of the company that it is said of."""
    outer = Fields(record)
    number, data = outer.need("company_number"), outer.need("data")
    fields, claims = Fields(replace(record, payload=data)), Claims()
    fields.ignore("kind", "etag", "links")
    outer.report(claims)
    return fields, claims, number


def _period(fields: Fields) -> tuple[date | None, date | None]:
    begins = day(fields.take("notified_on"), field="notified_on")
    ends = day(fields.take("ceased_on"), field="ceased_on")
    if fields.take("ceased") and not ends:
        raise RecordRejected(
            "ceased, and no ceased_on", where="ceased_on", remedy="ask Companies House for the day"
        )
    if begins and ends and ends < begins:
        raise RecordRejected(
            f"ceased on {ends}, before it was notified on {begins}",
            where="ceased_on",
            remedy="ask Companies House which day is right",
        )
    return begins, ends


def _owner(record: RawRecord, fields: Fields, claims: Claims, owned: str) -> Ref:
    named = Fields(replace(record, payload=fields.take("identification", {})))
    number = str(named.take("registration_number", ""))
    country, place = named.take("country_registered", ""), named.take("place_registered", "")
    address = fields.take("address", {})
    office = fields.take("principal_office_address") or address
    properties = {
        "name": fields.need("name"),
        "legal_form_name": named.take("legal_form"),
        "hq_address": _line(office),
        "hq_city": office.get("locality"),
    }
    named.ignore("legal_authority")
    named.report(claims)
    is_own = _same_number(number, owned)
    if is_own:
        claims.unknown.append("identification.registration_number is the company's own")
    elif is_registered_here(number, country, place):
        return describe_company(claims, number, **properties)
    owner = claims.node("LegalEntity", own(SYSTEM, "psc", record.native_id), **properties)
    if number and not is_junk(number) and not is_own:
        claims.identifier(owner, "registration", number, issuer=place or country or None)
    return owner


def _same_number(left: str, right: str) -> bool:
    """Whether two numbers are one; filers often give the number of the company they control."""
    register = register_of(left)
    if not register or register != register_of(right):
        return False
    return number_in_register(register, left) == number_in_register(register, right)


def _line(address: Mapping[str, Any]) -> str | None:
    parts = (str(address.get(name) or "").strip() for name in (*_ADDRESS, "country"))
    return ", ".join(part for part in parts if part) or None
