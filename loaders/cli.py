"""The loader commands of ./footprint: load, loads, quarantine, due, rebuild, carrier."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graph.errors import RunHeld, SourceError, UsageError
from graph.facts import due as tenses
from graph.facts import run as lifecycle
from graph.facts.run import Run
from graph.terminal import AsJson, day_of, emit, progress
from loaders import loads_cli, quarantine_cli
from loaders.carrier import cli as carrier_cli
from loaders.outcome import show_run
from loaders.rebuild_cli import EXAMPLES as REBUILD_EXAMPLES
from loaders.rebuild_cli import rebuild
from loaders.source import find_source
from loaders.sync import sync
from loaders.workplace import open_workplace


def add_commands(app: typer.Typer) -> None:
    """Put the loader commands on the command line."""
    app.command(epilog=LOAD_EXAMPLES)(load)
    app.add_typer(loads_cli.app, name="loads")
    app.add_typer(quarantine_cli.app, name="quarantine")
    app.command(epilog="Examples: ./footprint due | ./footprint due --on 2026-02-01")(due)
    app.command(epilog=REBUILD_EXAMPLES)(rebuild)
    app.add_typer(carrier_cli.app, name="carrier")


LOAD_EXAMPLES = (
    "Examples: ./footprint load crm accounts.csv --as-of 2026-01-31 | "
    "./footprint load crm exports/ --full --scope emea. "
    "Exit code 0: complete. 5: partial, with the reason. 6: closings wait for approval."
)


def load(
    source: Annotated[str, typer.Argument(help="Name of the source; see ./footprint sources.")],
    path: Annotated[Path, typer.Argument(help="File or folder of the delivery.")],
    as_of: Annotated[
        str | None, typer.Option(help="Day that the delivery speaks of; today if not given.")
    ] = None,
    full: Annotated[
        bool,
        typer.Option("--full", help="It is all that the source holds: what is absent has ended."),
    ] = False,
    scope: Annotated[str, typer.Option(help="Part of the source that the delivery covers.")] = "",
    option: Annotated[
        list[str] | None, typer.Option(help="name=value for the source; may be repeated.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Load one delivery of a source."""
    found, given = find_source(source), _named(option or [])
    if not path.exists():
        raise UsageError(f"there is no file or folder {path}", remedy="check the path")
    day = day_of(as_of, "--as-of")
    with open_workplace() as place:
        as_of_day = day or place.now.date()
        order = place.order(path, as_of=as_of_day, full=full, scope=scope, options=given)
        run = sync(found, order, place.session, place.evidence, progress=progress)
    show_run(run, as_json)
    _tell_outcome(run)


def due(
    on: Annotated[str | None, typer.Option(help="The day it is; today if not given.")] = None,
    as_json: AsJson = False,
) -> None:
    """Give every fact whose end or start has come the tense it has today."""
    given = day_of(on, "--on")
    with open_workplace() as place:
        today = given or place.now.date()
        lifecycle.take_lease(place.session)
        try:
            changed = tenses.retype_due(place.session, today)
        finally:
            lifecycle.drop_lease(place.session)
    sentence = f"{changed:,} facts changed their tense on {today}"
    emit({"day": today.isoformat(), "changed": changed} if as_json else sentence, as_json)


def _named(options: list[str]) -> dict[str, str]:
    pairs = [option.partition("=") for option in options]
    for name, equals, value in pairs:
        if not name or not equals:
            raise UsageError(
                f"--option {name}{equals}{value} is not name=value",
                remedy="like --option schema=maven",
            )
    return {name: value for name, _, value in pairs}


def _tell_outcome(run: Run) -> None:
    if run.closing == "held":
        raise RunHeld(run.reason.partition(";")[0], where=f"run {run.id[:8]}", remedy=_decide(run))
    if run.status == "PARTIAL":
        what, _, remedy = run.reason.partition(" -> ")
        raise SourceError(
            f"the load is partial: {what}",
            remedy=remedy or "set it right, then load again: what was read is skipped",
        )


def _decide(run: Run) -> str:
    short = run.id[:8]
    return f"./footprint loads approve {short}, or ./footprint loads reject {short} --reason ..."
