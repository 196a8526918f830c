"""What a row of each table says."""

from __future__ import annotations

from datetime import date, timedelta

from graph.facts.claims import Claims
from loaders.audit import Fields
from loaders.billing.ledger import Ledger, Period
from loaders.billing.lines import Lines
from loaders.billing.words import flag, word
from loaders.company import Number, seat
from loaders.dates import day
from loaders.money import currency, minor_units
from loaders.source import RawRecord

TAX_ID_TYPES = {name: name for name in ("bn", "cnpj", "ein", "rfc", "vat")}
ACCOUNT_STATES = {"active": "Active", "closed": "Closed", "suspended": "Suspended"}
INVOICE_STATES = {
    "draft": "new",
    "on hold": "onHold",
    "open": "sent",
    "partial": "partiallyPaid",
    "paid": "settled",
}
CHARGE_TYPES = {
    "mrc": "recurring",
    "nrc": "one_off",
    "usage": "usage",
    "overage": "overage",
    "credit": "credit",
}
"""Monthly recurring, non-recurring ...: the words of American carriers."""
SEAT = ("street", "city", "state", "postal_code", "country")


def account(ledger: Ledger, record: RawRecord) -> Claims:
    """An account and the company that holds it."""
    fields, claims = _begun(record)
    code = currency(fields.need("currency"), field="currency")
    name = fields.take("account_name")
    opened = _day(fields, "opened_date")
    customer, payer = fields.take("customer_number"), fields.take("payer_customer_number")
    numbers, address = _numbers(fields), _seat(fields)
    party = ledger.party(claims, customer, name=name, numbers=numbers, **address)
    account = ledger.account(
        claims,
        fields.need("account_number"),
        party=party,
        opened_on=opened,
        party_name=name,
        state=word(fields, "status", ACCOUNT_STATES),
        state_since=_day(fields, "status_date"),
        payment_status=fields.take("payment_status"),
        currency=code,
        credit_limit=_money(fields, "credit_limit", code),
        balance=_money(fields, "balance", code),
        unapplied_amount=_money(fields, "unapplied_amount", code),
        payment_plan_on=_day(fields, "payment_plan_date"),
        cycle=fields.take("bill_cycle"),
    )
    if party and payer and payer != customer:
        above = ledger.named("LegalEntity", "party", payer)
        claims.fact("PARENT_IN", party, above, view="billing", basis="payer of the account")
    for one in str(fields.take("commitments", "")).split():
        counted = ledger.named("Commitment", "commitment", one)
        claims.fact("COUNTS_TOWARD", account, counted)
    fields.ignore("phone", "email")  # how to reach people
    return fields.report(claims)


def invoice(ledger: Ledger, record: RawRecord, lines: Lines | None) -> Claims:
    """An invoice; `lines` is the sum of the charges that came with it, None when none did."""
    fields, claims = _begun(record)
    code = currency(fields.need("currency"), field="currency")
    ledger.bill(
        claims,
        record.native_id,
        account=fields.need("account_number"),
        period=_period(fields),
        net=_money(fields, "subtotal", code),
        lines=lines,
        number=fields.need("invoice_number"),
        state=word(fields, "status", INVOICE_STATES),
        state_since=_day(fields, "status_date"),
        issued_on=_day(fields, "invoice_date"),
        due_on=_day(fields, "due_date"),
        settled_on=_day(fields, "paid_date"),
        next_bill_on=_day(fields, "next_invoice_date"),
        amount=minor_units(fields.need("total_amount"), code, field="total_amount"),
        tax_amount=_money(fields, "tax_amount", code),
        remaining_amount=_money(fields, "balance_due", code),
        disputed_amount=_money(fields, "disputed_amount", code),
        currency=code,
    )
    return fields.report(claims)


def charge(ledger: Ledger, record: RawRecord) -> Claims:
    """A line of an invoice; a credit is negative as it stands."""
    fields, claims = _begun(record)
    code = currency(fields.need("currency"), field="currency")
    ledger.charge(
        claims,
        record.native_id,
        bill=fields.take("invoice_number"),
        account=fields.take("account_number"),
        product=fields.take("product_id"),
        service=fields.take("service_id"),
        period=_period(fields),
        kind=word(fields, "charge_type", CHARGE_TYPES),
        reason=fields.take("reason_code"),
        amount=minor_units(fields.need("amount"), code, field="amount"),
        currency=code,
        discount_amount=_money(fields, "discount_amount", code) or None,
        discount_ends_on=_day(fields, "discount_end_date"),
        contributory=flag(fields, "contributory"),
    )
    fields.ignore("charge_id", "description")
    return fields.report(claims)


def payment(ledger: Ledger, record: RawRecord) -> Claims:
    """Money that came in; a payment that bounced comes as a negative one."""
    fields, claims = _begun(record)
    code = currency(fields.need("currency"), field="currency")
    ledger.payment(
        claims,
        record.native_id,
        account=fields.take("account_number"),
        bill=fields.take("invoice_number"),
        amount=minor_units(fields.need("amount"), code, field="amount"),
        currency=code,
        paid_on=_day(fields, "payment_date"),
        method=fields.take("method"),
        state=fields.take("status"),
    )
    fields.ignore("payment_id")
    return fields.report(claims)


def dispute(ledger: Ledger, record: RawRecord) -> Claims:
    """What the customer does not accept, of an invoice."""
    fields, claims = _begun(record)
    code = currency(fields.need("currency"), field="currency")
    ledger.dispute(
        claims,
        record.native_id,
        account=fields.take("account_number"),
        bill=fields.take("invoice_number"),
        amount=_money(fields, "amount", code),
        currency=code,
        reason=fields.take("reason"),
        state=fields.take("status"),
        opened_on=_day(fields, "opened_date"),
        closed_on=_day(fields, "closed_date"),
    )
    fields.ignore("dispute_id", "charge_id")  # a dispute is of an invoice in the model
    return fields.report(claims)


def _begun(record: RawRecord) -> tuple[Fields, Claims]:
    fields, claims = Fields(record), Claims()
    claims.happened_on = day(fields.take("updated_at"), field="updated_at")
    return fields, claims


def _day(fields: Fields, name: str) -> date | None:
    return day(fields.take(name), field=name, form="m/d/y")


def _period(fields: Fields) -> Period:
    """The rows give the last day of a period; a period is half-open here."""
    last = _day(fields, "period_end")
    begins = _day(fields, "period_start")
    return Period(begins, last + timedelta(days=1) if last else None)


def _money(fields: Fields, name: str, code: str) -> int | None:
    value = fields.take(name)
    return None if value is None else minor_units(value, code, field=name)


def _numbers(fields: Fields) -> list[Number]:
    scheme = word(fields, "tax_id_type", TAX_ID_TYPES) or "tax"
    return [
        Number(scheme, fields.take("tax_id")),
        Number("lei", fields.take("lei")),
        Number("duns", fields.take("duns_number")),
        Number(
            "registry",
            fields.take("registration_number"),
            fields.take("registration_authority", ""),
        ),
    ]


def _seat(fields: Fields) -> dict[str, str | None]:
    parts = {name: fields.take(name) for name in SEAT}
    return seat(*parts.values(), city=parts["city"], country=parts["country"])
