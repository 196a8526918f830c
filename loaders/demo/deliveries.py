"""Writes the demo's deliveries as files in the sources' own formats; the real loaders read them."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from loaders.demo.accounts import write_accounts
from loaders.demo.codes import lei_of, number_of
from loaders.demo.world import FIRST, PLACES, SECOND, Company, companies

LEVEL_1 = (
    "LEI",
    "Entity.LegalName",
    "Entity.LegalName.xmllang",
    "Entity.OtherEntityNames.OtherEntityName.1",
    "Entity.OtherEntityNames.OtherEntityName.1.xmllang",
    "Entity.OtherEntityNames.OtherEntityName.1.type",
    "Entity.LegalAddress.City",
    "Entity.LegalAddress.Country",
    "Entity.HeadquartersAddress.City",
    "Entity.HeadquartersAddress.Country",
    "Entity.RegistrationAuthority.RegistrationAuthorityID",
    "Entity.RegistrationAuthority.RegistrationAuthorityEntityID",
    "Entity.LegalJurisdiction",
    "Entity.EntityCategory",
    "Entity.LegalForm.EntityLegalFormCode",
    "Entity.EntityStatus",
    "Entity.EntityCreationDate",
    "Entity.SuccessorEntity.1.SuccessorLEI",
    "Entity.LegalEntityEvents.LegalEntityEvent.1.LegalEntityEventType",
    "Entity.LegalEntityEvents.LegalEntityEvent.1.LegalEntityEventEffectiveDate",
    "Entity.LegalEntityEvents.LegalEntityEvent.1.LegalEntityEventRecordedDate",
    "Entity.LegalEntityEvents.LegalEntityEvent.1.event_status",
    "Entity.LegalEntityEvents.LegalEntityEvent.1.group_type",
    "Registration.InitialRegistrationDate",
    "Registration.LastUpdateDate",
    "Registration.RegistrationStatus",
)
LEVEL_2 = (
    "Relationship.StartNode.NodeID",
    "Relationship.StartNode.NodeIDType",
    "Relationship.EndNode.NodeID",
    "Relationship.EndNode.NodeIDType",
    "Relationship.RelationshipType",
    "Relationship.RelationshipStatus",
    "Relationship.Period.1.startDate",
    "Relationship.Period.1.endDate",
    "Relationship.Period.1.periodType",
    "Registration.RegistrationStatus",
)


def write_deliveries(folder: Path) -> list[tuple[str, Path, date]]:
    """Write all deliveries below a folder: source, path and day of each, in order of loading."""
    written = []
    for day in (FIRST, SECOND):
        place = folder / day.isoformat() / "gleif"
        place.mkdir(parents=True, exist_ok=True)
        found = companies(day)
        _write_csv(place / "level-1.csv", LEVEL_1, [_level_1(company) for company in found])
        _write_csv(place / "level-2.csv", LEVEL_2, _level_2(found))
        _write_exceptions(place / "exceptions.xml", found, day)
        written.append(("gleif", place, day))
    accounts = folder / SECOND.isoformat() / "crm" / "accounts.csv"
    accounts.parent.mkdir(parents=True, exist_ok=True)
    names = {company.code: company.name for company in companies(FIRST)}
    write_accounts(accounts, names, SECOND)
    written.append(("crm", accounts, SECOND))
    return written


def _level_1(company: Company) -> dict[str, Any]:
    place = PLACES[company.country]
    country = company.country[:2]
    row = {
        "LEI": lei_of(company.code),
        "Entity.LegalName": company.name,
        "Entity.LegalName.xmllang": "ja" if country == "JP" else "en",
        "Entity.LegalAddress.City": place.city,
        "Entity.LegalAddress.Country": country,
        "Entity.HeadquartersAddress.City": place.city,
        "Entity.HeadquartersAddress.Country": country,
        "Entity.RegistrationAuthority.RegistrationAuthorityID": place.register,
        "Entity.RegistrationAuthority.RegistrationAuthorityEntityID": number_of(company.code),
        "Entity.LegalJurisdiction": company.country,
        "Entity.EntityCategory": company.category,
        "Entity.LegalForm.EntityLegalFormCode": place.form,
        "Entity.EntityStatus": company.status,
        "Entity.EntityCreationDate": f"{company.created}T00:00:00.000Z",
        "Registration.InitialRegistrationDate": "2014-02-03T09:00:00.000Z",
        "Registration.LastUpdateDate": "2025-05-19T09:00:00.000Z",
        "Registration.RegistrationStatus": company.registration,
    }
    if company.successor:
        row["Entity.SuccessorEntity.1.SuccessorLEI"] = lei_of(company.successor)
    _names(row, company)
    _event(row, company)
    return row


def _names(row: dict[str, Any], company: Company) -> None:
    first = "Entity.OtherEntityNames.OtherEntityName.1"
    if company.previous_name:
        row |= {
            first: company.previous_name,
            f"{first}.xmllang": "en",
            f"{first}.type": "PREVIOUS_LEGAL_NAME",
        }
    elif company.other_name:
        row |= {
            first: company.other_name,
            f"{first}.xmllang": "en",
            f"{first}.type": "ALTERNATIVE_LANGUAGE_LEGAL_NAME",
        }


def _event(row: dict[str, Any], company: Company) -> None:
    event = company.event or ("CHANGE_LEGAL_NAME" if company.renamed_on else "")
    day = company.ended_on or company.renamed_on
    if event and day:
        first = "Entity.LegalEntityEvents.LegalEntityEvent.1"
        row |= {
            f"{first}.LegalEntityEventType": event,
            f"{first}.LegalEntityEventEffectiveDate": f"{day}T00:00:00.000Z",
            f"{first}.LegalEntityEventRecordedDate": f"{day}T09:30:00.000Z",
            f"{first}.event_status": "COMPLETED",
            f"{first}.group_type": "STANDALONE",
            "Registration.LastUpdateDate": f"{day}T10:00:00.000Z",
        }


def _level_2(found: list[Company]) -> list[dict[str, Any]]:
    rows = []
    for company in found:
        for parent, began, ended in company.previous_parents:
            rows.append(_relationship(company, parent, began, ended))
        if company.parent:
            rows.append(_relationship(company, company.parent, company.since, company.ended_on))
    return rows


def _relationship(
    company: Company, parent: str, began: date | None, ended: date | None
) -> dict[str, Any]:
    branch = company.category == "BRANCH"
    return {
        "Relationship.StartNode.NodeID": lei_of(company.code),
        "Relationship.StartNode.NodeIDType": "LEI",
        "Relationship.EndNode.NodeID": lei_of(parent),
        "Relationship.EndNode.NodeIDType": "LEI",
        "Relationship.RelationshipType": "IS_INTERNATIONAL_BRANCH_OF"
        if branch
        else "IS_DIRECTLY_CONSOLIDATED_BY",
        "Relationship.RelationshipStatus": "INACTIVE" if ended else "ACTIVE",
        "Relationship.Period.1.startDate": f"{began}T00:00:00.000Z" if began else "",
        "Relationship.Period.1.endDate": f"{ended}T00:00:00.000Z" if ended else "",
        "Relationship.Period.1.periodType": "RELATIONSHIP_PERIOD",
        "Registration.RegistrationStatus": "PUBLISHED",
    }


def _write_csv(path: Path, header: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, header, restval="")
        writer.writeheader()
        writer.writerows(rows)


def _write_exceptions(path: Path, found: list[Company], day: date) -> None:
    space = "http://www.gleif.org/data/schema/repex/2016"
    rows = [company for company in found if company.exception]
    body = "".join(
        f"<repex:Exception><repex:LEI>{lei_of(company.code)}</repex:LEI>"
        f"<repex:ExceptionCategory>{category}</repex:ExceptionCategory>"
        f"<repex:ExceptionReason>{escape(company.exception)}</repex:ExceptionReason>"
        "</repex:Exception>\n"
        for company in rows
        for category in (
            "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT",
            "ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT",
        )
    )
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<repex:ReportingExceptionData '
        f'xmlns:repex="{space}"><repex:Header><repex:ContentDate>{day}T00:00:00Z'
        "</repex:ContentDate><repex:FileContent>GLEIF_FULL_PUBLISHED</repex:FileContent>"
        f"<repex:RecordCount>{2 * len(rows)}</repex:RecordCount></repex:Header>"
        f"<repex:ReportingExceptions>\n{body}</repex:ReportingExceptions>"
        "</repex:ReportingExceptionData>\n",
        encoding="utf-8",
    )
