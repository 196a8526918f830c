"""Level 1: what an LEI record says of one company: its names, addresses, numbers and events."""

from __future__ import annotations

from datetime import date

from graph.errors import RecordRejected
from graph.facts.claims import Claims, Ref, ref
from loaders import identifiers
from loaders.gleif import events
from loaders.gleif.fields import MORE_LINES, Record
from loaders.gleif.moments import day

CATEGORIES = frozenset(
    {
        "GENERAL",
        "BRANCH",
        "FUND",
        "SOLE_PROPRIETOR",
        "RESIDENT_GOVERNMENT_ENTITY",
        "INTERNATIONAL_ORGANIZATION",
    }
)
STATUSES = {"ACTIVE": "ACTIVE", "INACTIVE": "INACTIVE", "NULL": None}
"""GLEIF writes NULL for the company behind an annulled or duplicate LEI."""

NO_REGISTER = frozenset({"RA777777", "RA888888", "RA999999"})
"""Codes that stand for no register: public documents, not listed yet, none."""

NO_FORM = frozenset({"8888", "9999"})
"""Codes that stand for no legal form: not listed yet, none."""

NAME_KINDS = {
    "TRADING_OR_OPERATING_NAME": "trading",
    "PREVIOUS_LEGAL_NAME": "former",
    "ALTERNATIVE_LANGUAGE_LEGAL_NAME": "legal",
    "PREFERRED_ASCII_TRANSLITERATED_LEGAL_NAME": "transliterated",
    "AUTO_ASCII_TRANSLITERATED_LEGAL_NAME": "transliterated",
}


def checked_lei(value: str | None, field: str) -> str:
    """An LEI of twenty letters and digits; a wrong checksum is kept, another form is refused."""
    text = (value or "").strip().upper()
    if len(text) != 20 or not (text.isascii() and text.isalnum()):
        raise RecordRejected(
            f"{value!r} is not an LEI: twenty letters and digits",
            where=field,
            remedy="ask the issuer of the LEI",
        )
    return text


def company(claims: Claims, record: Record) -> Claims:
    """A company as its LEI record describes it."""
    lei = checked_lei(record.get("LEI"), "LEI")
    name = record.get("Entity.LegalName")
    if not name:
        raise RecordRejected(
            f"LEI {lei} has no legal name",
            where="Entity.LegalName",
            remedy="ask the issuer of the LEI",
        )
    status = _listed(claims, record, "Entity.EntityStatus", STATUSES)
    registration = record.get("Registration.RegistrationStatus")
    happened = events.read(record.parts("event"))
    ended = events.ended_on(record, happened) if status == "INACTIVE" else None
    form = record.get("Entity.LegalForm.EntityLegalFormCode")
    entity = claims.node(
        "LegalEntity",
        f"lei:{lei}",
        lei=lei,
        name=name,
        jurisdiction=record.get("Entity.LegalJurisdiction"),
        legal_form=form,
        legal_form_name=record.get("Entity.LegalForm.OtherLegalForm"),
        category=_listed(claims, record, "Entity.EntityCategory", _SAME),
        status=status,
        status_since=ended,
        registration_status=registration,
        created_on=day(record.get("Entity.EntityCreationDate"), "Entity.EntityCreationDate"),
        ended_on=ended,
        legal_address=_address(record, _LEGAL_ADDRESS),
        hq_address=_address(record, _SEAT),
        hq_city=record.get("Entity.HeadquartersAddress.City"),
        hq_country=record.get("Entity.HeadquartersAddress.Country"),
    )
    if form and form not in NO_FORM:
        claims.link("HAS_FORM", entity, ref("LegalForm", f"elf:{form}"))
    _names(claims, record, entity, name, events.renamed_on(happened))
    identifiers.state(claims, entity, "lei", lei)
    _registration(claims, record, entity)
    survivors = [
        checked_lei(one["SuccessorLEI"], "Entity.SuccessorEntity.SuccessorLEI")
        for one in record.parts("successor")
        if one.get("SuccessorLEI")
    ]
    events.state(claims, entity, record, happened, survivors)
    return claims


_SAME = {one: one for one in CATEGORIES}


def _listed(
    claims: Claims, record: Record, field: str, values: dict[str, str] | dict[str, str | None]
) -> str | None:
    """A value of a closed list; another one is reported and not shown."""
    value = record.get(field)
    if value is None:
        return None
    if value not in values:
        claims.unknown.append(f"{field}={value}")
    return values.get(value)


def _address(record: Record, names: tuple[str, ...]) -> str | None:
    """An address on one line: its lines, postal code and city, country."""
    get = record.plain.get
    *lines, code, city, country = map(get, names)
    here = f"{code} {city}" if code and city else code or city
    return ", ".join([line for line in (*lines, here, country) if line]) or None


def _names_of(prefix: str) -> tuple[str, ...]:
    more = (f"AdditionalAddressLine.{number}" for number in range(1, MORE_LINES + 1))
    fields = ("FirstAddressLine", *more, "PostalCode", "City", "Country")
    return tuple(f"Entity.{prefix}.{field}" for field in fields)


_LEGAL_ADDRESS, _SEAT = _names_of("LegalAddress"), _names_of("HeadquartersAddress")


def _names(claims: Claims, record: Record, entity: Ref, name: str, renamed_on: date | None) -> None:
    """All names; the day of the only change of name dates the only former one, and the present."""
    others = [
        *_typed(claims, record, "name", "Entity.OtherEntityNames"),
        *_typed(claims, record, "transliterated", "Entity.TransliteratedOtherEntityNames"),
    ]
    former = [one for one in others if one[0] == "former"]
    changed_on = renamed_on if len(former) == 1 else None
    language = record.get("Entity.LegalName.xmllang")
    claims.name(entity, name, language=language, valid_from=changed_on)
    for kind, value, spoken in dict.fromkeys(others):
        if (kind, value, spoken) == ("legal", name, language):
            continue
        ends = changed_on if kind == "former" else None
        claims.name(entity, value, kind=kind, language=spoken, valid_to=ends)


def _typed(
    claims: Claims, record: Record, group: str, field: str
) -> list[tuple[str, str, str | None]]:
    found = []
    for part in record.parts(group):
        kind = NAME_KINDS.get(part.get("type", ""))
        if kind and part.get(""):
            found.append((kind, part[""], part.get("xmllang")))
        else:
            claims.unknown.append(f"{field}.type={part.get('type', '')}")
    return found


def _registration(claims: Claims, record: Record, entity: Ref) -> None:
    """The number in the company's register; of a register that is not listed it joins no one."""
    number = record.get("Entity.RegistrationAuthority.RegistrationAuthorityEntityID")
    if not number:
        return
    register = record.get("Entity.RegistrationAuthority.RegistrationAuthorityID")
    if register and register not in NO_REGISTER:
        known = identifiers.state(claims, entity, "registry", number, register)
        if known:
            claims.link("ISSUED_BY", known, ref("RegistrationAuthority", f"ra:{register}"))
        return
    other = record.get("Entity.RegistrationAuthority.OtherRegistrationAuthorityID")
    identifiers.state(claims, entity, "unlisted_registry", number, other or "")
