"""The loader commands as a person and a program use them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
import typer
from typer.testing import CliRunner

from graph.connection import BatchSession
from graph.engine import Server
from graph.settings import ROOT
from loaders.cli import add_commands
from loaders.freshness import allowed_age
from tests.commands import Command, point_at, runner, write_at_width

HEADER = "id,name,parent_id,is_deleted,created_date\n"


@pytest.fixture
def variables(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment in which commands find the tests' database and evidence."""
    write_at_width(200, monkeypatch)
    return point_at(server, monkeypatch, FOOTPRINT_EVIDENCE=str(tmp_path / "evidence"))


@pytest.fixture
def footprint(
    variables: dict[str, str], batches: BatchSession, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Run a command in this process: `footprint("loads", "list")`."""
    return runner(capsys, add_commands)


@pytest.fixture
def export(tmp_path: Path) -> Callable[..., str]:
    def export(*rows: str) -> str:
        path = tmp_path / "accounts.csv"
        path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        return str(path)

    return export


def many(count: int) -> list[str]:
    return [f"{number},Company {number},,false," for number in range(count)]


class TestLoad:
    def test_a_complete_load_shows_counts_that_add_up(
        self, footprint: Command, export: Callable[..., str]
    ) -> None:
        answer = footprint("load", "crm", export(*many(3)), "--as-of", "2026-01-31", "--full")

        assert answer.code == 0
        assert "crm: COMPLETE" in answer.out
        assert "3 read = 3 loaded" in answer.out

    def test_a_partial_load_ends_with_5_and_says_why_and_what_next(
        self, footprint: Command, export: Callable[..., str]
    ) -> None:
        path = export("1,Acme,,false,2024-02-31")
        answer = footprint("load", "crm", path, "--json")

        assert answer.code == 5
        assert (answer.value["status"], answer.value["rejected"]) == ("PARTIAL", 1)
        assert answer.value["next"] == "./footprint quarantine list crm"
        error = orjson.loads(answer.err.splitlines()[-1])
        assert error["error"] == "SourceError"
        assert "in quarantine: 1; see ./footprint quarantine list" in error["what"]

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            (("load", "nobody", "x.csv"), "there is no source 'nobody'"),
            (("load", "crm", "missing.csv"), "there is no file or folder missing.csv"),
            (("load", "crm", "/", "--option", "x"), "--option x is not name=value"),
            (("load", "crm", "/", "--as-of", "31/02"), "--as-of 31/02 is not a day"),
            (("loads", "show", "ffff"), "no load run has the id ffff"),
            (("quarantine", "show", "ffff"), "nothing in quarantine has the id ffff"),
            (("quarantine", "retry"), "say what to retry"),
        ],
    )
    def test_what_cannot_be_is_told_in_one_line(
        self, footprint: Command, arguments: tuple[str, ...], sentence: str
    ) -> None:
        answer = footprint(*arguments)

        assert answer.code in (2, 8)
        assert answer.out == ""
        assert answer.err.startswith(f"error: {sentence}")
        assert answer.err.count("\n") == 1

    def test_runs_are_told_on_a_line_each_with_the_reason_below(
        self, footprint: Command, export: Callable[..., str]
    ) -> None:
        footprint("load", "crm", export(*many(3)), "--as-of", "2026-01-31")
        footprint("load", "crm", export("7,Acme,,false,2024-02-31"), "--as-of", "2026-02-01")

        newest, reason, first = footprint("loads").out.splitlines()
        assert newest[8:] == "  crm  2026-02-01  PARTIAL   1 read = 1 rejected"
        assert reason == "          in quarantine: 1; see ./footprint quarantine list"
        assert first[8:] == "  crm  2026-01-31  COMPLETE  3 read = 3 loaded"


class TestDecisions:
    def test_a_held_load_ends_with_6_and_closes_once_it_is_approved(
        self, footprint: Command, export: Callable[..., str]
    ) -> None:
        footprint("load", "crm", export(*many(5)), "--full", "--as-of", "2026-01-01")
        held = footprint(
            "load", "crm", export(*many(1)), "--full", "--as-of", "2026-02-01", "--json"
        )
        (waiting,) = footprint("loads", "list", "--held", "--json").value
        approved = footprint("loads", "approve", waiting["id"][:13], "--json").value

        assert held.code == 6
        assert held.value["id"] == waiting["id"]
        assert (approved["mode"], approved["closed"]) == ("approval", 4)
        assert footprint("loads", "list", "--held", "--json").value == []
        assert (
            "does not wait for approval (approved)"
            in footprint("loads", "approve", waiting["id"]).err
        )

    def test_a_rejected_closing_keeps_its_reason(
        self, footprint: Command, export: Callable[..., str]
    ) -> None:
        footprint("load", "crm", export(*many(5)), "--full", "--as-of", "2026-01-01")
        footprint("load", "crm", export(*many(1)), "--full", "--as-of", "2026-02-01")
        (held,) = footprint("loads", "list", "--held", "--json").value
        footprint("loads", "reject", held["id"], "--reason", "cut off")

        shown = footprint("loads", "show", held["id"], "--json").value
        assert shown["closing"] == "rejected"
        assert shown["reason"].endswith("; rejected: cut off")


class TestQuarantine:
    def test_a_rejected_record_is_listed_shown_with_its_payload_and_retried(
        self, footprint: Command, export: Callable[..., str]
    ) -> None:
        footprint("load", "crm", export("1,Acme,,false,2024-02-31"))
        (item,) = footprint("quarantine", "list", "crm", "--json").value
        shown = footprint("quarantine", "show", item["id"][:8], "--json").value
        (run,) = footprint("quarantine", "retry", "crm", "--json").value

        assert (item["line"], item["field"], item["native_id"]) == (2, "created_date", "1")
        assert shown["payload"] == {
            "id": "1",
            "name": "Acme",
            "is_deleted": "false",
            "created_date": "2024-02-31",
        }
        assert (run["mode"], run["status"], run["read"], run["rejected"]) == (
            "retry",
            "PARTIAL",
            1,
            1,
        )

    def test_a_rejected_record_is_told_in_two_lines_what_and_why(
        self, footprint: Command, export: Callable[..., str]
    ) -> None:
        footprint("load", "crm", export("1,Acme,,false,2024-02-31"))

        where, why = footprint("quarantine", "list").out.splitlines()
        assert where[8:] == "  crm account 1, accounts.csv:2, field created_date"
        assert why.startswith("          ")
        assert " -> " in why


class TestOthers:
    def test_a_day_that_has_come_changes_tenses_once(
        self, footprint: Command, export: Callable[..., str]
    ) -> None:
        footprint("load", "crm", export("1,Acme,,false,2999-01-01"), "--as-of", "2026-01-01")

        first = footprint("due", "--on", "2999-01-01", "--json").value
        assert first == {"day": "2999-01-01", "changed": 2}
        assert footprint("due", "--on", "2999-01-01", "--json").value["changed"] == 0

    def test_a_rebuild_needs_a_yes_and_gives_the_graph_back(
        self, footprint: Command, export: Callable[..., str], batches: BatchSession
    ) -> None:
        footprint("load", "crm", export(*many(3)))
        refused = footprint("rebuild")
        done = footprint("rebuild", "--yes", "--json").value

        assert refused.code == 2
        assert (done["runs"], done["rows"], done["differences"]) == (1, 3, [])
        assert batches.rows("MATCH (n:LegalEntity) RETURN count(n) AS entities") == [(3,)]

    def test_every_command_explains_itself_with_an_example(self) -> None:
        app = typer.Typer()
        add_commands(app)
        for words in (
            "load",
            "loads",
            "loads list",
            "loads show",
            "loads approve",
            "loads reject",
            "quarantine list",
            "quarantine show",
            "quarantine retry",
            "due",
            "rebuild",
        ):
            result = CliRunner().invoke(app, [*words.split(), "--help"])
            assert result.exit_code == 0, words
            assert "Example" in result.output, words

    def test_it_works_as_a_process(
        self, variables: dict[str, str], batches: BatchSession, export: Callable[..., str]
    ) -> None:
        ended = subprocess.run(
            [str(ROOT / "footprint"), "load", "crm", export(*many(2)), "--json"],
            env={**os.environ, **variables},
            capture_output=True,
            timeout=250,
        )

        assert (ended.returncode, orjson.loads(ended.stdout)["loaded"]) == (0, 2), ended.stderr


@pytest.mark.parametrize(
    ("duration", "hours"), [("P1D", 24), ("PT36H", 36), ("P1W", 168), ("P1M", 744)]
)
def test_a_duration_is_a_span(duration: str, hours: int) -> None:
    assert allowed_age(duration).total_seconds() == hours * 3600
