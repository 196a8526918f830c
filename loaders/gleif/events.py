"""What happened to a company: GLEIF's legal entity events, its end, and who goes on after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.facts.claims import Claims, Ref, ref
from loaders.gleif.fields import Record
from loaders.gleif.moments import day
from loaders.identifiers import own

TERMINAL = frozenset({"DISSOLUTION", "LIQUIDATION", "MERGERS_AND_ACQUISITIONS", "ABSORPTION"})
"""Events after which the company is no more, if it is INACTIVE: an acquirer has them too."""

ABSORBING = frozenset({"MERGERS_AND_ACQUISITIONS", "ABSORPTION"})
TYPES = TERMINAL | frozenset(
    [
        "CHANGE_LEGAL_NAME",
        "CHANGE_OTHER_NAMES",
        "CHANGE_LEGAL_ADDRESS",
        "CHANGE_HQ_ADDRESS",
        "CHANGE_LEGAL_FORM",
        "ACQUISITION_BRANCH",
        "BREAKUP",
        "DEMERGER",
        "SPINOFF",
        "TRANSFORMATION_BRANCH_TO_SUBSIDIARY",
        "TRANSFORMATION_SUBSIDIARY_TO_BRANCH",
        "TRANSFORMATION_UMBRELLA_TO_STANDALONE",
        "BANKRUPTCY",
        "INSOLVENCY",
        "VOLUNTARY_ARRANGEMENT",
    ]
)
STATUSES = frozenset({"IN_PROGRESS", "COMPLETED", "WITHDRAWN_CANCELLED"})

_NOT_ITS_OWN = frozenset({"DUPLICATE", "ANNULLED"})
"""States of an LEI whose successor is another LEI of the same company, not another company."""


@dataclass(frozen=True, slots=True)
class Event:
    """One legal entity event of an LEI record."""

    type: str
    group: str | None
    status: str | None
    effective_on: date | None
    recorded_on: date | None
    document: str | None
    source: str | None
    successors: tuple[str, ...]
    """LEIs that the event itself names as successors."""


def read(parts: list[dict[str, str]]) -> list[Event]:
    """The events of a record, first recorded first."""
    found = [_event(part) for part in parts]
    return sorted(found, key=lambda event: event.recorded_on or date.max)


def _event(part: dict[str, str]) -> Event:
    prefix = "Entity.LegalEntityEvents.LegalEntityEvent"
    return Event(
        part.get("LegalEntityEventType", ""),
        part.get("group_type"),
        part.get("event_status"),
        day(part.get("LegalEntityEventEffectiveDate"), f"{prefix}.LegalEntityEventEffectiveDate"),
        day(part.get("LegalEntityEventRecordedDate"), f"{prefix}.LegalEntityEventRecordedDate"),
        part.get("ValidationDocuments"),
        part.get("ValidationReference"),
        tuple(
            part[name.replace("field_xpath", "AffectedField")].strip().upper()
            for name, path in part.items()
            if name.endswith("field_xpath") and path.rstrip("/").endswith("SuccessorLEI")
        ),
    )


def ended_on(record: Record, happened: list[Event]) -> date | None:
    """The day an INACTIVE company ended: as given, else its last completed terminal event."""
    given = record.get("Entity.EntityExpirationDate")
    if given:
        return day(given, "Entity.EntityExpirationDate")
    return max(
        (
            event.effective_on
            for event in happened
            if event.type in TERMINAL and event.status == "COMPLETED" and event.effective_on
        ),
        default=None,
    )


def renamed_on(happened: list[Event]) -> date | None:
    """The day of the company's only completed change of name; None when there are several."""
    days = [
        event.effective_on
        for event in happened
        if event.type == "CHANGE_LEGAL_NAME" and event.status == "COMPLETED"
    ]
    return days[0] if len(days) == 1 else None


def state(
    claims: Claims, entity: Ref, record: Record, happened: list[Event], survivors: list[str]
) -> None:
    """The record's events with their roles; a duplicate's survivor is the same company."""
    registration = record.get("Registration.RegistrationStatus")
    if registration == "DUPLICATE":
        for survivor in survivors:
            reason = "GLEIF: duplicate registration of one company"
            claims.same.append((entity, _company(survivor), reason))
    heirs = [] if registration in _NOT_ITS_OWN else survivors
    gone = record.get("Entity.EntityStatus") == "INACTIVE"
    told = False
    counted: dict[str, int] = {}
    for event in happened:
        counted[event.type] = counted.get(event.type, 0) + 1
        absorbed = gone and event.type in ABSORBING and event.status == "COMPLETED"
        named = [one for one in event.successors if one in heirs] or (heirs if absorbed else [])
        _state_event(claims, entity, event, counted[event.type], named)
        told = told or bool(named)
    if (heirs and not told) or (registration == "MERGED" and not told and not happened):
        _succession(claims, entity, record, heirs)


def _state_event(
    claims: Claims, entity: Ref, event: Event, number: int, successors: list[str]
) -> None:
    if event.type not in TYPES:
        claims.unknown.append(f"LegalEntityEventType={event.type}")
        return
    if event.status not in STATUSES:
        claims.unknown.append(f"LegalEntityEvent.event_status={event.status}")
        return
    lei = entity.reference.removeprefix("lei:")
    node = claims.node(
        "CorporateEvent",
        own("gleif", "event", f"{lei}|{event.type}|{number}"),
        type=event.type,
        group=event.group,
        status=event.status,
        effective_on=event.effective_on,
        recorded_on=event.recorded_on,
        documents=[event.document] if event.document else None,
        source_url=event.source,
    )
    _roles(claims, node, entity, successors)


def _succession(claims: Claims, entity: Ref, record: Record, successors: list[str]) -> None:
    """Who goes on, where the record names it and no event: LEI-CDF before version 3 has none."""
    merged = record.get("Registration.RegistrationStatus") == "MERGED"
    gone = record.get("Entity.EntityStatus") == "INACTIVE"
    lei = entity.reference.removeprefix("lei:")
    node = claims.node(
        "CorporateEvent",
        own("gleif", "event", f"{lei}|succession"),
        type="MERGERS_AND_ACQUISITIONS" if merged else None,
        group=None,
        status="COMPLETED" if gone else None,
        effective_on=ended_on(record, []) if gone else None,
        recorded_on=None,
        documents=None,
        source_url=None,
    )
    claims.link("PREDECESSOR", node, entity)
    for successor in successors:
        claims.link("SUCCESSOR", node, _company(successor))


def _roles(claims: Claims, node: Ref, entity: Ref, successors: list[str]) -> None:
    if not successors:
        claims.link("SUBJECT", node, entity)
        return
    claims.link("PREDECESSOR", node, entity)
    for successor in successors:
        claims.link("SUCCESSOR", node, _company(successor))


def _company(lei: str) -> Ref:
    return ref("LegalEntity", f"lei:{lei}")
