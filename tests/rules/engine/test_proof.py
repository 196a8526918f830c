"""A rule's own tests, run on a real graph and undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.connection import BatchSession
from rules.engine.files.fault import Fault
from rules.engine.files.format import read_pair
from rules.engine.trial.proof import prove
from tests.rules.engine.sample import write_rule


def test_the_tests_of_the_rule_that_a_new_author_gets_hold_and_leave_nothing(
    batches: BatchSession, tmp_path: Path
) -> None:
    before = batches.row("MATCH (node) RETURN count(node)")
    assert list(prove(read_pair(write_rule(tmp_path)), batches)) == []
    assert batches.row("MATCH (node) RETURN count(node)") == before


@pytest.mark.parametrize(
    ("yaml", "cypher", "line", "reason"),
    [
        (
            ("act_by: 2027-01-01", "act_by: 2027-01-02"),
            ("", ""),
            25,
            "an item that ends in half a year is found: "
            "act_by expected '2027-01-02', found '2027-01-01'",
        ),
        (
            ("{item_id: i, act_by: 2027-01-01}", "{item_id: k, act_by: 2027-01-02}"),
            ("", ""),
            25,
            "an item that ends in half a year is found: item_id expected 'k', found 'i'; "
            "act_by expected '2027-01-02', found '2027-01-01'",
        ),
        (
            ("", ""),
            ("AND NOT EXISTS { (:AgreementItem)-[:RENEWS]->(item) }", ""),
            27,
            "a renewed item is not: 0 findings expected, 1 found: [{'item_id': 'i', "
            "'agreement_id': 'a', 'account_id': 'account', 'ends_on': '2027-04-01', "
            "'act_by': '2027-01-01'}]",
        ),
        (
            ("MATCH (i:AgreementItem) CREATE", "MATCH (i:AgreementItem) CRATE"),
            ("", ""),
            27,
            "a renewed item is not: ",
        ),
    ],
)
def test_a_test_that_comes_out_otherwise_is_named_with_what_was_found(
    batches: BatchSession,
    tmp_path: Path,
    yaml: tuple[str, str],
    cypher: tuple[str, str],
    line: int,
    reason: str,
) -> None:
    path = write_rule(tmp_path, yaml=yaml, cypher=cypher)
    (fault,) = prove(read_pair(path), batches)
    assert fault.where == f"{path}:{line}"
    assert fault.reason.startswith(reason)


def test_a_rule_that_fails_at_run_time_says_what_the_server_said(
    batches: BatchSession, tmp_path: Path
) -> None:
    path = write_rule(tmp_path, cypher=("item.ends_on - duration({days: 90})", "1 / (1 - 1)"))
    faults = list(prove(read_pair(path), batches))
    assert [fault.where for fault in faults] == [f"{path}:25"]
    assert "by zero" in faults[0].reason
    assert faults[0] == Fault(
        f"{path}:25", faults[0].reason, "mend the statement, or what is given"
    )


@pytest.mark.parametrize(
    ("late", "found"),
    [("contracts", 0), ("registry", 1), ("deals, registry", 0), ("contracts, deals", 0)],
)
def test_where_a_source_that_it_needs_is_late_a_rule_finds_nothing(
    batches: BatchSession, tmp_path: Path, late: str, found: int
) -> None:
    expect = "    expect: [{item_id: i, act_by: 2027-01-01}]"
    path = write_rule(tmp_path, yaml=(expect, f"    stale: [{late}]\n{expect}"))
    reasons = [fault.reason for fault in prove(read_pair(path), batches)]
    nothing = ["an item that ends in half a year is found: 1 findings expected, 0 found"]
    assert reasons == (nothing if not found else [])
