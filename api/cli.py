"""The commands that take more than one folder: demo, sources, rules backtest, signals replay."""

from __future__ import annotations

import typer

from api.backtest import cli as backtest
from api.demo_cli import EXAMPLES as DEMO_EXAMPLES
from api.demo_cli import demonstrate
from api.replay import cli as replay
from api.sources_cli import EXAMPLES as SOURCES_EXAMPLES
from api.sources_cli import sources


def add_commands(app: typer.Typer) -> None:
    """Put the demo and the list of sources on the command line."""
    app.command(name="demo", epilog=DEMO_EXAMPLES)(demonstrate)
    app.command(epilog=SOURCES_EXAMPLES)(sources)
    backtest.add_commands(app)
    replay.add_commands(app)
