"""Tickets: faults and requests as the desk's CSV tables, planned works as TMF621."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from loaders.carrier.native import native_id
from loaders.carrier.observation import Seen
from loaders.carrier.referring import known, service_id
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.world.service import Ticket
from loaders.carrier.writing import Part

SYSTEM = "tickets"
STATUSES = {
    "acknowledged": "new",
    "inProgress": "open",
    "pending": "pending",
    "held": "hold",
    "resolved": "solved",
    "closed": "closed",
    "cancelled": "deleted",
}
PRIORITIES = {1: "urgent", 2: "high", 3: "normal", 4: "low"}
COLUMNS = (
    "id", "status", "priority", "type", "created_at", "updated_at", "problem_id", "subject",
    "description", "custom_service_id", "custom_severity", "custom_root_cause",
    "custom_caused_by", "custom_downtime_minutes", "custom_planned",
)  # fmt: skip


class _Tickets:
    def __init__(self, part: Part) -> None:
        self._row = part.csv("tickets", COLUMNS)
        self._change = part.csv(
            "ticket_field_history", ("field_name", "ticket_id", "updated", "user_id", "value")
        )
        self._work = part.json_lines("planned_works")

    def write(self, seen: Seen, cluster: Cluster | None) -> None:
        """Format one ticket, by the system that it was opened in."""
        ticket: Ticket = seen.thing
        if ticket.kind == "planned_work":
            self._work(known(_planned(seen, ticket)))
        else:
            self._row(_desk(seen, ticket))
            for day, status in ticket.status.steps:
                if day <= seen.on:
                    at = _moment(ticket, status, datetime.combine(day, time(), UTC))
                    self._change(("status", seen.native_id, _text(at), "", STATUSES[status]))

    def close(self) -> None:
        """Nothing is left to write."""


def _desk(seen: Seen, ticket: Ticket) -> tuple[Any, ...]:
    changed = datetime.combine(ticket.status.since(seen.on), time(), UTC)
    return (
        seen.native_id,
        STATUSES[ticket.status.at(seen.on)],
        PRIORITIES.get(ticket.severity, "low"),
        "incident" if ticket.kind == "fault" else "question",
        _text(seen.get("opened_at", ticket.opened_at)),
        _text(changed),
        native_id(SYSTEM, "ticket", ticket.incident) if ticket.incident else "",
        ticket.subject,
        ticket.text,
        service_id(ticket.service) if ticket.service else "",
        ticket.severity,
        ticket.root_cause,
        ticket.caused_by,
        ticket.downtime_minutes if _is_over(ticket, seen) else "",
        "false",
    )


def _planned(seen: Seen, ticket: Ticket) -> dict[str, Any]:
    traits = {
        "planned": True,
        "rootCause": ticket.root_cause,
        "causedBy": ticket.caused_by,
        "downtimeMinutes": ticket.downtime_minutes if _is_over(ticket, seen) else None,
    }
    parent = native_id(SYSTEM, "ticket", ticket.incident) if ticket.incident else ""
    return {
        "@type": "TroubleTicket",
        "id": seen.native_id,
        "status": ticket.status.at(seen.on),
        "statusChangeDate": str(ticket.status.since(seen.on)),
        "severity": str(ticket.severity),
        "creationDate": _text(seen.get("opened_at", ticket.opened_at)),
        "resolutionDate": _text(ticket.resolved_at)
        if ticket.resolved_at and _is_over(ticket, seen)
        else None,
        "relatedEntity": [{"id": service_id(ticket.service), "@referredType": "Service"}]
        if ticket.service
        else None,
        "troubleTicketCharacteristic": [
            {"name": name, "value": value} for name, value in known(traits).items()
        ],
        "troubleTicketRelationship": [{"id": parent, "relationshipType": "childOf"}]
        if parent
        else None,
    }


def _is_over(ticket: Ticket, seen: Seen) -> bool:
    return ticket.resolved_at is not None and ticket.resolved_at.date() <= seen.on


def _moment(ticket: Ticket, status: str, otherwise: datetime) -> datetime:
    """When a status was set: that of the solution to the minute, the others by their day."""
    return ticket.resolved_at if status == "resolved" and ticket.resolved_at else otherwise


def _text(moment: datetime) -> str:
    """With its zone when it has one; a clock that forgot to say it is a mistake of the desk's."""
    return moment.isoformat(sep=" ").replace("+00:00", "Z")


def export(part: Part) -> _Tickets:
    """Begin one part of a delivery."""
    return _Tickets(part)
