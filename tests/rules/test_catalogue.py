"""Every rule there is: its form, and its own tests on a real graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.connection import BatchSession
from rules.engine.format import read_pair, rule_paths
from rules.engine.lint import lint
from rules.engine.proof import prove

PATHS = rule_paths()
IDS = frozenset(path.stem for path in PATHS)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_rule_of_the_catalogue_is_in_order_and_its_tests_come_out(
    batches: BatchSession, path: Path
) -> None:
    pair = read_pair(path)
    assert lint(pair, IDS) == []
    assert list(prove(pair, batches)) == []


def test_an_id_is_given_once() -> None:
    assert len(IDS) == len(PATHS)
