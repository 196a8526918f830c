"""The funnel: what became of signals, by rule, seller, team and country, with money by currency."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.connection import BatchSession, ReadSession
from graph.scope import Scope
from queries.signal.signal_funnel import FunnelStep, signal_funnel

CARRIER = """
CREATE (de:LegalEntity {id: 'de', jurisdiction: 'DE'}),
       (us:LegalEntity {id: 'us', jurisdiction: 'US-NY'})
CREATE (acme:Account {id: 'acme'})-[:ROOTED_AT]->(de)
CREATE (bolt:Account {id: 'bolt'})-[:ROOTED_AT]->(us)
CREATE (dana:Seller {id: 'dana', name: 'Dana'})-[:MEMBER_OF]->(:Team {id: 't2', name: 'West'})
CREATE (dana)-[:MEMBER_OF]->(:Team {id: 't1', name: 'East'})
CREATE (:Seller {id: 'evan', name: 'Evan'})
WITH acme, bolt
UNWIND $signals AS row
CREATE (signal:Signal {id: row.id, rule: row.rule, owner: row.owner, state: row.state,
  opened_at: datetime(row.opened), shown_on: date(row.shown), value: row.value})
FOREACH (account IN CASE row.account WHEN 'acme' THEN [acme] WHEN 'bolt' THEN [bolt] ELSE [] END |
  CREATE (signal)-[:OF_ACCOUNT]->(account))
FOREACH (said IN row.said |
  CREATE (:Disposition {id: row.id + said[1], kind: said[0], at: datetime(said[1]),
    withdrawn_at: datetime(said[2])})-[:ON_SIGNAL]->(signal))
FOREACH (ended IN row.ended |
  CREATE (:Outcome {id: row.id, kind: ended[0], amount: ended[1], currency: 'EUR',
    at: datetime('2026-10-09')})-[:OF_SIGNAL]->(signal))
"""
ACTED = ["acted", "2026-10-02T00:00:00Z", None]
KNOWN = ["already_known", "2026-10-03T00:00:00Z", None]
TAKEN_BACK = ["duplicate", "2026-10-04T00:00:00Z", "2026-10-05T00:00:00Z"]
LATER = ["bad_timing", "2026-10-02T00:00:00Z", None]


def signal(id: str, account: str, rule: str = "renewal", **given: Any) -> dict[str, Any]:
    return {
        "id": id, "account": account, "rule": rule, "owner": "dana", "state": "open",
        "opened": "2026-10-01T06:00:00Z", "shown": "2026-10-01", "value": ["EUR 100"],
        "said": [], "ended": [], **given,
    }  # fmt: skip


SIGNALS = [
    signal("waits", "acme", value=["EUR 100", "USD 5"]),
    signal("won", "acme", state="closed", said=[ACTED], ended=[["won", 70]]),
    signal("known", "bolt", said=[ACTED, KNOWN, TAKEN_BACK]),
    signal("later", "bolt", "bill", owner="evan", state="snoozed", said=[LATER]),
    signal("unseen", "bolt", "bill", owner="evan", state="candidate", shown=None, value=[]),
    signal("gone", "", "bill", owner="", state="cleared", value=[]),
    signal("last quarter", "acme", opened="2026-09-30T23:00:00Z"),
    signal("next quarter", "acme", opened="2027-01-01T00:00:00Z"),
]
SPAN = {"opened_from": date(2026, 10, 1), "opened_before": date(2027, 1, 1)}
ZEROS = dict.fromkeys(
    ("found", "shown", "accepted", "dismissed", "snoozed", "passed_on", "unanswered", "gone",
     "won", "lost"), 0
)  # fmt: skip


def step(
    id: str | None, name: str | None, value: Any = (), deals: Any = (), **counts: int
) -> FunnelStep:
    counted = {f"{what}_count": number for what, number in (ZEROS | counts).items()}
    return FunnelStep(id, name, **counted, value=list(value), won=list(deals))


@pytest.fixture
def carrier(batches: BatchSession) -> None:
    """Six signals of a quarter, one before it and one after it."""
    batches.run(CARRIER, signals=SIGNALS)


async def test_each_signal_counts_once_by_its_newest_answer_that_stands(
    carrier: None, graph: ReadSession
) -> None:
    euro = [["EUR", 300], ["USD", 5]]
    renewal = {"found": 3, "shown": 3, "accepted": 1, "dismissed": 1, "unanswered": 1, "won": 1}
    bill = {"found": 3, "shown": 2, "snoozed": 1, "gone": 1}
    rules = await signal_funnel(graph, by="rule", **SPAN)
    assert rules == [
        step("bill", "bill", [["EUR", 100]], **bill),
        step("renewal", "renewal", euro, [["EUR", 70]], **renewal),
    ]
    teams = await signal_funnel(graph, by="team", **SPAN)
    assert teams == [
        step("t1", "East", euro, [["EUR", 70]], **renewal),
        step(None, None, [["EUR", 100]], **bill),
    ]


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("seller", {("dana", "Dana"): 3, ("evan", "Evan"): 2, (None, None): 1}),
        ("country", {("DE", "DE"): 2, ("US", "US"): 3, (None, None): 1}),
    ],
)
async def test_signals_are_told_by_who_acts_and_where(
    carrier: None, graph: ReadSession, by: str, groups: dict[tuple[str, str], int]
) -> None:
    told = await signal_funnel(graph, by=by, **SPAN)
    assert {(one.group_id, one.group_name): one.found_count for one in told} == groups


async def test_what_is_not_of_your_accounts_is_not_counted(
    carrier: None, graph: ReadSession
) -> None:
    mine = graph.seen_by(Scope("somebody", ("acme",)))
    told = await signal_funnel(mine, by="country", **SPAN)
    assert [(one.group_id, one.found_count) for one in told] == [("DE", 2)]
    assert await signal_funnel(graph.seen_by(Scope("nobody", ())), by="rule", **SPAN) == []
