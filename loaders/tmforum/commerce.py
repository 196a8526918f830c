"""What is billed: TMF666 BillingAccount, TMF678 bills and rates."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.errors import RecordRejected
from graph.facts.claims import Claims
from loaders.tmforum.reading import Reading, money, period

BILL_STATES = ("new", "onHold", "validated", "sent", "partiallyPaid", "settled")
CHARGE_KINDS: dict[str, str | None] = {
    "recurringCharge": "recurring",
    "recurring": "recurring",
    "monthly": "recurring",
    "oneTimeCharge": "one_off",
    "oneTime": "one_off",
    "usageCharge": "usage",
    "usage": "usage",
    "overage": "overage",
    "appliedBillingCredit": "credit",
    "credit": "credit",
    "appliedBillingCharge": None,  # any kind of charge: which one is not said
    "appliedPenaltyCharge": None,
}
_ACCOUNT_LEFT_OUT = (
    "accountRelationship",  # accounts within accounts: the model has no home
    "accountType",
    "defaultPaymentMethod",
    "description",
    "financialAccount",
    "name",
    "paymentPlan",
    "taxExemption",
    "externalIdentifier",
)
_BILL_LEFT_OUT = (
    "appliedPayment",  # without dates: what is still owed says it
    "billCycle",
    "billDocument",
    "category",
    "financialAccount",
    "paymentMethod",
    "relatedParty",
    "runType",
    "taxExcludedAmount",
    "taxIncludedAmount",
    "taxItem",
    "externalIdentifier",
)
_RATE_LEFT_OUT = (
    "appliedTax",
    "billingAccount",  # the bill has it
    "characteristic",
    "date",
    "description",
    "name",
    "taxIncludedAmount",
    "externalIdentifier",
)


def billing_account(read: Reading) -> Claims:
    """An account that bills are written on, and the customer it names."""
    claims = Claims()
    read.ignore(*_ACCOUNT_LEFT_OUT)
    claims.happened_on = read.on("lastModified")
    limit, limit_currency = read.money("creditLimit")
    balance, balance_currency = _owed(read)
    account = claims.node(
        "BillingAccount",
        read.reference("billing_account"),
        state=read.text("state"),
        payment_status=read.text("paymentStatus"),
        currency=_one_currency("accountBalance", limit_currency, balance_currency),
        credit_limit=limit,
        balance=balance,
        cycle=_cycle(read.part("billStructure")),
    )
    for party in read.all_referred("relatedParty"):
        if party.type in ("customer", "customerref"):
            claims.fact("BILLED_BY", read.ref("Customer", "customer", party.id), account)
    return read.report(claims)


def customer_bill(read: Reading) -> Claims:
    """A bill and the account it was written on."""
    claims = Claims()
    read.ignore(*_BILL_LEFT_OUT)
    claims.happened_on = read.on("lastUpdate")
    billed = read.period("billingPeriod")
    amount, unit = read.money("amountDue")
    remaining, remaining_unit = read.money("remainingAmount")
    former = read.word("status", BILL_STATES)  # what earlier forms call the state
    bill = claims.node(
        "Bill",
        read.reference("customer_bill"),
        number=read.text("billNo"),
        state=read.word("state", BILL_STATES) or former,
        period_from=billed.start,
        period_to=billed.end,
        issued_on=read.on("billDate"),
        due_on=read.on("paymentDueDate"),
        next_bill_on=read.on("nextBillDate"),
        amount=amount,
        remaining_amount=remaining,
        currency=_one_currency("remainingAmount", unit, remaining_unit),
    )
    account = read.referred("billingAccount")
    if account:
        on = read.ref("BillingAccount", "billing_account", account.id)
        claims.link("ON", bill, on)
    return read.report(claims)


def applied_customer_billing_rate(read: Reading) -> Claims:
    """A charge, the bill it is on and the product it is for."""
    claims = Claims()
    read.ignore(*_RATE_LEFT_OUT)
    given = {name: read.word(name, CHARGE_KINDS) for name in ("appliedBillingRateType", "type")}
    kind = next((CHARGE_KINDS[word] for word in given.values() if word), None)
    amount, unit = read.money("taxExcludedAmount")
    covered = read.period("periodCoverage")
    charge = claims.node(
        "Charge",
        read.reference("applied_customer_billing_rate"),
        kind=kind,
        amount=-abs(amount) if amount is not None and kind == "credit" else amount,
        currency=unit,
        period_from=covered.start,
        period_to=covered.end,
        is_billed=read.flag("isBilled"),
    )
    bill, product = read.referred("bill"), read.referred("product")
    if bill:
        claims.link("HAS_CHARGE", read.ref("Bill", "customer_bill", bill.id), charge)
    if product:
        claims.link("FOR", charge, read.ref("Product", "product", product.id))
    return read.report(claims)


def _owed(read: Reading) -> tuple[int | None, str | None]:
    """The receivable balance that began last; other kinds of balance are reported."""
    found: list[tuple[date, int | None, str | None]] = []
    for one in read.parts("accountBalance"):
        kind = str(one.get("balanceType") or one.get("accountType") or "")
        since = period(one.get("validFor") or {}, "accountBalance.validFor").start
        amount, unit = money(one.get("amount") or {}, "accountBalance.amount")
        if kind.casefold() in ("receivablebalance", "receivable"):
            found.append((since or date.min, amount, unit))
        else:
            read.unmapped(f"accountBalance[{kind}]")
    if not found:
        return None, None
    _, amount, unit = max(found, key=lambda one: one[0])
    return amount, unit


def _cycle(structure: dict[str, Any]) -> str | None:
    cycle = structure.get("cycleSpecification") or {}
    return cycle.get("frequency") or cycle.get("billingPeriod") or cycle.get("name")


def _one_currency(field: str, *units: str | None) -> str | None:
    given = {unit for unit in units if unit}
    if len(given) > 1:
        raise RecordRejected(
            f"amounts in {' and '.join(sorted(given))} in one record",
            where=field,
            remedy="ask the source which currency is meant",
        )
    return next(iter(given), None)
