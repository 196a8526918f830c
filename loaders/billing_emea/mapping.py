"""What a resource says: TMF666 BillingAccount, TMF678 CustomerBill, TMF676 Payment, disputes."""

from __future__ import annotations

from typing import Any

from graph.errors import RecordRejected
from graph.facts.claims import Claims
from loaders.billing.ledger import Ledger, Period
from loaders.billing.lines import lines_of
from loaders.billing.words import BILL_STATES
from loaders.company import Number, seat
from loaders.dates import day
from loaders.money import currency
from loaders.tmforum.commerce import CHARGE_KINDS
from loaders.tmforum.reading import Reading, money, one_of, period

ACCOUNT_STATES = ("Active", "Closed", "Suspended")
BALANCES = {"receivableBalance": "balance", "unappliedPayment": "unapplied_amount"}
"""accountBalance.balanceType -> the model's property."""
CHARGE_LEFT_OUT = frozenset(("name", "description", "isBilled", "taxIncludedAmount", "appliedTax"))
"""Of a charge: its words, and amounts that its own goes without."""
TRUTH = ("true", "false")
LINES = ("street", "postcode", "city", "stateOrProvince", "country")


def billing_account(ledger: Ledger, read: Reading) -> Claims:
    """An account, and the company in the role of its customer."""
    claims = Claims(happened_on=read.on("lastUpdate"))
    code = currency(read.text("currency"), field="currency")
    name, term = read.text("name"), read.period("validFor")
    party = None
    for holder in read.inner("relatedParty"):
        if holder.word("role", ("customer", "payer")) == "customer":
            address = next(holder.inner("address"), None)
            party = ledger.party(
                claims,
                holder.id,
                name=holder.text("name") or name,
                numbers=[_number(one) for one in holder.inner("organizationIdentification")],
                **(_seat(address) if address else {}),
            )
    plan = read.period("paymentPlan")
    account = ledger.account(
        claims,
        read.native_id,
        party=party,
        opened_on=term.start,
        party_name=name,
        state=read.word("state", ACCOUNT_STATES),
        state_since=read.on("stateSince"),
        payment_status=read.text("paymentStatus"),
        currency=code,
        credit_limit=_in(code, read, "creditLimit"),
        payment_plan_on=plan.start,
        cycle=_cycle(read),
        **_balances(code, read),
    )
    for one in read.inner("commitment"):
        counted = ledger.named("Commitment", "commitment", one.id)
        claims.fact("COUNTS_TOWARD", account, counted)
    return read.report(claims)


def customer_bill(ledger: Ledger, read: Reading) -> Claims:
    """A bill with its charges; sums that do not agree are kept and said."""
    claims = Claims(happened_on=read.on("lastUpdate"))
    amount, code = read.money("amountDue")
    account = read.referred("billingAccount")
    if amount is None or code is None or account is None:
        raise RecordRejected(
            f"bill {read.native_id} lacks its amountDue or its billingAccount",
            where="amountDue" if amount is None else "billingAccount",
            remedy="ask the source for it, then load again",
        )
    charges = [
        _charge(ledger, claims, read, place, one)
        for place, one in enumerate(read.parts("appliedCustomerBillingRate"), start=1)
    ]
    covered = read.period("billingPeriod")
    taxes = [_in(code, one, "taxAmount") or 0 for one in read.inner("taxItem")]
    ledger.bill(
        claims,
        read.native_id,
        account=account.id,
        period=Period(covered.start, covered.end),
        net=_in(code, read, "taxExcludedAmount"),
        lines=lines_of(charges),
        number=read.text("billNo"),
        state=read.word("state", BILL_STATES),
        state_since=read.on("stateSince"),
        issued_on=read.on("billDate"),
        due_on=read.on("paymentDueDate"),
        settled_on=read.on("settledDate"),
        next_bill_on=read.on("nextBillDate"),
        amount=amount,
        tax_amount=sum(taxes) if taxes else None,
        remaining_amount=_in(code, read, "remainingAmount"),
        disputed_amount=_in(code, read, "disputedAmount"),
        currency=code,
    )
    read.ignore("appliedPayment", "taxIncludedAmount", "category", "runType", "billCycle")
    return read.report(claims)


