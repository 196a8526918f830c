"""GLEIF's field names: which are mapped, which are left out by name, and which come numbered.

All formats are read under the names of the golden copy's CSV columns (LEI-CDF 3.1, RR-CDF 2.1,
reporting exceptions 2.1), so one mapping serves CSV, XML and the API, in versions 2.1 and 3.1.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

Parts = dict[int, dict[str, str]]
"""What comes several times in one record: its number -> field -> value ('' is the text itself)."""

MORE_LINES = 3
"""Lines that an address may have beside its first one (LEI-CDF 3.1)."""

_ADDRESS = [
    "xmllang",
    "FirstAddressLine",
    "AddressNumber",
    "AddressNumberWithinBuilding",
    "MailRouting",
    "City",
    "Region",
    "Country",
    "PostalCode",
]

_LEVEL_1 = [
    "LEI",
    "Entity.LegalName",
    "Entity.LegalName.xmllang",
    "Entity.LegalJurisdiction",
    "Entity.EntityCategory",
    "Entity.EntityStatus",
    "Entity.EntityCreationDate",
    "Entity.EntityExpirationDate",
    "Entity.EntityExpirationReason",
    "Entity.LegalForm.EntityLegalFormCode",
    "Entity.LegalForm.OtherLegalForm",
    "Entity.RegistrationAuthority.RegistrationAuthorityID",
    "Entity.RegistrationAuthority.OtherRegistrationAuthorityID",
    "Entity.RegistrationAuthority.RegistrationAuthorityEntityID",
    "Registration.RegistrationStatus",
    "Registration.LastUpdateDate",
    "Extension.Deletion.DeletedAt",
]

_LEVEL_2 = [
    "Relationship.StartNode.NodeID",
    "Relationship.StartNode.NodeIDType",
    "Relationship.EndNode.NodeID",
    "Relationship.EndNode.NodeIDType",
    "Relationship.RelationshipType",
    "Relationship.RelationshipStatus",
    "Exception.Category",
]

IGNORED = frozenset(
    [
        "Entity.EntitySubCategory",
        "Entity.AssociatedEntity.type",
        "Entity.AssociatedEntity.AssociatedLEI",
        "Entity.AssociatedEntity.AssociatedEntityName",
        "Entity.AssociatedEntity.AssociatedEntityName.xmllang",
        "Registration.InitialRegistrationDate",
        "Registration.NextRenewalDate",
        "Registration.ManagingLOU",
        "Registration.ValidationSources",
        "Registration.ValidationDocuments",
        "Registration.ValidationReference",
        "Registration.ValidationAuthority.ValidationAuthorityID",
        "Registration.ValidationAuthority.OtherValidationAuthorityID",
        "Registration.ValidationAuthority.ValidationAuthorityEntityID",
        "ConformityFlag",
        "Extension.ConformityFlag",
    ]
)
"""Left out by name: about the LEI's upkeep, not the company; a fund's family has no home."""

PLAIN = frozenset(
    [
        *_LEVEL_1,
        *_LEVEL_2,
        *IGNORED,
        *(
            f"Entity.{address}.{field}"
            for address in ("LegalAddress", "HeadquartersAddress")
            for field in [
                *_ADDRESS,
                *(f"AdditionalAddressLine.{n}" for n in range(1, MORE_LINES + 1)),
            ]
        ),
    ]
)
"""Every name that comes once and is known."""

_EVENT = (
    r"group_type|event_status|group_id|group_sequence_no|LegalEntityEventType"
    r"|LegalEntityEventEffectiveDate|LegalEntityEventRecordedDate|ValidationDocuments"
    r"|ValidationReference|AffectedFields\.\d+\.(?:AffectedField|field_xpath)"
)
_NUMBERED = {
    r"Entity\.OtherEntityNames\.OtherEntityName": ("name", "xmllang|type"),
    r"Entity\.TransliteratedOtherEntityNames\.TransliteratedOtherEntityName": (
        "transliterated",
        "xmllang|type",
    ),
    r"Entity\.LegalEntityEvents\.LegalEntityEvent": ("event", _EVENT),
    r"Entity\.SuccessorEntity": (
        "successor",
        r"SuccessorLEI|SuccessorEntityName|SuccessorEntityName\.xmllang|SuccessorEntity\.xmllang",
    ),
    r"Entity\.OtherAddresses\.OtherAddress": ("", ".+"),
    r"Entity\.TransliteratedOtherAddresses\.TransliteratedOtherAddress": ("", ".+"),
    r"Registration\.OtherValidationAuthorities\.OtherValidationAuthority": ("", ".+"),
    r"Relationship\.Period": ("period", "startDate|endDate|periodType"),
    r"Relationship\.Qualifiers": ("", ".+"),
    r"Exception\.Reason": ("reason", ""),
    r"Exception\.Reference": ("", ""),
}
_PATTERNS = [
    (re.compile(rf"{prefix}(?:\.(\d+))?(?:\.({field}))?"), group)
    for prefix, (group, field) in _NUMBERED.items()
]


@lru_cache(maxsize=16_384)
def place(name: str) -> tuple[str, int, str] | None:
    """Where a numbered field belongs: group ('' is left out), number, field; None: not known."""
    for pattern, group in _PATTERNS:
        if found := pattern.fullmatch(name):
            return group, int(found[1] or 1), found[2] or ""
    return None


class Record:
    """One record under GLEIF's names, with what comes several times gathered by its number."""

    __slots__ = ("_groups", "plain", "unknown")

    def __init__(self, payload: dict[str, str]) -> None:
        self.plain = payload
        self._groups: dict[str, Parts] = {}
        self.unknown: list[str] = []
        for name in sorted(payload.keys() - PLAIN):
            where = place(name)
            if where is None:
                self.unknown.append(name)
            elif where[0]:
                group, number, field = where
                parts = self._groups.setdefault(group, defaultdict(dict))
                parts[number][field] = payload[name]

    def get(self, name: str) -> str | None:
        """A field that comes once."""
        return self.plain.get(name)

    def parts(self, group: str) -> list[dict[str, str]]:
        """What comes several times, by its number."""
        found = self._groups.get(group)
        return [found[number] for number in sorted(found)] if found else []
