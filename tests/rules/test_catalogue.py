"""Every rule there is: its form, and its own tests on a real graph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.connection import BatchSession
from graph.engine import Server
from graph.sandbox import Limits, Sandbox, open_sandbox
from rules.engine.files.catalogue import PAGE, page
from rules.engine.files.format import read_pair, rule_paths
from rules.engine.files.lint import lint
from rules.engine.files.pack import pack_faults, regional
from rules.engine.safety.sandbox import examined
from rules.engine.trial.proof import prove

PATHS = rule_paths()
IDS = frozenset(path.stem for path in PATHS)


@pytest.fixture(scope="module")
def sandbox(server: Server) -> Iterator[Sandbox]:
    """Where rules are asked; planning in it may take its time on a busy machine."""
    with open_sandbox(server, Limits(seconds=60)) as sandbox:
        yield sandbox


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_rule_of_the_catalogue_is_in_order_and_its_tests_come_out(
    batches: BatchSession, sandbox: Sandbox, path: Path
) -> None:
    pair = regional(read_pair(path))
    assert examined(pair.statement, sandbox) == []
    for one in (pair, *pair.variants):
        assert lint(one, IDS) == []
        assert list(prove(one, batches)) == []


def test_packs_speak_of_rules_that_there_are_and_of_a_country_once() -> None:
    assert list(pack_faults()) == []


def test_an_id_is_given_once() -> None:
    assert len(IDS) == len(PATHS)


def test_the_page_of_the_catalogue_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m rules.engine.files.catalogue"


def test_no_rules_yield_to_each_other_in_a_circle() -> None:
    yields = {path.stem: read_pair(path).rule.inhibited_by for path in PATHS}
    for start in yields:
        seen, waiting = set[str](), list(yields[start])
        while waiting:
            rule = waiting.pop()
            assert rule != start
            if rule not in seen:
                seen.add(rule)
                waiting += yields[rule]
