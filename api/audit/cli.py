"""`./footprint audit list`: who decided what, when, what for, and what became of it."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Annotated

import typer

from graph.access.audit import AuditEntry, entries
from graph.layout import Row, show_rows
from graph.opening import open_graph
from graph.terminal import AsJson, day_of, emit, group, progress, settings_of_process

EXAMPLES = (
    "Examples: ./footprint audit list | ./footprint audit list --principal 'Dana Ruiz' "
    "--since 2026-10-01 | ./footprint audit list --json"
)


def add_commands(app: typer.Typer) -> None:
    """Put them on the command line."""
    commands = group(app, "audit", "What was decided over the API, and what was refused.")
    commands.command(name="list", epilog=EXAMPLES)(list_entries)
    commands.callback()(lambda: None)  # so that `list` has to be said, as in other groups


def list_entries(
    principal: Annotated[
        str | None, typer.Option(help="Only what this one decided: its name or its id.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="Only what was decided from this day on.")] = (
        None
    ),
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 100,
    as_json: AsJson = False,
) -> None:
    """List decisions, the newest first."""
    day = day_of(since, "--since")
    moment = datetime.combine(day, time.min, UTC) if day else None
    with open_graph(settings_of_process(), progress) as (_, session):
        found = entries(session, principal=principal, since=moment, limit=limit)
    if as_json:
        emit([one.as_dict() for one in found], True)
    elif not found:
        emit("nothing was decided over the API", False)
    else:
        show_rows([_row(one) for one in found], wide=3)


def _row(one: AuditEntry) -> Row:
    became = f"{one.outcome}: {one.reason}" if one.reason else one.outcome
    for_what = f"for {one.purpose}; " if one.purpose else ""
    who = f"{one.principal_name} ({one.role})"
    return Row(
        (one.at[:16].replace("T", " "), who, one.act, one.subject, became),
        [f"{for_what}request {one.request_id}"],
    )
