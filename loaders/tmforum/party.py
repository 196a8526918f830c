"""Parties: TMF632 Organization and TMF629 Customer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graph.facts.claims import Claims, Ref
from loaders import identifiers
from loaders.dates import day
from loaders.tmforum.reading import Reading, one_of, period

VIEWS = {
    "juridical": "legal",
    "hierarchical": "commercial",
    "geographical": "regional",
    "functional": "commercial",
}
"""TM Forum's relationshipType -> the hierarchy view it is read into."""

_ORGANIZATION_STATES = {"initialized": None, "validated": "ACTIVE", "closed": "INACTIVE"}
_STRONG = {
    "lei": "lei",
    "legalentityidentifier": "lei",
    "duns": "duns",
    "dunsnumber": "duns",
    "vat": "vat",
    "vatnumber": "vat",
    "vatid": "vat",
    "commercialregistration": "registry",
    "companyregistration": "registry",
    "registrationnumber": "registry",
    "registry": "registry",
}
_CHECKS: Mapping[str, Callable[[str], bool]] = {
    "lei": identifiers.is_valid_lei,
    "vat": identifiers.is_valid_vat,
    "duns": identifiers.is_valid_duns,
    "registry": lambda number: not identifiers.is_junk(number),
}
_WEB = frozenset({"internetsite", "website", "url"})
_CUSTOMER_LEFT_OUT = (
    "characteristic",  # free names, no home in the model
    "creditProfile",  # no CreditRating in the model yet
    "name",  # of the role: the party's own name counts
    "paymentMethod",
    "relatedParty",  # bill receivers and the like are no party to the contract
    "externalIdentifier",
)
_ORGANIZATION_LEFT_OUT = (
    "creditRating",
    "isHeadOffice",
    "isLegalEntity",  # a department stays a party: the model has no word for it
    "organizationChildRelationship",  # the child's own record says it
    "organizationType",
    "partyCharacteristic",
    "relatedParty",  # directors and employers; persons are taken out before
    "taxExemptionCertificate",
)


def organization(read: Reading) -> Claims:
    """A company with its names, numbers and parent, under its strongest identifier."""
    claims = Claims()
    read.ignore(*_ORGANIZATION_LEFT_OUT)
    numbers = _numbers(read)
    mine = read.ref("LegalEntity", "organization", read.native_id)
    legal, trading = read.text("name"), read.text("tradingName")
    lifetime = read.period("existsDuring")
    state = read.word("status", _ORGANIZATION_STATES)
    entity = claims.node(
        "LegalEntity",
        _strongest(numbers) or mine.reference,
        name=legal or trading,
        legal_form_name=read.text("nameType"),
        status=_ORGANIZATION_STATES[state] if state else None,
        created_on=lifetime.start,
        ended_on=lifetime.end,
    )
    if entity != mine:
        claims.same.append((entity, mine, "one TMF632 Organization: its id and its identifier"))
    for value, kind in ((legal, "legal"), (trading, "trading")):
        if value:
            claims.name(entity, value, kind=kind)
    _other_names(read, claims, entity)
    for scheme, value, issuer, _ in numbers:
        _state(claims, entity, scheme, value, issuer)
    _parent(read, claims, entity)
    return read.report(claims)


def customer(read: Reading) -> Claims:
    """A company in the role of customer, its accounts and its agreements."""
    claims = Claims()
    read.ignore(*_CUSTOMER_LEFT_OUT)
    played = read.period("validFor")
    role = claims.node(
        "Customer",
        read.reference("customer"),
        status=read.text("status"),
        status_reason=read.text("statusReason"),
    )
    party = read.referred("engagedParty")
    if party and party.type in ("", "organization", "organizationref", "partyref"):
        entity = read.ref("LegalEntity", "organization", party.id)
        claims.fact("PLAYS", entity, role, valid_from=played.start, valid_to=played.end)
    elif party:
        read.unmapped(f"engagedParty[{party.type}]")
    for account in read.all_referred("account", "description"):
        if account.type in ("", "billingaccount", "billingaccountref", "accountref"):
            billed = read.ref("BillingAccount", "billing_account", account.id)
            claims.fact("BILLED_BY", role, billed)
    for agreement in read.all_referred("agreement"):
        bound = read.ref("Agreement", "agreement", agreement.id)
        claims.fact("PARTY_TO", role, bound)
    return read.report(claims)


