"""The commands that take more than one folder: demo, sources."""

from __future__ import annotations

from typing import Annotated

import typer

from api.demo import ROOT_NAME, load_demo
from api.sources_cli import EXAMPLES as SOURCES_EXAMPLES
from api.sources_cli import sources
from graph.terminal import AsJson, Yes, confirm, console, emit, progress, say, settings_of_process
from loaders.demo.world import FIRST, SECOND
from loaders.outcome import sum_of
from queries import cli as asking
from queries.view import View

NEXT = f"""
Ask next:
  ./footprint tree "{ROOT_NAME}" --as-of {FIRST.year}-12-31     how it stood last year
  ./footprint changes "{ROOT_NAME}" --from {FIRST.year}-12-31 --to {SECOND}
  ./footprint why "Oskelund Paints Holding ApS"               where every value and fact comes from
  ./footprint entity "Brightmoor Logistics plc"               everything about one company
  ./footprint search kyushu                                   by any name, number or accent
  ./footprint db browser                                      the same graph in Neo4j Browser
  ./footprint --help                                          all commands"""


def add_commands(app: typer.Typer) -> None:
    """Put the demo and the list of sources on the command line."""
    app.command(epilog="Example: ./footprint demo. Doing it again loads nothing twice.")(demo)
    app.command(epilog=SOURCES_EXAMPLES)(sources)


def demo(
    yes: Yes = False,
    show: Annotated[bool, typer.Option(help="Draw the tree at the end.")] = True,
    as_json: AsJson = False,
) -> None:
    """Load an invented group of companies, two deliveries a year apart, and show its tree."""
    settings = settings_of_process()
    if settings.neo4j_uri:
        confirm(f"Load the demo into {settings.neo4j_uri}?", yes=yes)
    server, runs = load_demo(settings, progress)
    if as_json:
        emit([run.properties() for run in runs], True)
        return
    say(server.sentence)
    for run in runs:
        say(f"{run.source} as of {run.as_of}: {run.status}, {sum_of(run)}")
        if run.reason:
            say(f"  {run.reason}")
    if show:
        console.print()
        asking.tree(ROOT_NAME, view=View.legal)
        say(NEXT)
