"""A row of the company data product: one company as it stands on the register."""

from __future__ import annotations

from datetime import date

from graph.facts.claims import Claims
from loaders.audit import Fields
from loaders.dates import day
from loaders.register_uk.numbers import describe_company
from loaders.source import RawRecord

PREVIOUS_NAMES = 10
_EXISTS = frozenset(
    {
        "active",
        "active - proposal to strike off",
        "administration order",
        "administrative receiver",
        "in administration",
        "in administration/administrative receiver",
        "in administration/receiver manager",
        "liquidation",
        "live but receiver manager on at least one charge",
        "receiver manager / administrative receiver",
        "receivership",
        "voluntary arrangement",
        "voluntary arrangement / administrative receiver",
    }
)
_GONE = frozenset({"dissolved", "converted / closed", "converted/closed", "removed"})
_ADDRESS = ("POBox", "AddressLine1", "AddressLine2", "PostTown", "County", "Country", "PostCode")
_NO_HOME = (
    "URI",
    "ConfStmtNextDueDate",
    "ConfStmtLastMadeUpDate",
    *(f"Accounts.{name}" for name in ("AccountRefDay", "AccountRefMonth", "NextDueDate")),
    *(f"Accounts.{name}" for name in ("LastMadeUpDate", "AccountCategory")),
    *(f"Returns.{name}" for name in ("NextDueDate", "LastMadeUpDate")),
    *(f"Mortgages.NumMort{name}" for name in ("Charges", "Outstanding")),
    *(f"Mortgages.NumMort{name}" for name in ("PartSatisfied", "Satisfied")),
    *(f"SICCode.SicText_{number}" for number in range(1, 5)),
    *(f"LimitedPartnerships.Num{name}Partners" for name in ("Gen", "Lim")),
)


def company(record: RawRecord) -> Claims:
    """The company with its names, address, form and life."""
    fields, claims = Fields(record), Claims()
    began = _day(fields, "IncorporationDate")
    name = fields.need("CompanyName")
    entity = describe_company(
        claims,
        fields.need("CompanyNumber"),
        name=name,
        # What a company from elsewhere is registered under here says where it was formed.
        jurisdiction="GB" if fields.take("CountryOfOrigin") == "United Kingdom" else None,
        legal_form_name=fields.take("CompanyCategory"),
        status=_status(fields, claims),
        created_on=began,
        ended_on=_day(fields, "DissolutionDate"),
        legal_address=", ".join(
            part for part in (fields.take(f"RegAddress.{name}") for name in _ADDRESS) if part
        )
        or None,
    )
    since = began
    for changed, former in _former(fields):
        claims.name(entity, former, kind="former", valid_from=since, valid_to=changed)
        since = changed
    claims.name(entity, name, valid_from=since)
    fields.ignore(*_NO_HOME)
    return fields.report(claims)


def _former(fields: Fields) -> list[tuple[date, str]]:
    """The day each former name was given up, and the name, oldest first."""
    found = []
    for number in range(1, PREVIOUS_NAMES + 1):
        changed = _day(fields, f"PreviousName_{number}.CONDATE")
        name = fields.take(f"PreviousName_{number}.CompanyName")
        if name and changed:
            found.append((changed, name))
    return sorted(found)


def _status(fields: Fields, claims: Claims) -> str | None:
    said = fields.take("CompanyStatus", "")
    if said.casefold() in _EXISTS:
        return "ACTIVE"
    if said.casefold() in _GONE:
        return "INACTIVE"
    if said:
        claims.unknown.append(f"CompanyStatus {said!r}")
    return None


def _day(fields: Fields, name: str) -> date | None:
    return day(fields.take(name), field=name, form="d/m/y")
