"""Signals as sellers ask for them, on a graph in which rules ran."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.connection import BatchSession, ReadSession
from queries.signal.explained import explained
from queries.signal.rule_runs import RuleRun, rule_runs
from queries.signal.signal_states import Counted, signal_states
from queries.signal.signals import Signal, signals
from queries.terminal.signals_told import paragraph
from tests.rules.engine.carrier import Carrier, build
from tests.rules.engine.sample import write_rule

RULE = "contract_is_not_renewed"
MESSAGE = "A contract ends on 1 April 2027 and nobody renews it."
Commands = Callable[..., tuple[int, str, str]]


@pytest.fixture
def carrier(batches: BatchSession, tmp_path: Path) -> Carrier:
    carrier = build(batches, write_rule(tmp_path, yaml=("experimental", "stable")))
    carrier.session.run("MATCH (a:Account) SET a.name = 'Acme'")
    carrier.run()
    return carrier


async def test_open_signals_are_listed_with_what_to_do_and_by_when(
    graph: ReadSession, carrier: Carrier
) -> None:
    (id,) = carrier.signal("id")
    assert await signals(graph) == [
        Signal(
            signal_id=id,
            rule_id=RULE,
            state="open",
            state_reason=None,
            severity="medium",
            message=MESSAGE,
            action="Open the renewal; account owner.",
            act_by=date(2027, 1, 1),
            value=[],
            score=None,
            account_id="account",
            account_name="Acme",
            owner_name=None,
            opened_at="2026-10-01T07:00:00Z",
            valid_on=date(2026, 10, 1),
            inhibited_by=None,
        )
    ]
    assert await signals(graph, states=["blind"]) == []
    assert await signals(graph, rule_id="another_rule") == []
    assert await signals(graph, account_id="another") == []


async def test_signals_and_runs_are_counted(graph: ReadSession, carrier: Carrier) -> None:
    assert await signal_states(graph) == [Counted(RULE, "open", 1)]
    (run,) = await rule_runs(graph)
    assert run == RuleRun(
        rule_id=RULE,
        status="COMPLETE",
        mode="full",
        reason=None,
        valid_on=date(2026, 10, 1),
        found=1,
        opened=1,
        kept=0,
        cleared=0,
        inhibited=0,
        blind=0,
        milliseconds=run.milliseconds,
        demoted_on=None,
        demoted_because=None,
    )


async def test_a_run_says_that_its_rule_put_itself_in_shadow_and_why(
    graph: ReadSession, carrier: Carrier
) -> None:
    carrier.session.run(
        "UNWIND [['a', 1, null], ['b', 2, '2026-10-03T00:00:00Z'], ['c', 3, null]] AS row "
        "CREATE (:Demotion {id: row[0], rule: $rule, at: datetime({year: 2026, month: 10, "
        "day: row[1]}), valid_on: date({year: 2026, month: 10, day: row[1]}), reason: row[0], "
        "lifted_at: datetime(row[2])})",
        rule=RULE,
    )
    (run,) = await rule_runs(graph)
    assert (run.demoted_on, run.demoted_because) == (date(2026, 10, 3), "c")

    carrier.session.run("MATCH (d:Demotion) SET d.lifted_at = datetime('2026-10-04T00:00:00Z')")
    (run,) = await rule_runs(graph)
    assert (run.demoted_on, run.demoted_because) == (None, None)


async def test_a_signal_is_explained_to_the_record(graph: ReadSession, carrier: Carrier) -> None:
    (id,) = carrier.signal("id")
    (found,) = await explained(graph, signal_id=str(id)[:8])
    nodes = json.loads(found.evidence)["nodes"]
    assert [(node["id"], node["label"], node["record"]["system"]) for node in nodes] == [
        ("a", "Agreement", "paper"),
        ("i", "AgreementItem", "paper"),
    ]
    assert nodes[1]["properties"] == {"ends_on": "2027-04-01"}
    told = paragraph(found)
    assert told.startswith(
        f"{MESSAGE} Open the renewal; account owner. The last responsible day is 2027-01-01. "
        "No amount is known. It clears if a renewal is signed. It is open since 2026-10-01. "
        f"Found on 2026-10-01 by {RULE} (version "
    )
    assert told.endswith("horizon_days 365). Not ranked: no amount.")


@pytest.mark.parametrize(
    ("score", "kept", "told"),
    [
        (
            100.0,
            {"confidence": 0.5, "reliability": 0.5, "freshness": 1},
            "Score 100 = EUR 1,000 x probability 0.2 x urgency 1 x confidence 0.5 "
            "(reliability 0.5) x decay 1. "
            "Not kept by the version that ran: identity, doubted.",
        ),
        (
            100.0,
            {},
            "Score 100 = EUR 1,000 x probability 0.2 x urgency 1 x decay 1. Not kept by the "
            "version that ran: confidence, reliability, freshness, identity, doubted.",
        ),
        (None, {"rates": ["no rate of USD"]}, "Not ranked: no rate of USD."),
    ],
)
async def test_a_score_of_an_older_version_says_which_of_its_parts_were_not_kept(
    graph: ReadSession, carrier: Carrier, score: float | None, kept: dict[str, Any], told: str
) -> None:
    (found,) = await explained(graph, signal_id=str(carrier.signal("id")[0]))
    parts = {"value": 1000, "currency": "EUR", "rates": [], "decay": 1}
    parts |= {"probability": 0.2, "urgency": 1}
    found.score, found.score_parts = score, json.dumps(parts | kept)

    assert paragraph(found).endswith(told)


async def test_a_score_of_which_nothing_was_kept_says_so(
    graph: ReadSession, carrier: Carrier
) -> None:
    (found,) = await explained(graph, signal_id=str(carrier.signal("id")[0]))
    found.score_parts = json.dumps({"points": 3})

    assert paragraph(found).endswith("Not ranked: why was not kept by the version that ran.")
    found.score = 3.0
    assert paragraph(found).endswith(
        "Score 3. Not kept by the version that ran: value, rates, probability, urgency, "
        "confidence, decay, reliability, freshness, identity, doubted."
    )


def test_the_commands_list_explain_and_tell_of_runs(footprint: Commands, carrier: Carrier) -> None:
    (id,) = carrier.signal("id")
    assert MESSAGE in footprint("signals", "list")[1]
    assert json.loads(footprint("signals", "list", "--json")[1])[0]["signal_id"] == id
    assert footprint("signals", "explain", str(id)[:8])[1].startswith(MESSAGE)
    assert json.loads(footprint("signals", "runs", "--json")[1])[0]["found"] == 1
    assert footprint("signals", "explain", "nothing")[0] == 8
    assert footprint("signals", "list", "--state", "gone")[0] == 2
