"""The API's answers (JSON:API): one record, a page of them, or an error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.errors import SourceError
from loaders.files import json_records
from loaders.gleif.moments import moment
from loaders.source import Delivery, Extracted, Ignored, RawRecord, Unreadable

TYPES = {
    "lei-records": "lei_record",
    "relationship-records": "relationship_record",
    "reporting-exceptions": "reporting_exception",
}

NAMES = {
    "lei": "LEI",
    "entity.legalName.name": "Entity.LegalName",
    "entity.legalName.language": "Entity.LegalName.xmllang",
    "entity.otherNames.#.name": "Entity.OtherEntityNames.OtherEntityName.#",
    "entity.otherNames.#.language": "Entity.OtherEntityNames.OtherEntityName.#.xmllang",
    "entity.otherNames.#.type": "Entity.OtherEntityNames.OtherEntityName.#.type",
    "entity.jurisdiction": "Entity.LegalJurisdiction",
    "entity.category": "Entity.EntityCategory",
    "entity.subCategory": "Entity.EntitySubCategory",
    "entity.status": "Entity.EntityStatus",
    "entity.creationDate": "Entity.EntityCreationDate",
    "entity.expiration.date": "Entity.EntityExpirationDate",
    "entity.expiration.reason": "Entity.EntityExpirationReason",
    "entity.legalForm.id": "Entity.LegalForm.EntityLegalFormCode",
    "entity.legalForm.other": "Entity.LegalForm.OtherLegalForm",
    "entity.registeredAt.id": "Entity.RegistrationAuthority.RegistrationAuthorityID",
    "entity.registeredAt.other": "Entity.RegistrationAuthority.OtherRegistrationAuthorityID",
    "entity.registeredAs": "Entity.RegistrationAuthority.RegistrationAuthorityEntityID",
    "entity.associatedEntity.lei": "Entity.AssociatedEntity.AssociatedLEI",
    "entity.associatedEntity.name": "Entity.AssociatedEntity.AssociatedEntityName",
    "entity.successorEntities.#.lei": "Entity.SuccessorEntity.#.SuccessorLEI",
    "entity.successorEntities.#.name": "Entity.SuccessorEntity.#.SuccessorEntityName",
    "entity.successorEntities.#.lang": "Entity.SuccessorEntity.#.SuccessorEntityName.xmllang",
    "entity.successorEntities.#.language": "Entity.SuccessorEntity.#.SuccessorEntityName.xmllang",
    "registration.status": "Registration.RegistrationStatus",
    "registration.lastUpdateDate": "Registration.LastUpdateDate",
    "relationship.startNode.id": "Relationship.StartNode.NodeID",
    "relationship.startNode.type": "Relationship.StartNode.NodeIDType",
    "relationship.endNode.id": "Relationship.EndNode.NodeID",
    "relationship.endNode.type": "Relationship.EndNode.NodeIDType",
    "relationship.type": "Relationship.RelationshipType",
    "relationship.status": "Relationship.RelationshipStatus",
    "relationship.periods.#.startDate": "Relationship.Period.#.startDate",
    "relationship.periods.#.endDate": "Relationship.Period.#.endDate",
    "relationship.periods.#.type": "Relationship.Period.#.periodType",
    "extension.deletedAt": "Extension.Deletion.DeletedAt",
    "category": "Exception.Category",
    "reason": "Exception.Reason.1",
    "reference": "Exception.Reference.1",
    "bic.#": "bic.#",
    "mic.#": "mic.#",
    "ocid.#": "opencorporates.#",
    "ocid": "opencorporates.1",
    "qcc.#": "qcc.#",
    "qcc": "qcc.1",
    "spglobal.#": "spglobal.#",
}
_ADDRESS = {
    "language": "xmllang",
    "addressNumber": "AddressNumber",
    "addressNumberWithinBuilding": "AddressNumberWithinBuilding",
    "mailRouting": "MailRouting",
    "city": "City",
    "region": "Region",
    "country": "Country",
    "postalCode": "PostalCode",
}
NAMES |= {
    f"entity.{address}.{field}": f"Entity.{address[0].upper()}{address[1:]}.{name}"
    for address in ("legalAddress", "headquartersAddress")
    for field, name in _ADDRESS.items()
}
_LINES = re.compile(r"entity\.(legal|headquarters)Address\.addressLines\.(\d+)")
_TRANSLITERATED = re.compile(r"entity\.transliteratedOtherNames\.(\d+)\.(name|language|type)")
_EVENT = re.compile(r"entity\.eventGroups\.(\d+)\.(?:events\.(\d+)\.(.+)|groupType)")
_AFFECTED = re.compile(r"affectedFields\.(\d+)\.(xpath|value)")
_EVENT_FIELDS = {
    "type": "LegalEntityEventType",
    "status": "event_status",
    "effectiveDate": "LegalEntityEventEffectiveDate",
    "recordedDate": "LegalEntityEventRecordedDate",
    "validationDocuments": "ValidationDocuments",
    "validationReference": "ValidationReference",
}
_IGNORED = re.compile(
    r"conformityFlag|validFrom|validTo|entity\.successorEntity\..+|entity\.otherAddresses\..+"
    r"|entity\.transliteratedOtherAddresses\..+|entity\.associatedEntity\..+"
    r"|registration\.(?!status|lastUpdateDate).+|relationship\.quali.+|relationship\.quanti.+"
)
"""Left out by name, as in the golden copy; `successorEntity` repeats `successorEntities`."""


def answers(path: Path, delivery: Delivery) -> Iterator[Extracted]:
    """The records of a saved answer; an answer is never all that GLEIF holds."""
    delivery.full = False
    for line, document in json_records(path):
        published = document.get("meta", {}).get("goldenCopy", {}).get("publishDate")
        delivery.watermark = max(delivery.watermark, moment(published) or "")
        if "errors" in document:
            yield _error(document["errors"], path, line)
            continue
        found = document.get("data")
        if "data" not in document:
            raise SourceError(
                "the answer has neither data nor errors",
                where=f"{path}:{line}",
                remedy="save the API's whole answer",
            )
        items = found if isinstance(found, list) else [found] if found else []
        for place, item in enumerate(items, line):
            yield _record(item, path, place)


def _error(errors: list[dict[str, Any]], path: Path, line: int) -> Ignored:
    first = errors[0] if errors else {}
    if str(first.get("status")) != "404":
        raise SourceError(
            f"the API answered {first.get('status')}: {first.get('title')}",
            where=f"{path}:{line}",
            remedy="ask the API again, later if it was too often",
        )
    return Ignored("not_found", str(first.get("detail") or first.get("title")))


def _record(item: dict[str, Any], path: Path, place: int) -> Extracted:
    record_type = TYPES.get(str(item.get("type")))
    attributes = item.get("attributes")
    native_id = str(item.get("id", ""))
    if not record_type or not isinstance(attributes, dict):
        return Unreadable(
            str(item.get("type")),
            native_id,
            str(item)[:2_000],
            f"an item of type {item.get('type')!r} is not a record of LEIs or relationships",
            "ask the API for lei-records or relationship-records",
            path.name,
            place,
        )
    registration = attributes.get("registration") or {}
    if record_type == "relationship_record":
        said = attributes.get("relationship", {})
        ends = [said.get(end, {}).get("id", "") for end in ("startNode", "endNode")]
        native_id = f"{ends[0]}|{said.get('type', '')}|{ends[1]}"
    elif record_type == "reporting_exception":
        native_id = f"{attributes.get('lei', '')}|{attributes.get('category', '')}"
    updated = moment(registration.get("lastUpdateDate"))
    payload = {"attributes": attributes}
    return RawRecord(record_type, native_id, payload, path.name, place, updated)


def renamed(attributes: dict[str, Any]) -> dict[str, str]:
    """An item's attributes under GLEIF's CDF names; what has none keeps its own name."""
    events: dict[tuple[str, str], int] = {}
    groups: dict[str, str] = {}
    found: dict[str, str] = {}
    for path, value in _leaves(attributes, ""):
        if event := _EVENT.fullmatch(path):
            group, number, field = event.groups()
            if number is None:
                groups[group] = value
            else:
                place = events.setdefault((group, number), len(events) + 1)
                found[_event_name(place, field)] = value
        elif not _IGNORED.fullmatch(path):
            found[_name(path)] = value
    for (group, _), place in events.items():
        if group in groups:
            found[_event_name(place, "") + "group_type"] = groups[group]
    return found


def _event_name(place: int, field: str) -> str:
    prefix = f"Entity.LegalEntityEvents.LegalEntityEvent.{place}."
    if affected := _AFFECTED.fullmatch(field):
        kind = "field_xpath" if affected[2] == "xpath" else "AffectedField"
        return f"{prefix}AffectedFields.{affected[1]}.{kind}"
    return prefix + _EVENT_FIELDS.get(field, field)


def _name(path: str) -> str:
    if line := _LINES.fullmatch(path):
        address = "LegalAddress" if line[1] == "legal" else "HeadquartersAddress"
        number = int(line[2])
        field = f"AdditionalAddressLine.{number - 1}" if number > 1 else "FirstAddressLine"
        return f"Entity.{address}.{field}"
    if other := _TRANSLITERATED.fullmatch(path):
        field = {"name": "", "language": ".xmllang", "type": ".type"}[other[2]]
        prefix = "Entity.TransliteratedOtherEntityNames.TransliteratedOtherEntityName"
        return f"{prefix}.{other[1]}{field}"
    number_free = re.sub(r"\.\d+(?=\.|$)", ".#", path)
    numbers = re.findall(r"\.(\d+)(?=\.|$)", path)
    name = NAMES.get(number_free, path)
    for number in numbers if number_free in NAMES else []:
        name = name.replace("#", number, 1)
    return name


def _leaves(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Every value that is there with its dotted path; list items are numbered from 1."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _leaves(inner, f"{path}.{number}")
    elif value not in (None, ""):
        yield path, str(value)
