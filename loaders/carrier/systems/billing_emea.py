"""The books of EMEA as XML in the terms of TMF678."""

from __future__ import annotations

from datetime import date
from typing import Any

from lxml import etree

from graph.money import major_units
from loaders.carrier.books import Line, ended, holder, lines, settled, state
from loaders.carrier.native import native_id
from loaders.carrier.observation import Seen
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.world.money import Bill, BillingAccount, Dispute, Payment
from loaders.carrier.writing import Part

SYSTEM = "billing_emea"
NAMESPACE = "urn:carrier:billing:tmf678"
TYPES = {
    "recurring": "recurringCharge",
    "usage": "usageCharge",
    "overage": "overage",
    "one_off": "oneTimeCharge",
    "credit": "appliedBillingCredit",
}


class _BillingEmea:
    def __init__(self, part: Part) -> None:
        self._file = part.open("bills", "xml")
        self._file.write(b"<?xml version='1.0' encoding='UTF-8'?>\n")
        self._file.write(f'<billing xmlns="{NAMESPACE}">\n'.encode())

    def write(self, seen: Seen, cluster: Cluster | None) -> None:
        """Format one account, bill, payment or dispute."""
        thing = seen.thing
        if isinstance(thing, BillingAccount) and cluster is not None:
            element = _account(seen, thing, cluster)
        elif isinstance(thing, Bill):
            element = _bill(seen, thing)
        elif isinstance(thing, Payment):
            element = _payment(seen, thing)
        elif isinstance(thing, Dispute):
            element = _dispute(seen, thing)
        else:
            return
        self._file.write(etree.tostring(element, encoding="utf-8") + b"\n")

    def close(self) -> None:
        """End the document."""
        self._file.write(b"</billing>\n")


def _account(seen: Seen, account: BillingAccount, cluster: Cluster) -> Any:
    held, (status, since) = holder(SYSTEM, seen, cluster), state(account, seen.on)
    code = seen.get("currency", account.currency)
    made = _resource("billingAccount", seen)
    _text(made, name=held.name, state=status, stateSince=since, currency=code)
    _money(made, "creditLimit", account.credit_limit, code)
    balance = etree.SubElement(made, "accountBalance")
    _text(balance, balanceType="unappliedPayment")
    _money(balance, "amount", account.unapplied.at(seen.on), code)
    cycle = etree.SubElement(etree.SubElement(made, "billStructure"), "cycleSpecification")
    _text(cycle, frequency="monthly", name=f"M{account.cycle_day:02d}")
    if plan := ended(account.payment_plan_on or date.max, seen.on):
        _text(etree.SubElement(made, "paymentPlan"), startDateTime=plan)
    _text(etree.SubElement(made, "validFor"), startDateTime=account.opened_on)
    party = etree.SubElement(made, "relatedParty", role="customer")
    if held.number:
        party.set("id", held.number)
    _text(party, name=held.name)
    if held.tax_id:
        number = etree.SubElement(party, "organizationIdentification")
        _text(number, identificationType=held.tax_type, identificationId=held.tax_id)
    place = held.address
    _text(
        etree.SubElement(party, "address"),
        street=place.street,
        postcode=place.postcode,
        city=place.city,
        country=place.country,
    )
    return made


def _bill(seen: Seen, bill: Bill) -> Any:
    code, made = bill.currency, _resource("customerBill", seen)
    _text(
        made,
        billNo=bill.number,
        state=bill.state(seen.on),
        billDate=bill.issued_on,
        paymentDueDate=bill.due_on,
        settledDate=settled(bill, seen.on),
    )
    _period(made, "billingPeriod", bill.begins, date.fromordinal(bill.ends.toordinal() - 1))
    _money(made, "amountDue", seen.get("amount", bill.amount), code)
    _money(made, "taxExcludedAmount", bill.amount - bill.tax, code)
    _money(etree.SubElement(made, "taxItem"), "taxAmount", bill.tax, code)
    _money(made, "remainingAmount", bill.remaining.at(seen.on), code)
    etree.SubElement(made, "billingAccount", id=native_id(SYSTEM, "billing_account", bill.account))
    for line in lines(bill, seen.native_id):
        _rate(made, line, code)
    return made


def _rate(bill: Any, line: Line, code: str) -> None:
    charge = line.charge
    made = etree.SubElement(bill, "appliedCustomerBillingRate", id=line.native_id)
    _text(made, type=TYPES[charge.kind], name=charge.text, reason=charge.reason)
    _money(made, "taxExcludedAmount", charge.amount, code)
    _period(made, "periodCoverage", line.first_day, line.last_day)
    if line.product:
        etree.SubElement(made, "product", id=line.product)
    if charge.discount:
        _money(made, "discount", charge.discount, code)
    _text(made, discountEndDate=charge.discount_ends_on)
    if charge.contributory is not None:
        _text(made, contributory=str(charge.contributory).lower())


def _payment(seen: Seen, payment: Payment) -> Any:
    made = _resource("payment", seen)
    _money(made, "amount", payment.amount, payment.currency)
    _text(made, paymentDate=payment.paid_on, paymentMethod=payment.method, status="done")
    etree.SubElement(made, "account", id=native_id(SYSTEM, "billing_account", payment.account))
    if payment.bill:
        etree.SubElement(made, "bill", id=native_id(SYSTEM, "bill", payment.bill))
    return made


def _dispute(seen: Seen, dispute: Dispute) -> Any:
    made, closed = _resource("dispute", seen), ended(dispute.closed_on, seen.on)
    _money(made, "amount", dispute.amount, dispute.currency)
    _text(
        made,
        reason=dispute.reason,
        status=dispute.outcome if closed else "open",
        openedDate=dispute.opened_on,
        closedDate=closed,
    )
    account = native_id(SYSTEM, "billing_account", dispute.account)
    etree.SubElement(made, "billingAccount", id=account)
    etree.SubElement(made, "bill", id=native_id(SYSTEM, "bill", dispute.bill))
    return made


def _resource(name: str, seen: Seen) -> Any:
    made = etree.Element(name, id=seen.native_id)
    _text(made, lastUpdate=f"{seen.on}T00:00:00")
    return made


def _text(parent: Any, **values: object) -> None:
    """A child for each value; none for what is empty."""
    for name, value in values.items():
        if value not in (None, ""):
            etree.SubElement(parent, name).text = str(value)


def _money(parent: Any, name: str, amount: int, code: str) -> None:
    etree.SubElement(parent, name, unit=code).text = major_units(amount, code)


def _period(parent: Any, name: str, first: date, last: date) -> None:
    made = etree.SubElement(parent, name)
    _text(made, startDateTime=f"{first}T00:00:00", endDateTime=f"{last}T23:59:59")


def export(part: Part) -> _BillingEmea:
    """Begin one part of a delivery."""
    return _BillingEmea(part)
