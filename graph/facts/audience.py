"""Whose business a change is: the accounts that its subject belongs to when it is written.

Subjects of labels that are not named here belong to no account: readers who see all are told of
them, and nobody else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from graph.connection import Transaction
from graph.facts.statements import PLANNED_ONCE

_FAMILY = "(:LegalEntity)-[:IN_FAMILY {own: true}]->(account:Account)"
_NOT_YET = " WHERE NOT EXISTS { (subject)-[:IN_FAMILY {own: true}]->() }"
"""A company is of one account (docs/decisions/0018); a new one of that to which it will belong."""
_CUSTOMER = "(:Customer)<-[:PLAYS]-" + _FAMILY

WAYS: dict[str, tuple[str, ...]] = {
    "Signal": ("(subject)-[:OF_ACCOUNT]->(account:Account)",),
    "LegalEntity": (
        "(subject)-[:IN_FAMILY {own: true}]->(account:Account)",
        "(subject)<-[:ROOTED_AT]-(account:Account)" + _NOT_YET,
        "(subject)-[:PARENT_IN]->" + _FAMILY + _NOT_YET,
    ),
    "Customer": ("(subject)<-[:PLAYS]-" + _FAMILY,),
    "BillingAccount": ("(subject)<-[:BILLED_BY]-" + _CUSTOMER,),
    "Agreement": ("(subject)<-[:PARTY_TO]-" + _CUSTOMER,),
    "AgreementItem": ("(subject)<-[:HAS_ITEM]-(:Agreement)<-[:PARTY_TO]-" + _CUSTOMER,),
    "Opportunity": (
        "(subject)-[:FOR_ACCOUNT]->(account:Account)",
        "(subject)-[:CONCERNS]->" + _FAMILY,
    ),
    "Quote": ("(subject)-[:QUOTES]->(:Opportunity)-[:FOR_ACCOUNT]->(account:Account)",),
    "Bill": ("(subject)-[:ON]->(:BillingAccount)<-[:BILLED_BY]-" + _CUSTOMER,),
}
"""Label -> the patterns from `subject` to its accounts in the present tense."""


def accounts_of(transaction: Transaction, subjects: Iterable[str]) -> dict[str, set[str]]:
    """Subject, as `Label/id` -> ids of its accounts, where it has any."""
    by_label: dict[str, list[str]] = defaultdict(list)
    for subject in sorted(subjects):
        label, _, id = subject.partition("/")
        by_label[label].append(id)
    found: dict[str, set[str]] = defaultdict(set)
    found.update({f"Account/{id}": {id} for id in by_label["Account"]})
    if WAYS.keys() & by_label.keys():
        for subject, account_id in transaction.run(_statement(), ids=by_label):
            found[subject].add(account_id)
    return found


@cache
def _statement() -> str:
    """One row for each account of each subject; a label of which there are no ids costs nothing."""
    ways = "\nUNION\n".join(
        f"UNWIND $ids.{label} AS id\nMATCH (subject:{label} {{id: id}})\nMATCH {way}\n"
        f"RETURN '{label}/' + id AS subject, account.id AS account_id"
        for label, all_of in WAYS.items()
        for way in all_of
    )
    return f"{PLANNED_ONCE}{ways}"
