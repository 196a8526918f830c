"""What goes wrong: TMF621 TroubleTicket and TMF642 Alarm."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from graph.errors import RecordRejected
from graph.facts.claims import Claims
from graph.model.catalogue import LABELS
from loaders.dates import at
from loaders.tmforum.reading import Reading, stated, typed_as

TICKET_STATUSES = LABELS["TroubleTicket"].properties["status"].values
ALARM_STATES = LABELS["Alarm"].properties["state"].values
TICKET_TRAITS = typed_as("TroubleTicket", "root_cause downtime_minutes planned caused_by")
"""Characteristics, by the model's names, that are read; the names of others are free."""
OPEN = frozenset({"acknowledged", "inProgress", "pending", "held"})
SEVERITIES = ("critical", "major", "minor", "warning", "indeterminate", "cleared")
"""ITU-T X.733, which TMF642 follows."""

_TICKET_LEFT_OUT = (
    "attachment",
    "channel",
    "description",
    "expectedResolutionDate",
    "externalId",
    "externalIdentifier",
    "name",
    "priority",
    "relatedParty",
    "requestedResolutionDate",
    "statusChangeReason",
    "ticketType",
    "troubleTicketSpecification",
)
_ALARM_LEFT_OUT = (
    "ackState",
    "ackSystemId",
    "ackTime",
    "alarmDetails",
    "alarmEscalation",
    "alarmReportingTime",
    "alarmType",
    "alarmedObject",
    "alarmedObjectType",
    "clearSystemId",
    "correlatedAlarm",
    "crossedThresholdInformation",
    "externalAlarmId",
    "isRoot",
    "isRootCause",
    "parentAlarm",
    "place",
    "probableCause",
    "proposedRepairedActions",
    "reportingSystemId",
    "sourceSystemId",
    "specificProblem",
)


def trouble_ticket(read: Reading) -> Claims:
    """A fault as customer and carrier speak of it, and the services that suffer."""
    claims = Claims()
    read.ignore(*_TICKET_LEFT_OUT)
    claims.happened_on = read.on("lastUpdate")
    history = [*read.parts("statusChange"), *read.parts("statusChangeHistory")]
    status = read.word("status", TICKET_STATUSES)
    resolved_at = read.at("resolutionDate") or _resolved_at(history)
    ticket = claims.node(
        "TroubleTicket",
        read.reference("trouble_ticket"),
        status=status,
        status_since=read.on("statusChangeDate"),
        severity=read.text("severity"),
        opened_at=read.at("creationDate"),
        resolved_at=None if status in OPEN else resolved_at,  # opened again
        incident=_incident(read),
        **stated(TICKET_TRAITS, read.traits("troubleTicketCharacteristic", TICKET_TRAITS)),
    )
    for other in read.all_referred("relatedEntity"):
        if other.type in ("service", "serviceref"):
            claims.link("AFFECTS", ticket, read.ref("Service", "service", other.id))
    return read.report(claims)


def _incident(read: Reading) -> str | None:
    """The ticket that this one is a child of; other relations are left out."""
    for other in read.parts("troubleTicketRelationship"):
        if str(other.get("relationshipType") or "").casefold() in ("childof", "ischildof"):
            return str(other.get("id") or "") or None
    return None


def alarm(read: Reading) -> Claims:
    """A fault as the network tells it, and the services that suffer."""
    claims = Claims()
    read.ignore(*_ALARM_LEFT_OUT)
    claims.happened_on = read.on("alarmChangedTime")
    raised = claims.node(
        "Alarm",
        read.reference("alarm"),
        severity=read.word("perceivedSeverity", SEVERITIES),
        state=read.word("state", ALARM_STATES),
        service_affecting=read.flag("serviceAffecting"),
        planned=_planned(read.text("plannedOutageIndicator")),
        raised_at=read.at("alarmRaisedTime"),
        cleared_at=read.at("alarmClearedTime"),
    )
    for hit in read.all_referred("affectedService"):
        claims.link("AFFECTS", raised, read.ref("Service", "service", hit.id))
    return read.report(claims)


def _resolved_at(history: list[dict[str, Any]]) -> datetime | None:
    """When the ticket last became resolved, by its history of states."""
    moments = [
        at(one.get("changeDate") or one.get("statusChangeDate"), field="statusChange.changeDate")
        for one in history
        if str(one.get("status") or "").casefold() == "resolved"
    ]
    return max((moment for moment in moments if moment), default=None)


def _planned(said: str | None) -> bool | None:
    """Whether an alarm is planned work; the standard leaves the words open."""
    if said is None:
        return None
    words = {"true": True, "yes": True, "planned": True, "false": False, "no": False}
    if said.casefold() not in words:
        raise RecordRejected(
            f"{said!r} does not say whether the outage is planned",
            where="plannedOutageIndicator",
            remedy="map this word in loaders/tmforum/assurance.py",
        )
    return words[said.casefold()]
