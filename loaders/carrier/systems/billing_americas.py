"""The books of the Americas as CSV: accounts, invoices, charges, payments and disputes."""

from __future__ import annotations

from datetime import date

from graph.money import major_units
from loaders.carrier.books import ended, holder, lines, settled, state
from loaders.carrier.native import native_id
from loaders.carrier.observation import Seen
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.world.money import Bill, BillingAccount, Dispute, Payment
from loaders.carrier.writing import Part

SYSTEM = "billing_americas"
ACCOUNTS = (
    "account_number", "customer_number", "account_name", "tax_id", "tax_id_type", "duns_number",
    "street", "city", "state", "postal_code", "country", "phone", "currency", "status",
    "status_date", "opened_date", "bill_cycle", "credit_limit", "unapplied_amount",
    "payment_plan_date", "payer_customer_number", "updated_at",
)  # fmt: skip
INVOICES = (
    "invoice_number", "account_number", "invoice_date", "due_date", "period_start", "period_end",
    "currency", "subtotal", "tax_amount", "total_amount", "balance_due", "status", "paid_date",
    "updated_at",
)  # fmt: skip
CHARGES = (
    "charge_id", "invoice_number", "account_number", "charge_type", "reason_code", "description",
    "product_id", "service_id", "period_start", "period_end", "amount", "currency",
    "discount_amount", "discount_end_date", "contributory",
)  # fmt: skip
PAYMENTS = (
    "payment_id", "account_number", "invoice_number", "payment_date", "amount", "currency",
    "method", "status",
)  # fmt: skip
DISPUTES = (
    "dispute_id", "account_number", "invoice_number", "opened_date", "closed_date", "amount",
    "currency", "reason", "status",
)  # fmt: skip
STATES = {"new": "Draft", "sent": "Open", "partiallyPaid": "Partial", "settled": "Paid"}
TYPES = {
    "recurring": "MRC",
    "usage": "Usage",
    "overage": "Overage",
    "one_off": "NRC",
    "credit": "Credit",
}
CONTRIBUTORY = {True: "Y", False: "N", None: ""}


class _BillingAmericas:
    def __init__(self, part: Part) -> None:
        self._accounts = part.csv("accounts", ACCOUNTS)
        self._invoices = part.csv("invoices", INVOICES)
        self._charges = part.csv("charges", CHARGES)
        self._payments = part.csv("payments", PAYMENTS)
        self._disputes = part.csv("disputes", DISPUTES)

    def write(self, seen: Seen, cluster: Cluster | None) -> None:
        """Format one account, bill, payment or dispute."""
        thing = seen.thing
        if isinstance(thing, BillingAccount) and cluster is not None:
            self._account(seen, thing, cluster)
        elif isinstance(thing, Bill):
            self._bill(seen, thing)
        elif isinstance(thing, Payment):
            bill = native_id(SYSTEM, "bill", thing.bill) if thing.bill else ""
            row = (_day(thing.paid_on), major_units(thing.amount, thing.currency), thing.currency)
            account = native_id(SYSTEM, "billing_account", thing.account)
            self._payments((seen.native_id, account, bill, *row, thing.method, "posted"))
        elif isinstance(thing, Dispute):
            self._dispute(seen, thing)

    def close(self) -> None:
        """Nothing is left to write."""

    def _account(self, seen: Seen, account: BillingAccount, cluster: Cluster) -> None:
        held, (status, since) = holder(SYSTEM, seen, cluster), state(account, seen.on)
        place, code = held.address, seen.get("currency", account.currency)
        above = cluster.billing_accounts.get(account.parent)
        payer = native_id(SYSTEM, "entity", above.entity) if above else ""
        self._accounts(
            (
                seen.native_id, held.number, held.name, held.tax_id,
                held.tax_type.upper() if held.tax_id else "", held.duns, place.street, place.city,
                place.region, place.postcode, place.country, held.entity.phone, code, status,
                _day(since), _day(account.opened_on), f"M{account.cycle_day:02d}",
                major_units(account.credit_limit, code),
                major_units(account.unapplied.at(seen.on), code),
                _day(ended(account.payment_plan_on or date.max, seen.on)), payer,
                f"{seen.on} 00:00:00",
            )
        )  # fmt: skip

    def _bill(self, seen: Seen, bill: Bill) -> None:
        account, code = native_id(SYSTEM, "billing_account", bill.account), bill.currency
        last = date.fromordinal(bill.ends.toordinal() - 1)
        money = (bill.amount - bill.tax, bill.tax, seen.get("amount", bill.amount),
                 bill.remaining.at(seen.on))  # fmt: skip
        self._invoices(
            (
                seen.native_id, account, _day(bill.issued_on), _day(bill.due_on),
                _day(bill.begins), _day(last), code, *(major_units(one, code) for one in money),
                STATES[bill.state(seen.on)], _day(settled(bill, seen.on)), f"{seen.on} 00:00:00",
            )
        )  # fmt: skip
        for line in lines(bill, seen.native_id):
            charge = line.charge
            self._charges(
                (
                    line.native_id, seen.native_id, account, TYPES[charge.kind], charge.reason,
                    charge.text, line.product, line.service, _day(line.first_day),
                    _day(line.last_day), major_units(charge.amount, code), code,
                    major_units(charge.discount, code), _day(charge.discount_ends_on),
                    CONTRIBUTORY[charge.contributory],
                )
            )  # fmt: skip

    def _dispute(self, seen: Seen, dispute: Dispute) -> None:
        closed = ended(dispute.closed_on, seen.on)
        self._disputes(
            (
                seen.native_id, native_id(SYSTEM, "billing_account", dispute.account),
                native_id(SYSTEM, "bill", dispute.bill), _day(dispute.opened_on), _day(closed),
                major_units(dispute.amount, dispute.currency), dispute.currency, dispute.reason,
                dispute.outcome if closed else "open",
            )
        )  # fmt: skip


def _day(day: date | None) -> str:
    return f"{day:%m/%d/%Y}" if day else ""


def export(part: Part) -> _BillingAmericas:
    """Begin one part of a delivery."""
    return _BillingAmericas(part)
