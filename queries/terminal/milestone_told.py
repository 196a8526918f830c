"""Dates in contracts in words."""

from __future__ import annotations

from queries.account.milestones import Milestone
from queries.terminal.money_told import whole_amount

KINDS = {
    "notice": "last day for notice",
    "contract_end": "contract ends",
    "automatic_renewal": "renews itself",
    "out_of_contract": "contract ended, runs on",
    "price_term": "another price begins",
    "discount_end": "discount ends",
    "commitment_end": "commitment ends",
}


def kind_told(kind: str) -> str:
    """What happens on a day, in words."""
    return KINDS.get(kind, kind.replace("_", " "))


def money_of(one: Milestone) -> str:
    """What hangs on it: an amount a month, of a commitment the whole."""
    if not one.currency or not one.amount:
        return ""
    told = whole_amount(one.amount, one.currency)
    return told if one.kind == "commitment_end" else f"{told} a month"


def agreement_of(one: Milestone) -> str:
    """The agreement: whose it is, and its number."""
    number = one.agreement.rpartition(":")[2]
    return f"{one.party_name}, {number}" if one.party_name else number


def milestone_line(one: Milestone) -> str:
    """A date on one line: `2027-01-19 last day for notice, GBP 765 a month (Alpha Ltd, A-1)`."""
    money = money_of(one)
    return f"{one.on} {kind_told(one.kind)}{f', {money}' if money else ''} ({agreement_of(one)})"
