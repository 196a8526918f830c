"""The kinds of disagreement, as a person calls them, and the questions that find them."""

from __future__ import annotations

from datetime import date

from graph.connection import ReadSession
from queries.reconciliation.account_in_other_currency import account_in_other_currency
from queries.reconciliation.account_without_customer import account_without_customer
from queries.reconciliation.agreement_without_service import agreement_without_service
from queries.reconciliation.bill_does_not_add_up import bill_does_not_add_up
from queries.reconciliation.billed_after_cease import billed_after_cease
from queries.reconciliation.billed_past_term import billed_past_term
from queries.reconciliation.billed_to_ended_company import billed_to_ended_company
from queries.reconciliation.difference import Difference
from queries.reconciliation.not_billed import not_billed
from queries.reconciliation.not_in_inventory import not_in_inventory
from queries.reconciliation.price_differs import price_differs
from queries.reconciliation.term_reversed import term_reversed
from queries.reconciliation.twice_in_inventory import twice_in_inventory
from queries.reconciliation.without_agreement import without_agreement

KINDS = {
    "never_billed": "runs and was never billed",
    "no_longer_billed": "runs and is billed no more",
    "billed_after_cease": "ended and is billed on",
    "billed_below_price": "billed below the agreed price",
    "billed_above_price": "billed above the agreed price",
    "billed_past_term": "billed after its agreed term",
    "without_agreement": "runs and is billed without an agreement",
    "agreement_without_service": "agreed, and nothing is had on it",
    "not_in_inventory": "billed or agreed, and not in the inventory",
    "twice_in_inventory": "twice in the inventory",
    "account_without_customer": "a billing account without customer",
    "billed_to_ended_company": "billed to a company that has ended",
    "term_reversed": "ends before it starts",
    "bill_does_not_add_up": "lines do not add up to the bill",
    "bill_in_two_currencies": "lines in another currency than the bill",
    "account_in_other_currency": "an account in another currency than its bills",
}
"""What is wrong, by the name that filters and files use."""


async def differences(graph: ReadSession, *, on: date) -> list[Difference]:
    """Everything on which the systems disagree on a day, question by question."""
    found = [one for question in _OF_A_DAY for one in await question(graph, on=on)]
    return found + await term_reversed(graph)


_OF_A_DAY = (
    not_billed,
    billed_after_cease,
    price_differs,
    billed_past_term,
    without_agreement,
    agreement_without_service,
    not_in_inventory,
    twice_in_inventory,
    account_without_customer,
    billed_to_ended_company,
    bill_does_not_add_up,
    account_in_other_currency,
)
