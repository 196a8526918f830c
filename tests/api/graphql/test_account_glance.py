"""The whole of one customer over HTTP: one statement, whole figures, and nothing for strangers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI

from api.graphql.account_glance import plan_ahead
from graph.ids import node_id
from queries.account import account_glance as glance
from tests.queries.account.conftest import customer, tell

__all__ = ["customer", "tell"]

Ask = Callable[..., Any]
QUERY = """
query ($id: ID!, $validOn: Date, $horizon: Int! = 365, $currency: String) {
  accountGlance(id: $id, validOn: $validOn, horizonDays: $horizon, currency: $currency) {
    root { id name } day isDayGiven baseCurrency countries above unknown
    companies { value unit asOf sourceIds quality }
    accounts { id name tier rootId }
    services { inService { value } ahead byFamily { name count } byCountry { name count } }
    billing {
      billed {
        value unit asOf sourceIds quality
        money { parts { currency amount } rates { currency rate on } unconverted { amount } }
      }
      month overdue { value } overdueSince months(first: 1) { month billed { amount } }
    }
    health { availability { unit sourceIds } target openTickets { value }
      tickets(first: 1) { id isOpen } }
    milestones { due { value } milestones(first: 1) { kind on amount currency agreementId }
      commitments { met { value } commitment { id kind amount counted { currency amount } } } }
    pipeline { amount { value unit } byStage { name count } inFlight { id blocker isLate } }
    coverage { people { name roles accounts companies } covered { value } }
    freshness(first: 2) { id isStale }
  }
}
"""
TOP, ACCOUNT = node_id("company:Top"), node_id("account:top")
APART = "no rate for AED: kept apart"
AS_NOW = (
    "states, stages, severities and values are as they stand now; dates, contracts, bills and "
    "payments as of the day"
)


def figure(value: float, unit: str, source: str, *quality: str) -> dict[str, Any]:
    return {"value": value, "unit": unit, "asOf": "2026-10-06", "sourceIds": [source],
            "quality": list(quality)}  # fmt: skip


def counts(**numbers: int) -> list[dict[str, Any]]:
    return [{"name": name, "count": number} for name, number in numbers.items()]


PARTS = {"AED": 700, "EUR": 100_000, "USD": 25_000}
NOTICE = {"kind": "notice", "on": "2026-11-02", "amount": 50_000, "currency": "EUR",
          "agreementId": node_id("agreement:A1")}  # fmt: skip
MARC = {"id": node_id("commitment:1"), "kind": "MARC", "amount": 1_000_000,
        "counted": [{"currency": "EUR", "amount": 100_000}]}  # fmt: skip
WHOLE = {
    "root": {"id": TOP, "name": "Top"},
    "day": "2026-10-06",
    "isDayGiven": True,
    "baseCurrency": "EUR",
    "countries": ["DE", "FR", "GB"],
    "above": None,
    "unknown": [AS_NOW],
    "companies": figure(3, "companies", "register"),
    "accounts": [{"id": ACCOUNT, "name": "Top", "tier": "gold", "rootId": TOP}],
    "services": {
        "inService": {"value": 3},
        "ahead": 1,
        "byFamily": counts(ethernet=2) + [{"name": "", "count": 1}],
        "byCountry": counts(FR=2, DE=1, GB=1),
    },
    "billing": {
        "billed": figure(120_000, "EUR", "billing", APART)
        | {
            "money": {
                "parts": [{"currency": code, "amount": part} for code, part in PARTS.items()],
                "rates": [{"currency": "USD", "rate": 0.8, "on": "2026-09-30"}],
                "unconverted": [{"amount": 700}],
            }
        },
        "month": "2026-09-01",
        "overdue": {"value": 119_000},
        "overdueSince": "2026-10-01",
        "months": [{"month": "2026-06-01", "billed": {"amount": 100_000}}],
    },
    "health": {
        "availability": {"unit": "share", "sourceIds": ["assurance"]},
        "target": 0.999,
        "openTickets": {"value": 1},
        "tickets": [{"id": node_id("ticket:1"), "isOpen": True}],
    },
    "milestones": {
        "due": {"value": 4},
        "milestones": [NOTICE],
        "commitments": [{"met": {"value": 0.1}, "commitment": MARC}],
    },
    "pipeline": {
        "amount": {"value": 200_000, "unit": "EUR"},
        "byStage": counts(proposal=1),
        "inFlight": [{"id": node_id("order:1"), "blocker": "permit", "isLate": True}],
    },
    "coverage": {
        "people": [{"name": "Ada Ask", "roles": ["owner"], "accounts": 1, "companies": 1}],
        "covered": {"value": 1},
    },
    "freshness": [{"id": "assurance", "isStale": False}, {"id": "billing", "isStale": False}],
}


@pytest.mark.usefixtures("customer")
async def test_a_customer_is_told_whole_by_one_statement(ask: Ask, statements: list[str]) -> None:
    answer = await ask(QUERY, id=ACCOUNT, validOn="2026-10-06")

    assert len(statements) == 1
    assert "errors" not in answer
    assert answer["data"]["accountGlance"] == WHOLE
    assert await ask(QUERY, id=TOP, validOn="2026-10-06") == answer
    assert await ask(QUERY, id=node_id("company:Nobody")) == {"data": {"accountGlance": None}}


@pytest.mark.usefixtures("customer")
async def test_what_cannot_be_asked_is_said(ask: Ask) -> None:
    for wrong in ({"horizon": 0}, {"currency": "doubloon"}, {"horizon": 3651}):
        (error,) = (await ask(QUERY, id=TOP, **wrong))["errors"]
        assert error["extensions"]["code"] == "BAD_USER_INPUT"


async def test_what_is_planned_ahead_is_what_is_asked(
    ask: Ask, app: FastAPI, statements: list[str]
) -> None:
    await plan_ahead(app.state.graph, "EUR")
    ahead = list(statements)
    assert await ask('{ accountGlance(id: "nobody") { day } }') == {"data": {"accountGlance": None}}
    assert statements == ahead * 2
    assert ahead == [glance.WHOLE.text]
