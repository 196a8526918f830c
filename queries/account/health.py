"""How a customer's services fare: availability against what was promised, trouble, degradation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from queries.account.availability import Availability
from queries.account.figure import Figure, Known, of
from queries.account.portfolio import counted
from queries.account.services import Services
from queries.account.tickets import Ticket

TROUBLED = ("degraded", "failed", "limited", "stopped", "stopping")
"""Operating statuses (TMF638) of a service in service that are not as they should be."""


@dataclass(slots=True)
class Health:
    """How the services of a customer fare."""

    availability: Figure
    """Mean of the last whole month that was measured, 0 to 1."""
    target: float | None
    """Mean of what was promised."""
    month: date | None
    """That month."""
    measured: int
    """Services measured in that month."""
    missed: Figure
    """Services below what was promised in that month."""
    missed_before: list[int]
    """The same in the months before, oldest first."""
    worst: list[str]
    """Names of the services that missed it by most."""
    open_tickets: Figure
    """Tickets that were open on the day."""
    open_by_severity: dict[str, int]
    """Severity (1 is worst) -> tickets."""
    outages: Figure
    """Unplanned faults with downtime that were opened in the days before."""
    outage_minutes: int
    """Minutes of downtime in those outages."""
    troubled: Figure
    """Services that run degraded, limited or not at all."""
    troubled_names: list[str]
    """Their names."""
    tickets: list[Ticket]
    """Open ones first, the worst first."""
    unknown: list[str]


def health(
    services: Services, months: Sequence[Availability], tickets: Sequence[Ticket], known: Known
) -> Health:
    """How the services of a customer fare, from measures and tickets."""
    running = [place for place, runs in enumerate(services.in_service) if runs]
    names = dict(zip(services.ids, services.names, strict=True))
    troubled = [place for place in running if services.operating_statuses[place] in TROUBLED]
    last = months[-1] if months else None
    said = last.source_ids if last else []
    still = [one for one in tickets if one.is_open]
    outages = [one for one in tickets if not one.is_planned and (one.downtime_minutes or 0) > 0]
    told = {one.source_id for one in tickets}
    tickets_known = "TroubleTicket" in known.labels
    return Health(
        availability=known.figure(last.value if last else None, "share", said),
        target=last.target if last else None,
        month=last.month if last else None,
        measured=last.measured_count if last else 0,
        missed=known.figure(last.missed_count if last else None, "services", said),
        missed_before=[one.missed_count for one in months[:-1]],
        worst=[names.get(one) or one for one in last.worst_ids] if last else [],
        open_tickets=known.figure(len(still) if tickets_known else None, "tickets", told),
        open_by_severity=dict(sorted(counted(one.severity or "?" for one in still).items())),
        outages=known.figure(len(outages) if tickets_known else None, "tickets", told),
        outage_minutes=sum(one.downtime_minutes or 0 for one in outages),
        troubled=known.figure(
            len(troubled) if services.ids else None, "services", services.source_ids
        ),
        troubled_names=sorted(services.names[place] for place in troubled),
        tickets=list(tickets),
        unknown=_unknown(len(running), last, tickets_known),
    )


def _unknown(running: int, last: Availability | None, tickets_known: bool) -> list[str]:
    said = [] if tickets_known else ["no source has told of any ticket"]
    if last is None:
        return [*said, f"no telemetry for any of {running:,} services"] if running else said
    said += of(max(running - last.measured_count, 0), running, "services", "no telemetry")
    said += of(
        last.without_target_count, last.measured_count, "measured services", "no promised level"
    )
    if last.coverage is not None and last.coverage < 0.95:
        said.append(f"only {last.coverage:.0%} of {last.month:%B} was measured")
    return said
