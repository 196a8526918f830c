"""The commands of several folders: demo, serve, sources, backtest, replay, feeds, keys ..."""

from __future__ import annotations

import typer

from api.audit import cli as audit
from api.backtest import cli as backtest
from api.demo_cli import EXAMPLES as DEMO_EXAMPLES
from api.demo_cli import demonstrate
from api.feeds import cli as feeds
from api.keys import cli as keys
from api.replay import cli as replay
from api.serve_cli import EXAMPLES as SERVE_EXAMPLES
from api.serve_cli import serve
from api.sources_cli import EXAMPLES as SOURCES_EXAMPLES
from api.sources_cli import sources
from api.webhooks import cli as webhooks


def add_commands(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.command(name="demo", epilog=DEMO_EXAMPLES)(demonstrate)
    app.command(epilog=SOURCES_EXAMPLES)(sources)
    app.command(epilog=SERVE_EXAMPLES)(serve)
    backtest.add_commands(app)
    replay.add_commands(app)
    feeds.add_commands(app)
    keys.add_commands(app)
    audit.add_commands(app)
    webhooks.add_commands(app)
