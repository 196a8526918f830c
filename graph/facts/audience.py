"""Whose business a change is: the accounts that its subject belongs to when it is written.

Subjects of labels that are not named here belong to no account: readers who see all are told of
them, and nobody else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from graph.connection import Transaction

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
    for subject in subjects:
        label, _, id = subject.partition("/")
        by_label[label].append(id)
    found: dict[str, set[str]] = defaultdict(set)
    for label, ids in by_label.items():
        if label == "Account":
            found.update({f"{label}/{id}": {id} for id in ids})
        elif label in WAYS:
            for row in transaction.run(_statement(label), ids=sorted(ids)):
                found[f"{label}/{row['id']}"].update(row["account_ids"])
    return found


def _statement(label: str) -> str:
    ways = "\n  UNION\n".join(
        f"  MATCH {way}\n  RETURN account.id AS account_id" for way in WAYS[label]
    )
    return (
        f"UNWIND $ids AS id\nMATCH (subject:{label} {{id: id}})\nCALL (subject) {{\n{ways}\n}}\n"
        "RETURN id AS id, collect(DISTINCT account_id) AS account_ids\nORDER BY id"
    )
