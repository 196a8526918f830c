"""The `loads` commands: what was loaded, and decisions about closings that wait."""

from __future__ import annotations

from typing import Annotated

import typer

from graph.facts import run as lifecycle
from graph.terminal import AsJson
from loaders.held import approve_held, reject_held
from loaders.outcome import show_run, show_runs
from loaders.workplace import open_workplace

app = typer.Typer(
    invoke_without_command=True,
    help="Load runs: list, show, approve or reject what a run would close.",
    epilog="Examples: ./footprint loads | ./footprint loads list --held | "
    "./footprint loads approve 1b4e28ba",
)

RunId = Annotated[str, typer.Argument(help="Id of the run, or enough of its beginning.")]


@app.callback()
def loads(context: typer.Context, as_json: AsJson = False) -> None:
    """List load runs unless another command is given."""
    if context.invoked_subcommand is None:
        _list(None, None, False, 20, as_json)


@app.command(
    name="list",
    epilog="Examples: ./footprint loads list crm --limit 5 | ./footprint loads list --held --json",
)
def list_runs(
    source: Annotated[str | None, typer.Argument(help="Only runs of this source.")] = None,
    status: Annotated[
        str | None, typer.Option(help="RUNNING, COMPLETE, PARTIAL or FAILED.")
    ] = None,
    held: Annotated[bool, typer.Option("--held", help="Only runs that wait for approval.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 20,
    as_json: AsJson = False,
) -> None:
    """List load runs, the newest first."""
    _list(source, status, held, limit, as_json)


@app.command(epilog="Example: ./footprint loads show 1b4e28ba --json")
def show(run: RunId, as_json: AsJson = False) -> None:
    """Show one load run: its counts, warnings, reason, and what to do next."""
    with open_workplace() as place:
        show_run(place.run(run), as_json)


@app.command(epilog="Example: ./footprint loads approve 1b4e28ba")
def approve(run: RunId, as_json: AsJson = False) -> None:
    """Close what a held run found absent, if it still is."""
    with open_workplace() as place:
        done = approve_held(place.session, place.evidence, place.run(run), now=place.now)
    show_run(done, as_json)


@app.command(epilog="Example: ./footprint loads reject 1b4e28ba --reason 'the export was cut off'")
def reject(
    run: RunId,
    reason: Annotated[str, typer.Option(help="Why nothing is to be closed.")],
    as_json: AsJson = False,
) -> None:
    """Leave open what a held run found absent."""
    with open_workplace() as place:
        done = reject_held(place.session, place.evidence, place.run(run), reason)
    show_run(done, as_json)


def _list(source: str | None, status: str | None, held: bool, limit: int, as_json: bool) -> None:
    with open_workplace() as place:
        found = lifecycle.runs(
            place.session,
            source=source,
            status=status.upper() if status else None,
            closing="held" if held else None,
            limit=limit,
        )
    show_runs(found, as_json)
