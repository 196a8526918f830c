"""Contracts: one TMF651 agreement a line, with the carrier's extension."""

from __future__ import annotations

from typing import Any

from loaders.carrier.native import native_id
from loaders.carrier.observation import Seen
from loaders.carrier.referring import billed, known, money, of_crm, offering_id, period, product_id
from loaders.carrier.seeing.index import index
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.world.contract import Agreement, Clause, Commitment, Item
from loaders.carrier.writing import Part

SYSTEM = "contracts"
OF_CONTROL = ("change_of_control", "assignment", "divestiture", "parity")
"""Clauses that say when consent is due, and who is left out."""


class _Contracts:
    def __init__(self, part: Part) -> None:
        self._put = part.json_lines("agreements")

    def write(self, seen: Seen, cluster: Cluster | None) -> None:
        """Format one agreement with all its parts."""
        if cluster is not None:
            self._put(known(_agreement(seen, seen.thing, cluster)))

    def close(self) -> None:
        """Nothing is left to write."""


def _agreement(seen: Seen, agreement: Agreement, cluster: Cluster) -> dict[str, Any]:
    given = agreement.notice_given_on
    return {
        "@type": "CarrierAgreement",
        "@baseType": "Agreement",
        "id": seen.native_id,
        "documentNumber": agreement.number,
        "agreementType": agreement.kind,
        "status": agreement.status.at(seen.on),
        "statusDate": str(agreement.status.since(seen.on)),
        "agreementPeriod": period(agreement.begins, seen.get("ends", agreement.ends.at(seen.on))),
        "agreementAuthorization": [
            {"date": str(day), "state": "approved"}
            for day in [agreement.signed_on]
            if day and day <= seen.on
        ],
        "engagedParty": [_party(seen, agreement, cluster)],
        "noticeDays": agreement.notice_days,
        "autoRenew": agreement.auto_renew,
        "renewalTermMonths": agreement.renewal_months,
        "noticeGivenOn": str(given) if given and given <= seen.on else None,
        "decision": agreement.decision.at(seen.on),
        "creditClaimDays": agreement.credit_claim_days,
        "separateTender": agreement.separate_tender,
        "agreementItem": [_item(seen, item, cluster) for item in agreement.items],
        "clause": [_clause(seen, clause) for clause in agreement.clauses],
        "commitment": [_commitment(one, cluster) for one in agreement.commitments],
    }


def _party(seen: Seen, agreement: Agreement, cluster: Cluster) -> dict[str, Any]:
    """The customer as the CRM knows it; one that no CRM knows has a number of this system's own."""
    account = cluster.entities[agreement.entity].account.at(seen.on)
    own = native_id(SYSTEM, "entity", agreement.entity)
    return {
        "id": of_crm("customer", account, cluster) if account else own,
        "name": agreement.party_name.at(seen.on),
        "role": "customer",
        "@referredType": "Customer",
    }


def _item(seen: Seen, item: Item, cluster: Cluster) -> dict[str, Any]:
    earlier = index(cluster).agreements.get(item.renews)
    renewed = earlier and {
        "id": native_id(SYSTEM, "agreement", earlier.key),
        "itemId": native_id(SYSTEM, "item", item.renews),
    }
    return known(
        {
            "id": native_id(SYSTEM, "item", item.key),
            "product": [{"id": product_id(key)} for key in item.services],
            "productOffering": {"id": offering_id(item.offering)} if item.offering else None,
            "validFor": period(item.begins, item.ends.at(seen.on)),
            "noticeDays": item.notice_days,
            "autoRenew": item.auto_renew,
            "renewalTermMonths": item.renewal_months,
            "monthlyAmount": money(item.monthly_amount.at(seen.on), item.currency),
            "earlyTerminationShare": item.early_termination_share,
            "creditShare": item.credit_share,
            "renews": renewed,
        }
    )


def _clause(seen: Seen, clause: Clause) -> dict[str, Any]:
    bound = clause.kind in OF_CONTROL
    used = clause.exercised_on
    return known(
        {
            "id": native_id(SYSTEM, "clause", clause.key),
            "kind": clause.kind,
            "text": clause.text,
            "span": clause.span,
            "confidence": clause.confidence,
            "opensOn": _text(clause.opens_on),
            "deadlineOn": _text(clause.deadline_on),
            "exercisedOn": _text(used) if used and used <= seen.on else None,
            "waivedOn": _text(clause.waived_on),
            "noticeDays": clause.notice_days or None,
            "consentBefore": clause.consent_before if bound else None,
            "exemptsAffiliates": clause.exempts_affiliates if bound else None,
            "threshold": clause.threshold or None,
            "windowMonths": clause.window_months or None,
        }
    )


def _commitment(commitment: Commitment, cluster: Cluster) -> dict[str, Any]:
    counting = [
        {"id": billed(account)}
        for account in cluster.billing_accounts.values()
        if commitment.key in account.commitments
    ]
    return known(
        {
            "id": native_id(SYSTEM, "commitment", commitment.key),
            "kind": commitment.kind,
            "amount": money(commitment.amount, commitment.currency),
            "period": period(commitment.begins, commitment.ends),
            "payableShare": commitment.payable_share,
            "step": [
                {"from": str(day), "amount": money(amount, commitment.currency)}
                for day, amount in commitment.steps
            ],
            "billingAccount": counting,
        }
    )


def _text(day: object) -> str | None:
    return str(day) if day else None


def export(part: Part) -> _Contracts:
    """Begin one part of a delivery."""
    return _Contracts(part)
