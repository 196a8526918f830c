"""Why there is a signal, over HTTP: evidence to the load, score, counterfactual, paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from graph.connection import BatchSession, ReadSession
from graph.scope import Scope
from queries.signal.reasons import reasons
from tests.queries.conftest import graph
from tests.rules.engine.carrier import Carrier, build
from tests.rules.engine.sample import write_rule

__all__ = ["graph"]

Ask = Callable[..., Any]
QUERY = """
query ($id: ID!) {
  signal(id: $id) {
    id ruleId state message action clearsIf actBy score accountId openedAt validOn paragraph
    scoreParts { value confidence rates doubted }
    parameters { name value } identity { name value }
    evidence {
      nodeCount factCount
      nodes { id label properties { name value } record { system nativeId load } }
      facts { type startId endId validFrom validTo recordedTo recordId }
      loads { id source mode status asOf }
    }
  }
}
"""

FACT = {
    "id": "f", "type": "PARTY_TO", "from": "c", "to": "a", "valid_from": "2020-01-01",
    "valid_to": "9999-12-31", "recorded_from": "2026-10-01T06:00:00Z",
    "recorded_to": "9999-12-31T00:00:00Z", "record": "r",
}  # fmt: skip
PARAGRAPH = (
    "A contract ends on 1 April 2027 and nobody renews it. Open the renewal; account owner. The "
    "last responsible day is 2027-01-01. No amount is known. It clears if a renewal is signed. It "
    "is open since 2026-10-01. Found on 2026-10-01 by contract_is_not_renewed (version {}, "
    "horizon_days 365). Not ranked: no amount."
)
WHOLE = {
    "ruleId": "contract_is_not_renewed",
    "state": "open",
    "message": "A contract ends on 1 April 2027 and nobody renews it.",
    "action": "Open the renewal; account owner.",
    "clearsIf": "a renewal is signed",
    "actBy": "2027-01-01",
    "score": None,
    "accountId": "account",
    "openedAt": "2026-10-01T07:00:00Z",
    "validOn": "2026-10-01",
    "scoreParts": {"value": None, "confidence": 1.0, "rates": [], "doubted": []},
    "parameters": [{"name": "horizon_days", "value": "365"}],
    "identity": [{"name": "item_id", "value": "i"}],
    "evidence": {
        "nodeCount": 2,
        "factCount": 1,
        "nodes": [
            {"id": "a", "label": "Agreement", "properties": [],
             "record": {"system": "paper", "nativeId": "a", "load": "l"}},
            {"id": "i", "label": "AgreementItem",
             "properties": [{"name": "ends_on", "value": "2027-04-01"}],
             "record": {"system": "paper", "nativeId": "i", "load": None}},
        ],
        "facts": [
            {"type": "PARTY_TO", "startId": "c", "endId": "a", "validFrom": "2020-01-01",
             "validTo": None, "recordedTo": None, "recordId": "r"}
        ],
        "loads": [{"id": "l", "source": "paper", "mode": "full", "status": "COMPLETE",
                   "asOf": "2026-10-01"}],
    },
}  # fmt: skip


@pytest.fixture
def carrier(batches: BatchSession, tmp_path: Path) -> Carrier:
    carrier = build(batches, write_rule(tmp_path, yaml=("experimental", "stable")))
    carrier.run()
    (text,) = carrier.signal("evidence")
    read = orjson.loads(text)
    read["nodes"][0]["record"]["load"] = "l"
    read["facts"] = [FACT]
    carrier.session.run(
        "MATCH (signal:Signal) SET signal.evidence = $text CREATE (:LoadRun {id: 'l', "
        "source: 'paper', mode: 'full', status: 'COMPLETE', as_of: date('2026-10-01'), "
        "moment: datetime('2026-10-01T06:00:00Z')})",
        text=orjson.dumps(read).decode(),
    )
    return carrier


async def test_a_signal_is_explained_to_the_load_in_one_statement(
    ask: Ask, carrier: Carrier, statements: list[str]
) -> None:
    (id,) = carrier.signal("id")
    answer = await ask(QUERY, id=id)

    told = answer["data"]["signal"]
    (version,) = re.findall(r"\(version (\w{8}),", told["paragraph"])
    assert told == WHOLE | {"id": id, "paragraph": PARAGRAPH.format(version)}
    assert len(statements) == 1


async def test_a_signal_that_is_foreign_is_answered_like_an_unknown_one(
    ask: Ask, carrier: Carrier, graph: ReadSession
) -> None:
    (id,) = carrier.signal("id")
    for other in ("", id[:8], "nobody", id + "0"):
        assert await ask(QUERY, id=other) == {"data": {"signal": None}}

    assert await reasons(graph.seen_by(Scope("stranger", ("other",))), signal_id=id) is None
    own = await reasons(graph.seen_by(Scope("seller", ("account",))), signal_id=id)
    assert own is not None
    assert own.signal_id == id
