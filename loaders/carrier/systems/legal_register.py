"""The legal register: GLEIF's golden copy as CSV, and the press's notices of deals, one a line."""

from __future__ import annotations

from datetime import date
from typing import Any

from loaders.carrier.observation import Seen
from loaders.carrier.referring import known
from loaders.carrier.seeing.index import index
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.world.happening import Happening
from loaders.carrier.world.party import Address, Entity, Parent
from loaders.carrier.writing import Part

SYSTEM = "legal_register"
FORMER_NAMES, EVENTS = 2, 4
"""How many of each a row has room for, as in GLEIF's own files."""
_ADDRESS = ("FirstAddressLine", "City", "Region", "Country", "PostalCode")
_NAME = "Entity.OtherEntityNames.OtherEntityName"
_LATIN = "Entity.TransliteratedOtherEntityNames.TransliteratedOtherEntityName.1"
_EVENT = "Entity.LegalEntityEvents.LegalEntityEvent"
_EVENT_FIELDS = (
    "LegalEntityEventType",
    "event_status",
    "group_type",
    "LegalEntityEventEffectiveDate",
    "LegalEntityEventRecordedDate",
)
LEVEL_1 = (
    "LEI",
    "Entity.LegalName",
    "Entity.LegalName.xmllang",
    *(f"{_NAME}.{n}{end}" for n in range(1, FORMER_NAMES + 1) for end in ("", ".type")),
    _LATIN,
    f"{_LATIN}.type",
    *(f"Entity.LegalAddress.{field}" for field in _ADDRESS),
    *(f"Entity.HeadquartersAddress.{field}" for field in _ADDRESS),
    "Entity.RegistrationAuthority.RegistrationAuthorityID",
    "Entity.RegistrationAuthority.RegistrationAuthorityEntityID",
    "Entity.LegalJurisdiction",
    "Entity.EntityCategory",
    "Entity.LegalForm.EntityLegalFormCode",
    "Entity.EntityStatus",
    "Entity.EntityCreationDate",
    "Entity.SuccessorEntity.1.SuccessorLEI",
    *(f"{_EVENT}.{n}.{field}" for n in range(1, EVENTS + 1) for field in _EVENT_FIELDS),
    "Registration.RegistrationStatus",
    "Registration.LastUpdateDate",
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
    "Registration.LastUpdateDate",
)
EXCEPTIONS = ("LEI", "Exception.Category", "Exception.Reason.1")
KINDS = {
    "MERGERS_AND_ACQUISITIONS": "acquisition",
    "ABSORPTION": "absorption",
    "ACQUISITION_BRANCH": "branch_acquisition",
    "DEMERGER": "demerger",
    "SPINOFF": "spin_off",
    "BREAKUP": "breakup",
}
STATUSES = {
    "IN_PROGRESS": "announced",
    "COMPLETED": "completed",
    "WITHDRAWN_CANCELLED": "withdrawn",
}
ROLES = {"acquirer": "buyer"}
"""The press's word for a role, where it is not the world's."""
NO_PARENT = "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT"


class _LegalRegister:
    def __init__(self, part: Part) -> None:
        self._company = part.csv("lei", LEVEL_1)
        self._relation = part.csv("rr", LEVEL_2)
        self._exception = part.csv("repex", EXCEPTIONS)
        self._notice = part.json_lines("press")

    def write(self, seen: Seen, cluster: Cluster | None) -> None:
        """Format one company, one tie to a parent, or one deal."""
        thing = seen.thing
        if cluster is None:
            return
        if isinstance(thing, Entity):
            self._company(_listed(LEVEL_1, _company(seen, thing, cluster)))
            if thing.parent_exception:
                self._exception((thing.lei, NO_PARENT, thing.parent_exception))
        elif isinstance(thing, Parent):
            self._relation(_listed(LEVEL_2, _relation(seen, thing, cluster)))
        elif isinstance(thing, Happening):
            self._notice(known(_notice(seen, thing, cluster)))

    def close(self) -> None:
        """Nothing is left to write."""


def _company(seen: Seen, entity: Entity, cluster: Cluster) -> dict[str, Any]:
    name = entity.names.at(seen.on)
    row = {
        "LEI": entity.lei,
        "Entity.LegalName": name.legal,
        "Entity.LegalName.xmllang": name.language,
        **_place("LegalAddress", entity.legal_address.at(seen.on)),
        **_place("HeadquartersAddress", entity.headquarters.at(seen.on)),
        "Entity.LegalJurisdiction": entity.jurisdiction,
        "Entity.EntityCategory": entity.category,
        "Entity.LegalForm.EntityLegalFormCode": entity.elf.at(seen.on),
        "Entity.EntityStatus": entity.status(seen.on),
        "Entity.EntityCreationDate": _stamp(entity.created_on),
        "Registration.RegistrationStatus": entity.lei_status.at(seen.on),
        "Registration.LastUpdateDate": _stamp(seen.on),
    }
    if entity.number:
        row["Entity.RegistrationAuthority.RegistrationAuthorityID"] = entity.register
        row["Entity.RegistrationAuthority.RegistrationAuthorityEntityID"] = entity.number
    for n, (_, _, former) in enumerate(entity.names.past(seen.on)[-FORMER_NAMES:], 1):
        if former.legal != name.legal:
            row |= {f"{_NAME}.{n}": former.legal, f"{_NAME}.{n}.type": "PREVIOUS_LEGAL_NAME"}
    if name.latin != name.legal:
        row |= {_LATIN: name.latin, f"{_LATIN}.type": "PREFERRED_ASCII_TRANSLITERATED_LEGAL_NAME"}
    return row | _events(seen, entity, cluster)


