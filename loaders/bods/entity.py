"""A company, state, public body or arrangement, by all that was said of it."""

from __future__ import annotations

from typing import Any

from graph.facts.claims import Claims, Ref
from loaders.audit import Fields
from loaders.bods.reading import nested, opened
from loaders.companies_house import register_of
from loaders.dates import day
from loaders.identifiers import is_junk, own, state
from loaders.source import RawRecord

SYSTEM = "bods"

_GOVERNMENT = ("state", "stateBody")
_REGISTERS = {
    "DK-CVR": "RA000170",
    "FI-PRO": "RA000188",
    "IE-CRO": "RA000402",
    "LV-RE": "RA000423",
    "NL-KVK": "RA000463",
    "NO-BRC": "RA000472",
    "UA-EDR": "RA000567",
}
"""Registers of org-id.guide that are certainly one register of GLEIF's list."""


def reference(record_id: str) -> str:
    """How a publisher's own record of an entity is named here."""
    return own(SYSTEM, "entity", record_id)


def entity(record: RawRecord) -> Claims:
    """The entity as it was last described; names that it gave up are former ones."""
    claims = Claims()
    statements = opened(record, claims)
    last = statements[-1]
    names = [statement.details.take("name") for statement in statements]
    described = _describe(record, claims, last.details, names[-1])
    claims.happened_on = last.said_on
    ended = last.said_on if last.closed else None
    if names[-1]:
        claims.name(described, names[-1], valid_to=ended)
    for former in sorted({name for name in names if name and name != names[-1]}):
        claims.name(described, former, kind="former", valid_to=ended)
    for other in last.details.take("alternateNames", []):
        claims.name(described, other, kind="trading", valid_to=ended)
    for number in last.details.take("identifiers", []):
        _identify(claims, described, nested(record, number))
    last.details.report(claims)
    return claims


def _describe(record: RawRecord, claims: Claims, details: Fields, name: str | None) -> Ref:
    kind = nested(record, details.take("entityType", {}))
    type, subtype, words = kind.take("type"), kind.take("subtype"), kind.take("details")
    jurisdiction = nested(record, details.take("jurisdiction", {}))
    unspecified = nested(record, details.take("unspecifiedEntityDetails", {}))
    addresses = {one.get("type"): one for one in details.take("addresses", [])}
    described = claims.node(
        "LegalEntity",
        reference(record.native_id),
        name=name,
        jurisdiction=jurisdiction.take("code"),
        legal_form_name=words or subtype,
        category="RESIDENT_GOVERNMENT_ENTITY" if type in _GOVERNMENT else None,
        # A trust, a nomination or a joint holding is a contract: nobody sells to it.
        is_sellable=False if type == "arrangement" else None,
        created_on=day(details.take("foundingDate"), field="foundingDate"),
        ended_on=day(details.take("dissolutionDate"), field="dissolutionDate"),
        legal_address=_line(addresses.get("registered")),
        hq_address=_line(addresses.get("business")),
        parent_exception=unspecified.take("reason"),
    )
    jurisdiction.ignore("name")
    details.ignore("publicListing", "uri", "formedByStatute")
    for read in (kind, jurisdiction, unspecified):
        read.report(claims)
    return described


def _identify(claims: Claims, entity: Ref, number: Fields) -> None:
    """A number joins only where its register is certain; else it is kept and joins nothing."""
    value = str(number.take("id", ""))
    scheme, said = number.take("scheme", ""), number.take("schemeName")
    number.ignore("uri")
    number.report(claims)
    register = register_of(value) if scheme == "GB-COH" else _REGISTERS.get(scheme)
    if scheme == "XI-LEI":
        state(claims, entity, "lei", value)
    elif register:
        state(claims, entity, "registry", value, issuer=register)
    elif not is_junk(value):
        claims.identifier(entity, scheme or "registration", value, issuer=said)


def _line(address: dict[str, Any] | None) -> str | None:
    if not address:
        return None
    country = address.get("country") or {}
    parts = [address.get("address"), address.get("postCode"), country.get("name")]
    line = ""
    for part in (str(part).strip() for part in parts if part):
        if part not in line:
            line += f", {part}" if line else part
    return line or None
