"""Commands print results on stdout, errors as one sentence, and end with a documented code."""

from __future__ import annotations

import json
from typing import Any

import pytest

from api.command_line import build, exit_codes
from graph import terminal
from graph.engine import Server
from graph.settings import Settings, read_settings
from tests.commands import Command, point_at, runner


@pytest.fixture
def run(
    server: Server,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Command:
    """Runs a command against the tests' server, as if NEO4J_URI had given it."""
    point_at(server, monkeypatch, FOOTPRINT_STATE_DIR=str(settings.state_dir / "command-line"))
    return runner(capsys, app=build())


def rows(printed: str) -> list[Any]:
    return [json.loads(line) for line in printed.splitlines()]


def test_status_tells_which_server_is_used(run: Command, server: Server) -> None:
    code, printed, _ = run("db", "status", "--json")

    assert code == 0
    assert rows(printed)[0] | {"edition": ""} == {
        "running": True,
        "kind": "given",
        "uri": server.uri,
        "database": server.database,
        "version": server.version,
        "edition": "",
    }


@pytest.mark.parametrize("command", ["stop", "reset"])
def test_a_given_server_is_neither_stopped_nor_reset(run: Command, command: str) -> None:
    code, _, told = run("db", command, "--json")

    assert code == 2
    assert json.loads(told)["error"] == "UsageError"


def test_the_shell_answers_each_statement(run: Command) -> None:
    code, printed, _ = run("db", "shell", "--json", "-c", "RETURN 1 AS one; RETURN ';' AS sign")

    assert code == 0
    assert rows(printed) == [[{"one": 1}], [{"sign": ";"}]]


@pytest.mark.usefixtures("empty_graph")
def test_the_shell_writes_only_when_told_to(run: Command) -> None:
    statement = "CREATE (made:Made {on: date('2026-01-31')}) RETURN made"

    code, _, told = run("db", "shell", "-c", statement)
    assert code == 2
    assert "--write" in told

    code, printed, _ = run("db", "shell", "--write", "--json", "-c", statement)
    assert code == 0
    assert rows(printed) == [[{"made": {"labels": ["Made"], "on": "2026-01-31"}}]]


def test_a_statement_that_is_not_cypher_is_explained(run: Command) -> None:
    code, _, told = run("db", "shell", "-c", "RETURNN 1")

    assert code == 2
    assert told.startswith("error: Invalid input 'RETURNN'")


def test_an_unknown_command_points_to_the_help(run: Command) -> None:
    code, _, told = run("db", "frobnicate")

    assert code == 2
    assert "./footprint db --help" in told


def test_a_wrong_setting_ends_with_its_own_code(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTPRINT_BATCH_ROWS", "none")
    terminal.settings_of_process.cache_clear()

    code, _, told = run("db", "status")

    assert code == 2
    assert "FOOTPRINT_BATCH_ROWS" in told


def test_a_fault_of_ours_is_one_sentence_without_a_traceback(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Settings) -> Server:
        raise ZeroDivisionError("odd")

    monkeypatch.setattr("graph.cli.find_server", broken)

    code, _, told = run("db", "status")

    assert code == terminal.UNEXPECTED
    assert "a fault of Footprint: ZeroDivisionError: odd" in told
    assert "Traceback" not in told


def test_the_help_lists_every_exit_code(run: Command) -> None:
    code, printed, _ = run("--help")

    assert code == 0
    assert [f"{number}:" for number in exit_codes() if f"{number}:" not in printed] == []


def test_a_question_without_anybody_to_answer_is_an_error(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_URI", "")
    terminal.settings_of_process.cache_clear()
    assert read_settings(env_file=None).neo4j_uri is None

    code, _, told = run("db", "reset")

    assert code == 2
    assert "--yes" in told
