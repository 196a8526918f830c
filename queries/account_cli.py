"""The command that shows the whole of one customer: account."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from graph.connection import ReadSession
from graph.terminal import AsJson, day_of, emit, say, settings_of_process
from queries.account.account_glance import AccountGlance, account_glance
from queries.account.milestones import HORIZON_DAYS
from queries.entity.find import the_one
from queries.terminal.account_parts import show_parts
from queries.terminal.account_told import show_summary
from queries.terminal.conversation import converse

EXAMPLES = (
    "Examples: ./footprint account NAME | ./footprint account LEI "
    "--as-of 2026-10-15 --all | ./footprint account crm_emea:account:4711 --brief"
)


def account(
    what: Annotated[
        str,
        typer.Argument(help="The company at the top: its id, reference, any number, or its name."),
    ],
    as_of: Annotated[
        str | None,
        typer.Option(help="Day to show; the newest that any source speaks of if not given."),
    ] = None,
    horizon: Annotated[
        int, typer.Option(min=1, max=3650, help="Days ahead in which dates of contracts count.")
    ] = HORIZON_DAYS,
    brief: Annotated[bool, typer.Option("--brief", help="Only the summary.")] = False,
    whole: Annotated[bool, typer.Option("--all", help="Fold nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show the whole of one customer: services, billing, health, dates, pipeline, sellers.

    A customer is a company and all below it in the legal or the commercial view. Amounts are told
    in FOOTPRINT_BASE_CURRENCY.
    """
    day = day_of(as_of, "--as-of")
    today = datetime.now(UTC).date()

    async def question(graph: ReadSession) -> AccountGlance:
        return await account_glance(
            graph,
            id=(await the_one(graph, what)).entity_id,
            base_currency=settings_of_process().base_currency,
            today=today,
            valid_on=day,
            horizon_days=horizon,
        )

    found = converse(question)
    if as_json:
        emit(asdict(found), True)
        return
    show_summary(found)
    if not brief:
        show_parts(found, whole=whole)
    name = found.root.name or found.root.entity_id
    say(f"next: ./footprint tree '{name}' | ./footprint changes '{name}' --from ... --to ...")
