"""Commands run in the tests' own process, on the tests' database."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from types import ModuleType
from typing import Any, NamedTuple

import orjson
import pytest
import typer

from graph.connection import BatchSession
from graph.engine import Server
from graph.terminal import console, run_and_tell, settings_of_process


class Told(NamedTuple):
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        """What it wrote with `--json`."""
        return orjson.loads(self.out)


Command = Callable[..., Told]


def point_at(server: Server, patch: pytest.MonkeyPatch, **more: str) -> dict[str, str]:
    """Let commands find the tests' database by their environment, which is given back."""
    given = {
        "NEO4J_URI": server.uri,
        "NEO4J_USERNAME": server.username,
        "NEO4J_PASSWORD": server.password,
        "NEO4J_DATABASE": server.database,
        **more,
    }
    for name, value in given.items():
        patch.setenv(name, value)
    settings_of_process.cache_clear()
    return given


def write_at_width(columns: int, patch: pytest.MonkeyPatch) -> None:
    """Let commands write lines of this many columns, however wide the terminal of the tests is."""
    patch.setattr(console, "width", columns)


def open_on(
    cli: ModuleType, server: Server, session: BatchSession, patch: pytest.MonkeyPatch
) -> None:
    """Let the commands of a module find the tests' database open already."""
    patch.setattr(cli, "open_graph", lambda *_: nullcontext((server, session)))


def runner(
    capsys: pytest.CaptureFixture[str],
    *groups: Callable[[typer.Typer], object],
    app: typer.Typer | None = None,
) -> Command:
    """Runs the commands of a command line, or of these groups: `run("loads", "list")`."""
    app = app or typer.Typer()
    for add_commands in groups:
        add_commands(app)

    def run(*arguments: str) -> Told:
        capsys.readouterr()
        code = run_and_tell(app, arguments)
        return Told(code, *capsys.readouterr())

    return run
