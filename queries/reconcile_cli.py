"""The command that reconciles inventory, billing and contracts."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from graph.connection import ReadSession
from graph.errors import NotFound
from graph.terminal import AsJson, day_of, emit, settings_of_process
from queries.reconciliation.compared import Cleared
from queries.reconciliation.finding import Finding
from queries.reconciliation.kinds import KINDS
from queries.reconciliation.settled import Settled, settled
from queries.reconciliation.worklist import totals
from queries.terminal.conversation import converse, evidence_store
from queries.terminal.reconciled_told import show_worklist

EXAMPLES = (
    "Examples: ./footprint reconcile | ./footprint reconcile --kind never_billed --limit 100 | "
    "./footprint reconcile --account NAME --json | "
    "./footprint reconcile --since 2026-10-01 (what is new and what cleared since that day)"
)
Kind = StrEnum("Kind", {name: name for name in KINDS})  # type: ignore[misc]  # the names are data


def add_command(app: typer.Typer) -> None:
    """Put the command on the command line."""
    app.command(epilog=EXAMPLES)(reconcile)


def reconcile(
    account: Annotated[
        str | None, typer.Option(help="Only what has this in its customer or billing account.")
    ] = None,
    kind: Annotated[
        Kind | None, typer.Option(metavar="KIND", help=f"Only this kind: {', '.join(KINDS)}.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="Compare with that day's worklist; else with the last one.")
    ] = None,
    limit: Annotated[int, typer.Option(min=0, help="How many lines at most.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Show where inventory, billing and contracts disagree, with the money at stake."""
    day, store = day_of(since, "--since"), evidence_store()

    async def question(graph: ReadSession) -> Settled:
        return await settled(graph, store, base=settings_of_process().base_currency, since=day)

    today = converse(question)
    found = [one for one in today.findings if _wanted(one, account, kind)]
    cleared = [one for one in today.cleared if _wanted(one.finding, account, kind)]
    if account is not None and not found and not cleared:
        raise NotFound(
            f"nothing is to be settled for {account!r}",
            remedy="./footprint reconcile shows all; the account may be in order",
        )
    if as_json:
        emit(_plain(today, found, cleared, limit), True)
    else:
        show_worklist(today.on, today.base, found, cleared, before=today.before, limit=limit)


def _wanted(one: Finding, account: str | None, kind: str | None) -> bool:
    if kind is not None and one.kind != kind:
        return False
    asked = (account or "").casefold()
    names = (one.customer, one.account, one.account_id)
    return any(asked in (name or "").casefold() for name in names)


def _plain(
    today: Settled,
    found: list[Finding],
    cleared: list[Cleared],
    limit: int,
) -> dict[str, object]:
    """Everything for programs; the totals count all, the findings end at the limit."""
    return {
        "on": today.on,
        "base": today.base,
        "compared_with": today.before,
        "totals": [asdict(one) for one in totals(found)],
        "findings": [asdict(one) | {"is_sure": one.is_sure} for one in found[:limit]],
        "cleared": [asdict(one) for one in cleared],
    }
