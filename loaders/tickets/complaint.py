"""A ticket of the service desk: a Zendesk export with the carrier's own fields."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from graph.errors import RecordRejected
from graph.facts.claims import Claims, ref
from loaders.audit import Fields
from loaders.dates import at
from loaders.references import home
from loaders.source import RawRecord
from loaders.tickets.history import SOLVED_AT

STATUSES = {
    "new": "acknowledged",
    "open": "inProgress",
    "pending": "pending",
    "hold": "held",
    "on-hold": "held",
    "solved": "resolved",
    "closed": "closed",
    "deleted": "cancelled",
}
"""The desk's word -> TMF621's."""
SEVERITIES = {"urgent": "1", "high": "2", "normal": "3", "medium": "3", "low": "4"}
"""The desk's priority -> severity, where the carrier's own field does not say it."""
ABOUT_PERSONS = frozenset(
    {
        "assignee_id",
        "description",
        "recipient",
        "requester_id",
        "submitter_id",
        "subject",
        "via_source_from_address",
        "via_source_from_id",
        "via_source_from_title",
        "via_source_to_address",
        "via_source_to_name",
    }
)
"""Columns that name people or are written by them: never kept as evidence."""
_LEFT_OUT = (
    "_fivetran_deleted",
    "_fivetran_synced",
    "allow_channelback",
    "brand_id",
    "due_at",
    "external_id",
    "followup_ids",
    "forum_topic_id",
    "group_id",
    "has_incidents",
    "id",
    "is_public",
    "merged_ticket_ids",
    "organization_id",  # the desk's own number of a customer, which the service knows better
    "system_client",
    "ticket_form_id",
    "type",
    "url",
    "via_channel",
    "via_followup_source_id",
    "via_source_rel",
)


def ticket(record: RawRecord, zone: tzinfo) -> Claims:
    """A fault as the customer speaks of it, and the service that suffers."""
    fields, claims = Fields(record), Claims()
    fields.ignore(*_LEFT_OUT)

    def moment(name: str) -> datetime | None:
        return at(fields.take(name), field=name, zone=zone)

    updated, solved = moment("updated_at"), moment(SOLVED_AT)
    claims.happened_on = updated.astimezone(zone).date() if updated else None
    status = _word(fields, "status", STATUSES)
    over = status in ("resolved", "closed")
    priority = _word(fields, "priority", SEVERITIES)
    fault = claims.node(
        "TroubleTicket",
        home("trouble_ticket", record.native_id),
        status=status,
        severity=fields.take("custom_severity") or priority,
        root_cause=fields.take("custom_root_cause"),
        downtime_minutes=_minutes(fields.take("custom_downtime_minutes")),
        planned=_flag(fields.take("custom_planned")),
        caused_by=fields.take("custom_caused_by"),
        incident=fields.take("problem_id"),
        opened_at=moment("created_at"),
        resolved_at=solved if over else None,
    )
    service = fields.take("custom_service_id")
    if service:
        claims.link("AFFECTS", fault, ref("Service", home("service", service)))
    else:
        claims.odd.append("the ticket names no service")
    return fields.report(claims)


def _word(fields: Fields, name: str, words: dict[str, str]) -> str | None:
    value = fields.take(name)
    if value is None:
        return None
    if str(value).casefold() not in words:
        raise RecordRejected(
            f"{value!r} is not one of {', '.join(words)}",
            where=name,
            remedy="map this word in loaders/tickets/complaint.py",
        )
    return words[str(value).casefold()]


def _minutes(value: Any) -> int | None:
    if value is None:
        return None
    if not str(value).isdigit():
        raise RecordRejected(
            f"{value!r} is no number of minutes",
            where="custom_downtime_minutes",
            remedy="ask the desk for whole minutes",
        )
    return int(value)


def _flag(value: Any) -> bool | None:
    if value is None:
        return None
    text = str(value).casefold()
    if text not in ("true", "false"):
        raise RecordRejected(
            f"{value!r} is neither true nor false", where="custom_planned", remedy="ask the desk"
        )
    return text == "true"
