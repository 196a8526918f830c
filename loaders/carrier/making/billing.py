"""What is charged and paid: month by month from what the services cost and the plants want."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from loaders.carrier.draw import Draw
from loaders.carrier.making.catalogue import months_before
from loaders.carrier.making.draft import Draft
from loaders.carrier.world.contract import Commitment
from loaders.carrier.world.money import Bill, BillingAccount, Charge, Payment
from loaders.carrier.world.service import Service
from loaders.carrier.world.timeline import OPEN, Timeline

TAXES = {"billing_americas": 0.0, "billing_emea": 0.19, "billing_apac": 0.10}
LONGEST = 13
"""Months before day 0 from which the plants may want bills, whatever the history of the rest."""
INSTALLED = 3
"""Months of the recurring charge that an installation costs."""


@dataclass(frozen=True, slots=True)
class Extra:
    """A line that a plant wants on the bill of a month."""

    service: str
    month: date
    kind: str
    amount: int
    text: str
    reason: str = ""
    contributory: bool | None = True


@dataclass(slots=True)
class Wishes:
    """What plants want of the bills."""

    extras: dict[str, list[Extra]] = field(default_factory=dict)
    """By billing account."""
    unpaid_from: dict[str, date] = field(default_factory=dict)
    """Billing account -> bills issued since then are not paid."""
    skipped: set[tuple[str, date]] = field(default_factory=set)
    """Service and month without a charge."""
    discounts: dict[str, tuple[int, date]] = field(default_factory=dict)
    """Service -> discount a month and the day on which it ends."""
    disputes: list[tuple[str, date, str]] = field(default_factory=list)
    """Billing account, month and service whose charge is disputed."""

    def charge(self, account: str, extra: Extra) -> None:
        """Ask for one more line."""
        self.extras.setdefault(account, []).append(extra)


def add_bills(draft: Draft, draw: Draw, wishes: Wishes) -> None:
    """Bill every account for each month of history and the thirty days."""
    size = draft.config.size
    months = [months_before(draft.today, back) for back in range(LONGEST, -1, -1)]
    oldest = months_before(draft.today, size.history_months)
    if draft.config.end >= months_before(draft.today, -1):
        months.append(months_before(draft.today, -1))
    periods = [(months_before(month, 1), month, months_before(month, -1)) for month in months]
    by_account: dict[str, list[Service]] = {}
    for service in draft.services.values():
        for _, key in service.billing_account.steps:
            if key:
                by_account.setdefault(key, []).append(service)
    end = draft.config.end
    for account in draft.billing_accounts.values():
        services = by_account.get(account.key, [])
        extras = wishes.extras.get(account.key, [])
        unpaid = wishes.unpaid_from.get(account.key, OPEN)
        first = min((oldest, *(extra.month for extra in extras)))
        for before, month, after in periods:
            if month < first:
                continue
            issued = month.replace(day=account.cycle_day)
            if issued > end or month < account.opened_on or issued >= account.closed_on:
                continue
            key = draft.key("l")
            lines: list[Charge] = []
            for service in services:
                if service.billed_from <= month < service.billed_to:
                    _line(lines, key, account.key, service, (before, month, after), wishes)
            if extras:
                wanted = [extra for extra in extras if extra.month == month]
                lines += [
                    _extra(f"{key}.{place}", extra)
                    for place, extra in enumerate(wanted, len(lines) + 1)
                ]
            if lines:
                _bill(draft, draw, account, key, month, issued, tuple(lines), issued >= unpaid)


def _line(
    lines: list[Charge],
    key: str,
    account: str,
    service: Service,
    period: tuple[date, date, date],
    wishes: Wishes,
) -> None:
    """The recurring charge of a service for a month, and its installation in the first."""
    before, month, after = period
    if service.billing_account.at(month) != account or (
        wishes.skipped and (service.key, month) in wishes.skipped
    ):
        return
    price = service.price.at(month)
    discount, until = wishes.discounts.get(service.key, _NO_DISCOUNT)
    lines.append(
        Charge(f"{key}.{len(lines) + 1}", service.key, "recurring", price, month, after,
               service.circuit, "", True, discount, until)
    )  # fmt: skip
    if before < service.billed_from:
        lines.append(
            Charge(f"{key}.{len(lines) + 1}", service.key, "one_off", price * INSTALLED,
                   service.activated_on, service.activated_on,
                   f"Installation {service.circuit}", "", False, 0, None)
        )  # fmt: skip


_NO_DISCOUNT: tuple[int, date | None] = (0, None)


def _extra(key: str, extra: Extra) -> Charge:
    after = months_before(extra.month, -1)
    return Charge(key, extra.service, extra.kind, extra.amount, extra.month, after, extra.text,
                  extra.reason, extra.contributory, 0, None)  # fmt: skip


def _bill(
    draft: Draft,
    draw: Draw,
    account: BillingAccount,
    key: str,
    month: date,
    issued: date,
    charges: tuple[Charge, ...],
    unpaid: bool,
) -> None:
    net = sum(charge.amount for charge in charges)
    tax = round(net * TAXES[account.system]) if net > 0 else 0
    amount = net + tax
    due = issued + timedelta(days=account.payment_days)
    paid = due + timedelta(days=draw.number(-6, 5))
    settled = amount > 0 and not unpaid
    first = ((issued, amount),)
    remaining = Timeline((*first, (paid, 0))) if settled else Timeline(first)
    draft.bills[key] = Bill(
        key,
        f"{account.number[-6:]}-{month:%y%m}",
        account.key,
        month,
        months_before(month, -1),
        issued,
        due,
        amount,
        tax,
        account.currency,
        remaining,
        paid if settled else OPEN,
        charges,
    )
    if settled and paid <= draft.config.end:
        draft.payments.append(
            Payment(draft.key("y"), account.key, key, amount, account.currency, paid, "transfer")
        )


def add_commitments(draft: Draft, draw: Draw, agreement: str, accounts: list[str]) -> None:
    """A yearly commitment on the master agreement that is met as planned: 1.00 to 1.05."""
    currency = draft.billing_accounts[accounts[0]].currency
    months = 8
    begins = months_before(draft.today, months)
    counted = set(accounts)
    billed = sum(
        charge.amount
        for bill in draft.bills.values()
        if bill.account in counted and begins <= bill.begins < draft.today
        for charge in bill.charges
        if charge.kind != "one_off"
    )
    if billed > 0:
        amount = round(billed * 12 / months / draw.between(1.01, 1.05))
        commit(draft, agreement, accounts, amount, currency, begins)


def commit(
    draft: Draft,
    agreement: str,
    accounts: list[str],
    amount: int,
    currency: str,
    begins: date,
    *,
    months: int = 12,
    kind: str = "MARC",
) -> Commitment:
    """Add a commitment toward which billing accounts count."""
    made = Commitment(draft.key("w"), agreement, kind, amount, currency, begins,
                      months_before(begins, -months), 1.0, ())  # fmt: skip
    held = draft.agreements[agreement]
    draft.agreements[agreement] = replace(held, commitments=(*held.commitments, made))
    for key in accounts:
        account = draft.billing_accounts[key]
        draft.change(draft.billing_accounts, key, commitments=(*account.commitments, made.key))
    return made
