"""Against the demo carrier's truth: every planted disagreement is listed, and nothing clean is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.connection import ReadSession
from graph.facts.run import Run
from graph.ids import node_id
from graph.progress import silent
from loaders.carrier.arriving import arrive
from loaders.carrier.config import config_of
from loaders.carrier.referring import product_id, service_id
from loaders.carrier.truth.reading import Truth
from loaders.carrier.writer import write
from queries.reconciliation.finding import Finding
from queries.reconciliation.worklist import worklist

SYSTEMS = (
    "legal_register",
    "crm_emea",
    "billing_americas",
    "billing_emea",
    "billing_apac",
    "contracts",
    "catalogue",
    "inventory",
)
OFTEN = {
    "orphan_billing_account": 0.06,
    "mixed_currency": 0.05,
    "ends_before_start": 0.06,
    "two_inventories": 0.02,
    "contract_without_service": 0.02,
    "service_without_contract": 0.02,
    "bill_does_not_add_up": 0.01,
}
"""Dirt that tiny would have once or never."""
RULES = {
    "delivered_and_never_billed": "never_billed",
    "live_service_without_agreement": "without_agreement",
    "billed_past_contract_end": "billed_past_term",
    "inventory_and_billing_disagree": "",
}
"""Rule of the catalogue -> kind of finding; empty where the case says which."""
FINDINGS = {"active_not_billed": "no_longer_billed", "billed_not_active": "billed_after_cease"}
DIRT = {
    "orphan_billing_account": "account_without_customer",
    "billed_to_closed": "billed_to_ended_company",
    "mixed_currency": "account_in_other_currency",
    "bill_does_not_add_up": "bill_does_not_add_up",
    "ends_before_start": "term_reversed",
    "two_inventories": "twice_in_inventory",
    "contract_without_service": "not_in_inventory",
}
"""Kind of dirt -> kind of finding."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny carrier with more dirt than usual."""
    tiny = config_of("tiny")
    config = replace(tiny, rates={**tiny.rates, **OFTEN})
    out = tmp_path_factory.mktemp("carrier")
    with silent("writing") as task:
        write(config, out, SYSTEMS, task)
    arrive(config, out, SYSTEMS)
    return out


async def test_the_worklist_is_what_was_planted(
    folder: Path, graph: ReadSession, load: Callable[..., Run]
) -> None:
    now = datetime(2026, 10, 1, 6, tzinfo=UTC)
    for system in SYSTEMS:
        run = load(system, folder / "day-00" / system, as_of="2026-10-01", now=now, full=True)
        assert (system, run.status) == (system, "COMPLETE")

    today = await worklist(graph, base="EUR")

    expected = planted(Truth(folder), folder / "day-00")
    assert {kind for kind, _ in expected} == {
        *RULES.values(),
        *FINDINGS.values(),
        *DIRT.values(),
    } - {""}
    found = [named(one) for one in today.findings]
    assert (set(found) - expected, expected - set(found), len(found)) == (
        set(),
        set(),
        len(expected),
    )
    assert [one for one in today.findings if one.doubts] == []


def named(one: Finding) -> tuple[str, str]:
    """A finding by its kind and the node that truth names."""
    if one.kind == "billed_to_ended_company":
        return one.kind, str(one.account_id)
    if one.kind == "twice_in_inventory":
        return one.kind, "+".join(sorted((one.subject_id, str(one.against_id))))
    return one.kind, one.subject_id


def planted(truth: Truth, delivered: Path) -> set[tuple[str, str]]:
    """What must be found on day 0: cases of rules, and dirt of records that have been delivered."""
    found = set()
    bills = b"".join(path.read_bytes() for path in delivered.glob("billing_*/*"))
    for signal in truth.signals(0):
        if signal["rule"] in RULES and signal["state"] == "open":
            kind = RULES[signal["rule"]] or FINDINGS[signal["finding"]]
            found.add((kind, node_id(f"inventory:product:{signal['product_native']}")))
    for row in truth.rows("dirt"):
        to_come = row["record_type"] == "bill" and row["native_id"].encode() not in bills
        if row["dirt"] in DIRT and not to_come:
            found.add((DIRT[row["dirt"]], node_of(row)))
    return found


def node_of(row: dict[str, str]) -> str:
    """The node that a mistake is found at."""
    native, system = row["native_id"], row["system"]
    if row["dirt"] == "contract_without_service":
        return node_id(f"inventory:product:{product_id(row['key'])}")
    if row["dirt"] == "two_inventories":
        pair = (native, service_id(row["key"]))
        return "+".join(sorted(node_id(f"inventory:service:{one}") for one in pair))
    return node_id(f"{system}:{row['record_type']}:{native}")