def _events(seen: Seen, entity: Entity, cluster: Cluster) -> dict[str, Any]:
    """What happened to it as far as the register knows; who goes on after it, once it is gone."""
    row: dict[str, Any] = {}
    happened = index(cluster).known_events(entity.key, SYSTEM, seen.on)
    for n, event in enumerate(happened[-EVENTS:], 1):
        values = (
            event.type,
            event.status(seen.on),
            event.group,
            _stamp(event.effective_on),
            _stamp(event.learned[SYSTEM]),
        )
        pairs = zip(_EVENT_FIELDS, values, strict=True)
        row |= {f"{_EVENT}.{n}.{field}": value for field, value in pairs}
        heir = event.roles.get("successor") or event.roles.get("acquirer")
        gone = entity.status(seen.on) == "INACTIVE" and event.status(seen.on) == "COMPLETED"
        if gone and heir and heir != entity.key and cluster.entities[heir].lei:
            row["Entity.SuccessorEntity.1.SuccessorLEI"] = cluster.entities[heir].lei
    return row


def _relation(seen: Seen, link: Parent, cluster: Cluster) -> dict[str, Any]:
    kind = "IS_INTERNATIONAL_BRANCH_OF" if link.is_branch else "IS_DIRECTLY_CONSOLIDATED_BY"
    return {
        "Relationship.StartNode.NodeID": cluster.entities[link.child].lei,
        "Relationship.StartNode.NodeIDType": "LEI",
        "Relationship.EndNode.NodeID": cluster.entities[link.parent].lei,
        "Relationship.EndNode.NodeIDType": "LEI",
        "Relationship.RelationshipType": kind,
        "Relationship.RelationshipStatus": "ACTIVE" if link.holds(seen.on) else "INACTIVE",
        "Relationship.Period.1.startDate": _stamp(link.begins),
        "Relationship.Period.1.endDate": _stamp(link.ends) if link.ends <= seen.on else "",
        "Relationship.Period.1.periodType": "RELATIONSHIP_PERIOD",
        "Registration.RegistrationStatus": "PUBLISHED",
        "Registration.LastUpdateDate": _stamp(seen.on),
    }


def _notice(seen: Seen, event: Happening, cluster: Cluster) -> dict[str, Any]:
    status = event.status(seen.on)
    told = {"COMPLETED": event.completed_on, "WITHDRAWN_CANCELLED": event.withdrawn_on}
    published = told.get(status) or event.announced_on or event.begins()
    plan = next((link for link in cluster.parents if link.basis == event.key), None)
    return {
        "id": f"{seen.native_id}-{STATUSES[status]}",
        "deal_id": seen.native_id,
        "status": STATUSES[status],
        "kind": KINDS[event.type],
        "published_at": f"{published}T07:30:00Z",
        "announced_on": str(event.announced_on) if event.announced_on else None,
        "expected_on": str(event.effective_on)
        if event.effective_on and status == "IN_PROGRESS"
        else None,
        "effective_on": str(event.completed_on) if status == "COMPLETED" else None,
        "withdrawn_on": str(event.withdrawn_on) if status == "WITHDRAWN_CANCELLED" else None,
        "headline": f"{KINDS[event.type].replace('_', ' ')} {STATUSES[status]}",
        "source_url": f"https://press.example/deals/{seen.native_id}/{STATUSES[status]}",
        "control": plan.controlling if plan else None,
        "share": plan.share if plan else None,
        "parties": [
            _party(role, cluster.entities[key], seen.on)
            for role, key in event.roles.items()
            if key in cluster.entities
        ],
    }


def _party(role: str, entity: Entity, day: date) -> dict[str, Any]:
    issued = entity.lei_issued_on is not None and entity.lei_issued_on <= day
    return known(
        {
            "role": ROLES.get(role, role),
            "name": entity.names.at(day).latin,
            "country": entity.country,
            "lei": entity.lei if issued else None,
            "register": entity.register if entity.number else None,
            "number": entity.number,
        }
    )


def _place(which: str, address: Address) -> dict[str, str]:
    values = (address.street, address.city, address.region, address.country, address.postcode)
    pairs = zip(_ADDRESS, values, strict=True)
    return {f"Entity.{which}.{field}": value for field, value in pairs}


def _stamp(day: date | None) -> str:
    return f"{day}T00:00:00Z" if day and day.year < 9999 else ""


def _listed(columns: tuple[str, ...], row: dict[str, Any]) -> list[Any]:
    return [row.get(name) or "" for name in columns]


def export(part: Part) -> _LegalRegister:
    """Begin one part of a delivery."""
    return _LegalRegister(part)
