"""`./footprint rules`: what an author is told, and with which exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer

from graph.terminal import run_and_tell
from rules import cli
from rules.engine.files.format import rule_paths
from tests.rules.engine.sample import write_rule
from tests.rules.engine.test_pack import DIFFERS, write_pack


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> typer.Typer:
    """The commands on rules in a folder of the test's own."""
    monkeypatch.setattr(cli, "FOLDER", tmp_path)
    monkeypatch.setattr(cli, "rule_paths", lambda: rule_paths(tmp_path))
    made = typer.Typer()
    cli.add_commands(made)
    made.command()(lambda: None)
    return made


def test_what_is_new_is_in_order(app: typer.Typer, tmp_path: Path) -> None:
    written = run_and_tell(app, ["rules", "new", "renewal/an_own_rule"])
    again = run_and_tell(app, ["rules", "new", "renewal/an_own_rule"])
    unnamed = run_and_tell(app, ["rules", "new", "AnOwnRule"])

    assert (written, again, unnamed) == (0, 2, 2)
    assert run_and_tell(app, ["rules", "check"]) == 0


def test_faults_are_told_with_file_line_reason_and_mend(
    app: typer.Typer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_rule(tmp_path, cypher=("HAS_ITEM", "HAS_ITEMS"))

    code = run_and_tell(app, ["rules", "check", str(path)])
    told = capsys.readouterr()
    assert (code, told.err) == (4, "1 rule, 1 fault\n")
    assert told.out.replace("\n", "") == (
        f"{path.with_suffix('.cypher')}:4: the model has no type HAS_ITEMS -> "
        "did you mean HAS_ITEM?"
    )

    run_and_tell(app, ["rules", "check", str(path), "--json"])
    assert [one["reason"] for one in json.loads(capsys.readouterr().out)["faults"]] == [
        "the model has no type HAS_ITEMS"
    ]


def test_a_file_that_is_no_rule_is_a_fault_and_does_not_hide_the_others(
    app: typer.Typer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_rule(tmp_path)
    (tmp_path / "renewal" / "broken.yaml").write_text("id: [\n", encoding="utf-8")

    code = run_and_tell(app, ["rules", "check", "--json"])
    found = json.loads(capsys.readouterr().out)

    assert (code, found["rules"], len(found["faults"])) == (4, 2, 1)
    assert found["faults"][0]["reason"].startswith("is no YAML")


def test_the_schema_is_json(app: typer.Typer, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_and_tell(app, ["rules", "schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Rule"


def test_format_changes_what_is_not_in_form_and_check_only_says_so(
    app: typer.Typer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_rule(tmp_path, cypher=("ORDER BY item_id", "ORDER BY item_id   "))
    before = path.with_suffix(".cypher").read_text(encoding="utf-8")
    check = ["rules", "format", "--check", "--json"]

    code = run_and_tell(app, check)
    assert (code, json.loads(capsys.readouterr().out)["faults"]) == (
        4,
        [
            {
                "where": f"{path.with_suffix('.cypher')}:11",
                "reason": "is not in its one form",
                "mend": f"./footprint rules format {path}",
            }
        ],
    )
    assert path.with_suffix(".cypher").read_text(encoding="utf-8") == before

    assert run_and_tell(app, ["rules", "format"]) == 0
    assert path.with_suffix(".cypher").read_text(encoding="utf-8") == before.replace("   \n", "\n")
    assert run_and_tell(app, check) == 0


def test_format_brings_packs_into_their_one_form_too(
    app: typer.Typer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, because, message, rest = DIFFERS.split("\n", 3)
    rule = write_pack(tmp_path, "\n".join([message, because, rest]))
    region = tmp_path / "packs" / "north"
    (region / "pack.yaml").write_text('countries: [SE, "NO"]\ntitle: Where it takes long\n')

    assert run_and_tell(app, ["rules", "format", "--check"]) == 4
    assert f"rules format {region / rule.name}" in capsys.readouterr().out.replace("\n", "")
    assert run_and_tell(app, ["rules", "format", "--json"]) == 0

    formatted = [str(region / rule.name), str(region / "pack.yaml")]
    assert json.loads(capsys.readouterr().out) == {"rules": 1, "formatted": formatted}
    text = (region / "pack.yaml").read_text()
    assert text == 'title: Where it takes long\ncountries: ["NO", SE]\n'
    assert (region / rule.name).read_text() == "\n".join([because, message, rest])
    assert run_and_tell(app, ["rules", "format", "--check"]) == 0
    assert run_and_tell(app, ["rules", "format", "--check", str(region / rule.name)]) == 0