def payment(ledger: Ledger, read: Reading) -> Claims:
    """Money that came in, for one bill or on account."""
    claims = Claims(happened_on=read.on("lastUpdate"))
    amount, code = read.money("amount")
    if amount is None:
        raise RecordRejected("a payment without an amount", where="amount", remedy="ask the source")
    account, bill = read.referred("account"), read.referred("bill")
    ledger.payment(
        claims,
        read.native_id,
        account=account.id if account else None,
        bill=bill.id if bill else None,
        amount=amount,
        currency=code,
        paid_on=read.on("paymentDate"),
        method=read.text("paymentMethod"),
        state=read.text("status"),
    )
    return read.report(claims)


def dispute(ledger: Ledger, read: Reading) -> Claims:
    """What the customer does not accept, of a bill."""
    claims = Claims(happened_on=read.on("lastUpdate"))
    amount, code = read.money("amount")
    account, bill = read.referred("billingAccount"), read.referred("bill")
    ledger.dispute(
        claims,
        read.native_id,
        account=account.id if account else None,
        bill=bill.id if bill else None,
        amount=amount,
        currency=code,
        reason=read.text("reason"),
        state=read.text("status"),
        opened_on=read.on("openedDate"),
        closed_on=read.on("closedDate"),
    )
    read.ignore("charge")  # a dispute is of a bill in the model
    return read.report(claims)


def _charge(
    ledger: Ledger, claims: Claims, read: Reading, place: int, given: dict[str, Any]
) -> tuple[int, str]:
    """A line of a bill, its amount and currency; a credit is negative however it is written.

    Bills have hundreds of lines, so a line is taken apart here and not by a Reading of its own.
    """
    left = {name: value for name, value in given.items() if name not in CHARGE_LEFT_OUT}
    kind = CHARGE_KINDS[one_of(left.pop("type", ""), CHARGE_KINDS, "type")]
    amount, code = money(left.pop("taxExcludedAmount", {}), "taxExcludedAmount")
    if amount is None or code is None:
        raise RecordRejected(
            f"charge {place} of bill {read.native_id} has no amount",
            where="taxExcludedAmount",
            remedy="ask the source for it",
        )
    amount = -abs(amount) if kind == "credit" else amount
    covered = period(left.pop("periodCoverage", {}), "periodCoverage")
    counts = left.pop("contributory", "")
    ledger.charge(
        claims,
        left.pop("id", None) or f"{read.native_id}/{place}",
        bill=read.native_id,
        account=None,
        product=left.pop("product", {}).get("id"),
        service=left.pop("service", {}).get("id"),
        period=Period(covered.start, covered.end),
        kind=kind,
        reason=left.pop("reason", None),
        amount=amount,
        currency=code,
        discount_amount=money(left.pop("discount", {}), "discount")[0] or None,
        discount_ends_on=day(left.pop("discountEndDate", None), field="discountEndDate"),
        contributory=one_of(counts, TRUTH, "contributory") == "true" if counts else None,
    )
    for name in left:
        read.unmapped(f"appliedCustomerBillingRate.{name}")
    return amount, code


def _number(read: Reading) -> Number:
    scheme = str(read.text("identificationType") or "unknown").casefold()
    return Number(scheme, read.text("identificationId"), read.text("issuingAuthority") or "")


def _seat(read: Reading) -> dict[str, str | None]:
    parts = {name: read.text(name) for name in LINES}
    return seat(*parts.values(), city=parts["city"], country=parts["country"])


def _balances(code: str, read: Reading) -> dict[str, Any]:
    found: dict[str, Any] = dict.fromkeys(BALANCES.values())
    for one in read.inner("accountBalance"):
        found[BALANCES[one.word("balanceType", BALANCES, needed=True) or ""]] = _in(
            code, one, "amount"
        )
    return found


def _in(code: str, read: Reading, name: str) -> int | None:
    """An amount that must be in the record's one currency; RecordRejected for another."""
    amount, unit = read.money(name)
    if unit not in (None, code):
        raise RecordRejected(
            f"{name} is in {unit} where the record is in {code}",
            where=name,
            remedy="ask the source which currency is meant",
        )
    return amount


def _cycle(read: Reading) -> str | None:
    found = None
    for structure in read.inner("billStructure"):
        for cycle in structure.inner("cycleSpecification"):
            frequency, name = cycle.text("frequency"), cycle.text("name")
            found = name or frequency  # the name tells the day of the month too
    return found
