"""What is agreed: TMF651 Agreement, with the terms, clauses and commitments it has no fields for.

The standard leaves an agreement's terms to free text. Its extension point is `@type` with
`@baseType: Agreement`; ours is described in loaders/contracts/README.md.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.facts.claims import Claims, Ref
from graph.model.catalogue import LABELS
from loaders.dates import day
from loaders.tmforum.reading import Period, Reading, one_of

CLAUSE_KINDS = LABELS["Clause"].properties["kind"].values
COMMITMENT_KINDS = LABELS["Commitment"].properties["kind"].values
_SIGNED = frozenset({"approved", "signed", "accepted"})
_LEFT_OUT = (
    "agreementSpecification",
    "associatedAgreement",
    "characteristic",
    "completionDate",
    "description",
    "documentNumber",
    "initialDate",
    "name",
    "relatedParty",
    "statementOfIntent",
    "version",
    "externalIdentifier",
)


def agreement(read: Reading) -> Claims:
    """A contract: its term, lines, clauses and commitments, and the customers bound by it."""
    claims = Claims()
    read.ignore(*_LEFT_OUT)
    term = read.period("agreementPeriod", "validFor")
    parties = list(read.all_referred("engagedParty"))
    contract = claims.node(
        "Agreement",
        read.reference("agreement"),
        type=read.text("agreementType"),
        status=read.text("status"),
        status_since=read.on("statusDate"),
        party_name=next((one.name for one in parties if one.name), None),
        signed_on=_signed_on(read),
        period_from=term.start,
        period_to=term.end,
        **_leaving(read),
        notice_given_on=read.on("noticeGivenOn"),
        decision=read.text("decision"),
        credit_claim_days=read.whole("creditClaimDays"),
        separate_tender=read.flag("separateTender"),
    )
    _report_reversed(claims, term, "the agreement")
    for party in parties:
        if party.type in ("customer", "customerref"):
            bound = read.ref("Customer", "customer", party.id)
            claims.fact("PARTY_TO", bound, contract, valid_from=term.start)
    for item in read.inner("agreementItem"):
        _item(claims, read, contract, term, item)
    for clause in read.inner("clause"):
        _clause(claims, read, contract, clause)
    for commitment in read.inner("commitment"):
        _commitment(claims, read, contract, commitment)
    return read.report(claims)


def item_key(agreement_id: object, item_id: object) -> str:
    """The id of a contract's line: its own id, or else its place, within the contract."""
    return f"{agreement_id}/{item_id}"


def _item(claims: Claims, read: Reading, contract: Ref, term: Period, item: Reading) -> None:
    """A line; without a period of its own it runs as long as its contract."""
    item.ignore("productOffering", "termOrCondition")
    own_term = item.period("validFor")
    runs = own_term if own_term != Period() else term
    amount, unit = item.money("monthlyAmount")
    line = claims.node(
        "AgreementItem",
        read.reference("agreement_item", item_key(read.native_id, item.native_id)),
        starts_on=runs.start,
        ends_on=runs.end,
        **_leaving(item),
        monthly_amount=amount,
        currency=unit,
        early_termination_share=item.number("earlyTerminationShare", share=True),
        credit_share=item.number("creditShare", share=True),
    )
    if own_term != Period():
        _report_reversed(claims, own_term, "an item")
    claims.link("HAS_ITEM", contract, line)
    for product in item.all_referred("product"):
        had = read.ref("Product", "product", product.id)
        claims.fact("GOVERNS", line, had, valid_from=runs.start)
    for earlier in item.all_referred("renews", "itemId"):
        named = item_key(earlier.id, (earlier.version or {}).get("itemId") or 1)
        claims.link("RENEWS", line, read.ref("AgreementItem", "agreement_item", named))


def _clause(claims: Claims, read: Reading, contract: Ref, clause: Reading) -> None:
    """A clause as it was read from the paper, and how sure it is that it was read right."""
    kind = clause.text("kind")
    node = claims.node(
        "Clause",
        read.reference("clause", f"{read.native_id}/{clause.native_id}"),
        kind=one_of(_SPELT.get(kind or "", kind), CLAUSE_KINDS, "clause.kind"),
        text=clause.text("text"),
        span=clause.text("span"),
        confidence=clause.number("confidence", share=True),
        opens_on=clause.on("opensOn"),
        deadline_on=clause.on("deadlineOn"),
        closes_on=clause.on("closesOn"),
        exercised_on=clause.on("exercisedOn"),
        waived_on=clause.on("waivedOn"),
        notice_days=clause.whole("noticeDays"),
        consent_before=clause.flag("consentBefore"),
        exempts_affiliates=clause.flag("exemptsAffiliates"),
        threshold=clause.number("threshold"),
        window_months=clause.whole("windowMonths"),
    )
    claims.link("HAS_CLAUSE", contract, node)


_SPELT = {"price_parity": "parity", "most_favoured_customer": "parity"}


def _commitment(claims: Claims, read: Reading, contract: Ref, commitment: Reading) -> None:
    """What the customer has promised to spend, and the accounts whose bills count toward it."""
    counted = commitment.period("period", "validFor")
    amount, unit = commitment.money("amount")
    kind = commitment.word("kind", COMMITMENT_KINDS)
    node = claims.node(
        "Commitment",
        read.reference("commitment", f"{read.native_id}/{commitment.native_id}"),
        kind=kind,
        amount=amount,
        currency=unit,
        period_from=counted.start,
        period_to=counted.end,
        payable_share=commitment.number("payableShare", share=True),
        steps=_steps(commitment, unit) or None,
    )
    _report_reversed(claims, counted, "a commitment")
    claims.link("HAS_COMMITMENT", contract, node)
    for account in commitment.all_referred("billingAccount"):
        billed = read.ref("BillingAccount", "billing_account", account.id)
        claims.fact("COUNTS_TOWARD", billed, node, valid_from=counted.start)


def _steps(commitment: Reading, unit: str | None) -> list[str]:
    """The amounts of a stepped commitment, each with the first day from which it is due."""
    found = []
    for step in commitment.inner("step"):
        amount, own_unit = step.money("amount")
        begins = step.on("from")
        if begins is None or amount is None or own_unit != unit:
            commitment.unmapped("step")
        else:
            found.append(f"{begins} {amount}")
    return sorted(found)


def _leaving(read: Reading) -> dict[str, Any]:
    """How a term ends: with what notice, and what happens when nobody gives it."""
    return {
        "notice_days": read.whole("noticeDays"),
        "auto_renew": read.flag("autoRenew"),
        "renewal_term_months": read.whole("renewalTermMonths"),
    }


def _report_reversed(claims: Claims, term: Period, what: str) -> None:
    """Say that a term is over before it began; it is kept as the source has it."""
    if term.start and term.end and term.end <= term.start:
        claims.odd.append(f"{what} ends before it starts")


def _signed_on(read: Reading) -> date | None:
    """The day of the last signature or approval."""
    days = [
        day(one.get("date"), field="agreementAuthorization.date")
        for one in read.parts("agreementAuthorization")
        if str(one.get("state") or "").casefold() in _SIGNED
    ]
    return max((given for given in days if given), default=None)