Number = tuple[str, str, str, bool]
"""Scheme, value, issuer, and whether it names a company exactly."""


def _numbers(read: Reading) -> list[Number]:
    found = [
        _number(one.get("identificationType"), one.get("identificationId"), one, "issuingAuthority")
        for one in read.parts("organizationIdentification")
        if _in_force(one)
    ]
    found += [
        _number(one.get("externalIdentifierType"), one.get("id"), one, "owner")
        for one in read.parts("externalIdentifier")
    ]
    for one in read.parts("externalReference"):
        kind = str(one.get("externalReferenceType") or "")
        if _folded(kind) in _STRONG:
            found.append(_number(kind, one.get("name"), one, "owner"))
        elif _folded(kind) not in _WEB:
            read.unmapped(f"externalReference[{kind}]")
    return [one for one in found if one[1]]


def _in_force(identification: dict[str, Any]) -> bool:
    """Whether a number still holds; its dates are checked either way."""
    day(identification.get("issuingDate"), field="organizationIdentification.issuingDate")
    held = identification.get("validFor")
    return not (held and period(held, "organizationIdentification.validFor").end)


def _number(kind: object, value: object, given: dict[str, Any], issued_by: str) -> Number:
    """A number as the model names it: a registration only with the code of its register."""
    text, issuer = str(value or "").strip(), str(given.get(issued_by) or "").strip()
    scheme = _STRONG.get(_folded(str(kind or "")), "")
    if scheme == "registry" and not _is_register(issuer):
        scheme = ""
    if scheme:
        return scheme, text, issuer if scheme == "registry" else "", _CHECKS[scheme](text)
    return str(kind or "unknown"), text, issuer, False


def _strongest(numbers: list[Number]) -> str:
    """The reference made of the best number that names a company exactly; '' without one."""
    for scheme in ("lei", "registry", "vat", "duns"):
        for kind, value, issuer, exact in sorted(numbers):
            if kind == scheme and exact:
                if kind == "lei":
                    return identifiers.lei(value)
                if kind == "registry":
                    return identifiers.registry(issuer, value)
                return f"{kind}:{_compact(value)}"
    return ""


def _state(claims: Claims, entity: Ref, scheme: str, value: str, issuer: str) -> None:
    """Give the company a number; one of the source's own kind proves nothing by itself."""
    if scheme in ("vat", "duns"):
        identifiers.state(claims, entity, scheme, _compact(value))
    elif scheme in ("lei", "registry"):
        identifiers.state(claims, entity, scheme, value, issuer)
    elif not identifiers.is_junk(value):
        claims.identifier(entity, scheme, value, issuer=issuer or None)


def _other_names(read: Reading, claims: Claims, entity: Ref) -> None:
    for one in read.parts("otherName"):
        borne = period(one.get("validFor") or {}, "otherName.validFor")
        for value, kind in ((one.get("name"), "legal"), (one.get("tradingName"), "trading")):
            if value:
                claims.name(entity, value, kind=kind, valid_from=borne.start, valid_to=borne.end)


def _parent(read: Reading, claims: Claims, entity: Ref) -> None:
    """The single parent that the standard allows; it carries no period."""
    for one in read.parts("organizationParentRelationship"):
        parent = one.get("organization") or {}
        if not parent.get("id"):
            continue
        field = "organizationParentRelationship.relationshipType"
        kind = one_of(one.get("relationshipType"), VIEWS, field)
        above = read.ref("LegalEntity", "organization", parent["id"])
        claims.fact("PARENT_IN", entity, above, view=VIEWS[kind], basis=f"TMF632 {kind}")


def _is_register(issuer: str) -> bool:
    return len(issuer) == 8 and issuer.startswith("RA") and issuer[2:].isdigit()


def _compact(value: str) -> str:
    return "".join(letter for letter in value.upper() if letter.isalnum())


def _folded(kind: str) -> str:
    return "".join(letter for letter in kind.casefold() if letter.isalnum())
