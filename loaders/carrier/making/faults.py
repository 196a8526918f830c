"""What is complained of: tickets, as a healthy network has them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from loaders.carrier.draw import Draw
from loaders.carrier.making.draft import Draft
from loaders.carrier.world.service import Service, Ticket
from loaders.carrier.world.timeline import Timeline

EACH_MONTH = 0.022
"""Tickets a service and month; two of one service within 90 days are planted only."""

SUBJECTS = {
    "fault": ("Packet loss reported", "Slow connection", "Link flapping", "No service at site"),
    "planned_work": ("Planned maintenance window", "Software upgrade of access node"),
    "request": ("Change of contact", "Question on the bill", "Configuration change"),
}
CAUSES = ("cpe_fault", "configuration", "power_at_site", "supplier_fault")


def add_tickets(draft: Draft, draw: Draw) -> None:
    """Minor tickets over the months of history and the thirty days, at most one a service."""
    months = draft.config.size.telemetry_months + 1
    for service in list(draft.services.values()):
        if not draw.chance(EACH_MONTH * months):
            continue
        day = draft.day(draw.number(-30 * (months - 1), draft.config.last_day))
        if not service.activated_on < day < service.ceased_on:
            continue
        kind = draw.early(("fault", "request", "planned_work"), 1.4)
        cause = draw.pick(CAUSES) if kind == "fault" else ""
        add_ticket(draft, draw, service, day, kind=kind, severity=draw.number(3, 4), cause=cause)


def add_ticket(
    draft: Draft,
    draw: Draw,
    service: Service,
    day: date,
    *,
    kind: str = "fault",
    severity: int = 3,
    cause: str = "",
    minutes: int = 0,
    caused_by: str = "carrier",
    incident: str = "",
    hours: int = 0,
) -> Ticket:
    """A ticket that is opened on a day and closed within days."""
    opened = datetime.combine(day, time(draw.number(5, 20), draw.number(0, 59)), UTC)
    resolved = opened + timedelta(hours=hours or draw.number(2, 30))
    closed = (resolved + timedelta(days=2)).date()
    key = draft.key("t")
    subject = draw.pick(SUBJECTS[kind])
    city = draft.sites[service.site].city
    ticket = Ticket(
        key=key,
        service=service.key,
        entity=service.entity,
        subject=subject,
        text=f"{subject}. Circuit {service.circuit}, {city.name}.",
        severity=severity,
        kind=kind,
        root_cause=cause,
        caused_by=caused_by if kind != "request" else "customer",
        incident=incident,
        status=Timeline(
            ((day, "inProgress"), (resolved.date(), "resolved"), (closed, "closed"))
            if resolved.date() > day
            else ((day, "resolved"), (closed, "closed"))
        ),
        opened_at=opened,
        resolved_at=resolved,
        downtime_minutes=minutes,
        timezone=city.timezone,
    )
    draft.tickets[key] = ticket
    return ticket
