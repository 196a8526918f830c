"""The books of one billing system in the model's words: who is billed, for what, who has paid."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from graph.facts.claims import Claims, Ref, ref
from loaders.billing.lines import Lines, odd_sums
from loaders.company import Number, company
from loaders.references import across

ORPHAN = "the account has no customer"
BACKWARDS = "the period ends before it begins"


class Period(NamedTuple):
    """Half-open days: the first that is billed, the first that is billed no more."""

    begins: date | None
    ends: date | None


class Ledger:
    """What one billing system says of accounts, bills, charges, payments and disputes."""

    def __init__(self, system: str) -> None:
        self._system = system

    def named(self, label: str, kind: str, native_id: str) -> Ref:
        """The node that this system means by an id, be it its own or another system's."""
        return ref(label, across(self._system, kind, native_id))

    def account(
        self,
        claims: Claims,
        number: str,
        *,
        party: Ref | None,
        opened_on: date | None,
        **properties: Any,
    ) -> Ref:
        """An account on which bills are written, and the company in the role of its customer.

        The role is the account's own, so that a company with three accounts plays three of them
        and none twice. An account without a company is kept and said.
        """
        account = claims.node(
            "BillingAccount",
            self.named("BillingAccount", "billing_account", number).reference,
            **properties,
        )
        if party is None:
            claims.odd.append(ORPHAN)
            return account
        customer = claims.node("Customer", self.named("Customer", "customer", number).reference)
        claims.fact("PLAYS", party, customer, valid_from=opened_on)
        claims.fact("BILLED_BY", customer, account, valid_from=opened_on)
        return account

    def party(
        self,
        claims: Claims,
        number: str | None,
        *,
        name: str | None,
        numbers: Iterable[Number] = (),
        **seat: Any,
    ) -> Ref | None:
        """The company with this customer number; None without one: a name alone is nobody."""
        if not number:
            return None
        reference = self.named("LegalEntity", "party", number).reference
        return company(claims, reference, name=name, numbers=numbers, **seat)

    def bill(
        self,
        claims: Claims,
        native_id: str,
        *,
        account: str,
        period: Period,
        net: int | None = None,
        lines: Lines | None = None,
        **properties: Any,
    ) -> Ref:
        """A bill as it was written; sums that are wrong are kept and said."""
        bill = claims.node(
            "Bill",
            self.named("Bill", "bill", native_id).reference,
            period_from=period.begins,
            period_to=period.ends,
            **properties,
        )
        claims.link("ON", bill, self.named("BillingAccount", "billing_account", account))
        claims.odd += odd_sums(
            amount=properties.get("amount"),
            tax=properties.get("tax_amount"),
            net=net,
            currency=properties.get("currency"),
            lines=lines,
        )
        _look_at(claims, period)
        return bill

    def charge(
        self,
        claims: Claims,
        native_id: str,
        *,
        bill: str | None,
        account: str | None,
        product: str | None,
        service: str | None,
        period: Period,
        **properties: Any,
    ) -> Ref:
        """A charge on a bill, or on an account as long as it is on none."""
        charge = claims.node(
            "Charge",
            self.named("Charge", "charge", native_id).reference,
            period_from=period.begins,
            period_to=period.ends,
            is_billed=bill is not None,
            **properties,
        )
        if bill:
            claims.link("HAS_CHARGE", self.named("Bill", "bill", bill), charge)
        elif account:
            claims.link("ON", charge, self.named("BillingAccount", "billing_account", account))
        if product:
            claims.link("FOR", charge, self.named("Product", "product", product))
        if service:
            claims.link("FOR", charge, self.named("Service", "service", service))
        _look_at(claims, period)
        return charge

    def payment(
        self,
        claims: Claims,
        native_id: str,
        *,
        account: str | None,
        bill: str | None,
        amount: int,
        **properties: Any,
    ) -> Ref:
        """Money that came in; without a bill it is paid on account."""
        reference = self.named("Payment", "payment", native_id).reference
        payment = claims.node("Payment", reference, amount=amount, **properties)
        if account:
            claims.link("ON", payment, self.named("BillingAccount", "billing_account", account))
        if bill:
            claims.link("SETTLES", payment, self.named("Bill", "bill", bill), amount=amount)
        return payment

    def dispute(
        self,
        claims: Claims,
        native_id: str,
        *,
        account: str | None,
        bill: str | None,
        **properties: Any,
    ) -> Ref:
        """An amount that the customer does not accept."""
        reference = self.named("Dispute", "dispute", native_id).reference
        dispute = claims.node("Dispute", reference, **properties)
        if account:
            claims.link("ON", dispute, self.named("BillingAccount", "billing_account", account))
        if bill:
            claims.link("DISPUTES", dispute, self.named("Bill", "bill", bill))
        return dispute


def _look_at(claims: Claims, period: Period) -> None:
    if period.begins and period.ends and period.ends <= period.begins:
        claims.odd.append(BACKWARDS)
