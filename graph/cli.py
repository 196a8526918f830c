"""The `db` commands: start, look at, ask, reset and stop the database."""

from __future__ import annotations

import os
import sys
import webbrowser
from typing import Annotated, Any

import psutil
import typer

from graph.engine import (
    Server,
    find_server,
    open_server,
    reset_server,
    shell,
    stop_server,
)
from graph.engine.home import home_of
from graph.errors import EngineUnavailable, UsageError
from graph.terminal import AsJson, Yes, confirm, emit, progress, say, settings_of_process

app = typer.Typer(no_args_is_help=True, help="The database: start, look, ask, reset, stop.")

STOPPED_EXIT = 3


@app.command(epilog="Example: ./footprint db start --json")
def start(as_json: AsJson = False) -> None:
    """Start the local database, or find the one that runs or that NEO4J_URI gives."""
    server = open_server(settings_of_process(), progress=progress)
    took = {"seconds_to_start": round(server.seconds_to_start, 1)}
    emit(_facts(server) | took if as_json else server.sentence, as_json)


@app.command(epilog="Example: ./footprint db stop")
def stop(as_json: AsJson = False) -> None:
    """Stop the local database; its data stay. A given server is left alone."""
    settings = settings_of_process()
    if settings.neo4j_uri:
        raise UsageError(
            "the database is given by NEO4J_URI and is not ours to stop",
            where=settings.neo4j_uri,
            remedy="stop it where it was started",
        )
    stopped = stop_server(settings, progress=progress)
    words = "Neo4j stopped" if stopped else "Neo4j was not running"
    emit({"stopped": stopped} if as_json else words, as_json)


@app.command(epilog="Example: ./footprint db status --json. Exit code 3 when nothing runs.")
def status(as_json: AsJson = False) -> None:
    """Show which database is used, whether it answers, and what it takes up."""
    settings = settings_of_process()
    server = find_server(settings)
    if server is None:
        where = home_of(settings).folder
        emit({"running": False, "folder": str(where)}, as_json)
        raise typer.Exit(STOPPED_EXIT)
    facts = _facts(server) | _sizes(server)
    if not as_json:
        facts["pid"] = str(server.pid or "")
    emit(facts, as_json)


@app.command(epilog="Example: ./footprint db browser --no-open")
def browser(
    as_json: AsJson = False,
    open_it: Annotated[
        bool, typer.Option("--open/--no-open", help="Open it if there is a display.")
    ] = True,
) -> None:
    """Show where Neo4j Browser is and how to log in."""
    settings = settings_of_process()
    server = open_server(settings, progress=progress)
    if not server.browser:
        raise UsageError(
            "a server given by NEO4J_URI has its own Browser",
            where=server.uri,
            remedy="usually http://<host>:7474/browser/",
        )
    facts = {
        "address": server.browser,
        "connect_to": server.uri,
        "username": server.username,
        "password_file": str(home_of(settings).password_file),
    }
    emit(facts, as_json)
    if open_it and not as_json and (os.environ.get("DISPLAY") or sys.platform == "darwin"):
        webbrowser.open(server.browser)


@app.command(
    name="shell",
    epilog="Examples: ./footprint db shell -c 'SHOW INDEXES' "
    "| ./footprint db shell < question.cypher",
)
def cypher_shell(
    query: Annotated[
        str | None, typer.Option("--query", "-c", help="Statements to run, then end.")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Allow statements that write.")] = False,
    as_json: AsJson = False,
) -> None:
    """Ask the database in Cypher: interactively, with -c, or from standard input."""
    server = open_server(settings_of_process(), progress=progress)
    with shell.open_shell(server, write=write) as session:
        if query is not None:
            _answer(session, query, as_json)
        elif sys.stdin.isatty():
            say(f"{server.sentence}. End a statement with ; and leave with Ctrl-D.")
            shell.converse(lambda text: _answer(session, text, as_json))
        else:
            _answer(session, sys.stdin.read(), as_json)


@app.command(epilog="Example: ./footprint db reset --yes")
def reset(yes: Yes = False, as_json: AsJson = False) -> None:
    """Delete the local database's data. Evidence files stay, and can be loaded again."""
    settings = settings_of_process()
    if settings.neo4j_uri:
        raise UsageError(
            "the database is given by NEO4J_URI, and only the local one can be reset",
            where=settings.neo4j_uri,
            remedy="unset NEO4J_URI to mean the local one",
        )
    folder = home_of(settings).folder
    confirm(f"Delete all data of the local database in {folder}?", yes=yes)
    reset_server(settings, progress=progress)
    emit({"reset": str(folder)} if as_json else f"deleted {folder}", as_json)


def _answer(session: shell.Shell, text: str, as_json: bool) -> None:
    for answer in session.ask(text):
        if as_json:
            emit(answer.rows, as_json)
            continue
        if answer.rows:
            emit(answer.rows[: shell.SHOWN_ROWS], as_json)
        say(answer.sentence)


def _facts(server: Server) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "running": True,
        "kind": server.kind,
        "uri": server.uri,
        "database": server.database,
        "version": server.version,
        "edition": server.edition,
    }
    if server.kind == "child":
        facts |= {
            "browser": server.browser,
            "pid": server.pid,
            "folder": str(home_of(settings_of_process()).folder),
        }
    return facts


def _sizes(server: Server) -> dict[str, Any]:
    if server.kind != "child":
        return {}
    try:
        resident = psutil.Process(server.pid).memory_info().rss
    except psutil.NoSuchProcess:
        raise EngineUnavailable("Neo4j ended just now", remedy="./footprint db start") from None
    data = home_of(settings_of_process()).data
    stored = sum(file.stat().st_size for file in data.rglob("*") if file.is_file())
    return {"memory_mb": resident // 2**20, "disk_mb": stored // 2**20}
