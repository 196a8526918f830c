"""The funnel over HTTP: by one statement, with money by currency, within the bounds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graph.connection import BatchSession
from tests.queries.signal.test_signal_funnel import CARRIER, SIGNALS

QUERY = """
query ($from: Date!, $before: Date!, $first: Int!) {
  signalFunnel(openedFrom: $from, openedBefore: $before, by: country, first: $first) {
    groupId foundCount shownCount value { currency amount } won { currency amount }
  }
}
"""


async def test_a_funnel_is_told_by_one_statement(
    ask: Callable[..., Any], statements: list[str], batches: BatchSession
) -> None:
    batches.run(CARRIER, signals=SIGNALS)
    given = {"from": "2026-10-01", "before": "2027-01-01"}
    told = await ask(QUERY, **given, first=1)

    assert told == {"data": {"signalFunnel": [{
        "groupId": "US", "foundCount": 3, "shownCount": 2,
        "value": [{"currency": "EUR", "amount": 200}], "won": [],
    }]}}  # fmt: skip
    assert len(statements) == 1


@pytest.mark.parametrize(
    ("before", "first", "said"),
    [
        ("2026-10-01", 10, "openedBefore, 2026-10-01, is not after openedFrom, 2026-10-01"),
        ("2027-01-01", 0, "first is 0"),
    ],
)
async def test_what_cannot_be_asked_is_said(
    ask: Callable[..., Any], before: str, first: int, said: str
) -> None:
    told = await ask(QUERY, **{"from": "2026-10-01"}, before=before, first=first)
    (error,) = told["errors"]
    assert (error["message"], error["extensions"]["code"]) == (said, "BAD_USER_INPUT")
