"""A rule's YAML: what it may hold, and where an error says that it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import FootprintError, RuleError
from rules.engine.files.format import read_pair, rule_paths, schema
from tests.rules.engine.sample import write_rule


def test_a_rule_in_order_is_read_with_its_statement(tmp_path: Path) -> None:
    path = write_rule(tmp_path)

    pair = read_pair(path)

    assert (pair.rule.id, pair.theme, pair.statement.name) == (path.stem, "renewal", path.stem)
    assert pair.rule.requires == [{"contracts": "PT48H"}, {"registry": "PT72H", "deals": "PT72H"}]
    assert [bool(case.expect) for case in pair.rule.tests] == [True, False, False]
    assert rule_paths(tmp_path) == [path]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("severity: medium", "severety: medium", 4, "severety: Extra inputs are not permitted"),
        ("severity: medium", "severity: urgent", 4, "severity: Input should be 'low', 'medium'"),
        ("severity: medium\n", "", 1, "severity: Field required"),
        ("{contracts: PT48H}", "{contracts: 2 days}", 14, "requires.0.contracts: '2 days' is not"),
        (
            "{contracts: PT48H}",
            "{paper: PT48H}",
            14,
            "requires.0: no source 'paper'; there are reg",
        ),
        ("default: 365", "default: 900", 17, "parameters.horizon_days: 900 is above 720 days"),
        ("today: 2026-10-01", "today: 2026-31-02", 23, "today: Input should be a valid"),
        ("owner: commercial operations", "owner: [", 5, "is no YAML: "),
        ("owner: commercial", "id: again\nowner: commercial", 5, "id comes twice"),
        ("owner: commercial", "owner: !secret commercial", 5, "is no YAML: could not determine"),
        ("identity: [item_id]", "identity: []", 7, "identity: List should have at least 1 item"),
    ],
)
def test_an_error_names_the_key_and_its_line(
    tmp_path: Path, old: str, new: str, line: int, said: str
) -> None:
    path = write_rule(tmp_path, yaml=(old, new))

    with pytest.raises(RuleError) as error:
        read_pair(path)

    assert error.value.where == f"{path}:{line}"
    assert error.value.what.startswith(said)
    assert error.value.remedy


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [("yields_to", "inhibited_by"), ("known_gap", "known_gaps"), ("wholly_else", "")],
)
def test_a_key_that_is_called_otherwise_is_told_its_name(
    tmp_path: Path, wrong: str, meant: str
) -> None:
    path = write_rule(tmp_path, yaml=("owner:", f"{wrong}: []\nowner:"))

    with pytest.raises(RuleError) as error:
        read_pair(path)

    told = f"did you mean {meant}? one of: id, " if meant else "one of: id, "
    assert error.value.remedy.startswith(told)


def test_a_rule_without_its_statement_is_an_error(tmp_path: Path) -> None:
    path = write_rule(tmp_path)
    path.with_suffix(".cypher").unlink()

    with pytest.raises(FootprintError, match="cannot be read"):
        read_pair(path)


def test_editors_get_a_schema_that_describes_every_key() -> None:
    keys = schema()["properties"]

    assert {"id", "identity", "requires", "tests"} <= keys.keys()
    assert schema()["additionalProperties"] is False


def test_a_file_that_is_not_utf_8_is_an_error(tmp_path: Path) -> None:
    path = write_rule(tmp_path)
    path.write_bytes("title: Verträge".encode("latin-1"))

    with pytest.raises(RuleError, match="is not UTF-8"):
        read_pair(path)
