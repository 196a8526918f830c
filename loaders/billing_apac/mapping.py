"""What a record says; amounts are whole minor units with their sign behind, days YYYYMMDD."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from graph.errors import RecordRejected
from graph.facts.claims import Claims
from loaders.audit import Fields
from loaders.billing.ledger import Ledger, Period
from loaders.billing.lines import lines_of
from loaders.billing.words import flag, word
from loaders.billing_apac.layout import CUT
from loaders.company import Number, seat
from loaders.dates import day
from loaders.money import currency
from loaders.source import RawRecord

ACCOUNT_STATES = {"a": "Active", "c": "Closed", "s": "Suspended"}
BILL_STATES = {
    "nw": "new",
    "hd": "onHold",
    "vl": "validated",
    "sn": "sent",
    "pp": "partiallyPaid",
    "st": "settled",
}
LINE_KINDS = {"rc": "recurring", "us": "usage", "ov": "overage", "oo": "one_off", "cr": "credit"}
TAX_TYPES = {name: name for name in ("abn", "gstin", "jcn", "tax", "uen", "vat")}
CUT_NAME = "the name is cut within a letter, which is left out"
_AMOUNT = re.compile(r"(\d{1,14})([+-])")


def account(ledger: Ledger, record: RawRecord) -> Claims:
    """An account and the company that holds it, by a name of at most thirty bytes."""
    fields, claims = _begun(record)
    name, city, opened = fields.take("name"), fields.take("city"), _day(fields, "opened")
    number, customer, payer = (
        fields.need("account"),
        fields.take("customer"),
        fields.take("payer"),
    )
    address = seat(city, city=city, country=fields.take("country"))
    party = ledger.party(claims, customer, name=name, numbers=_numbers(fields), **address)
    ledger.account(
        claims,
        number,
        party=party,
        opened_on=opened,
        party_name=name,
        state=word(fields, "status", ACCOUNT_STATES),
        state_since=_day(fields, "status_date"),
        currency=currency(fields.need("currency"), field="currency"),
        credit_limit=_amount(fields, "credit_limit"),
        unapplied_amount=_amount(fields, "unapplied"),
        payment_plan_on=_day(fields, "payment_plan"),
        cycle=fields.take("cycle"),
    )
    if party and payer and payer != customer:
        above = ledger.named("LegalEntity", "party", payer)
        claims.fact("PARENT_IN", party, above, view="billing", basis="payer of the account")
    if fields.take(CUT):
        claims.odd.append(CUT_NAME)
    return fields.report(claims)


def commitment(ledger: Ledger, record: RawRecord) -> Claims:
    """What is billed on an account counts toward a commitment."""
    fields, claims = _begun(record)
    counting = ledger.named("BillingAccount", "billing_account", fields.need("account"))
    promised = ledger.named("Commitment", "commitment", fields.need("commitment"))
    claims.fact("COUNTS_TOWARD", counting, promised)
    return fields.report(claims)


def bill(ledger: Ledger, record: RawRecord) -> Claims:
    """A bill with its lines; its trailer must count them, their sum is checked and said."""
    fields, claims = _begun(record)
    native_id, code = fields.need("bill"), currency(fields.need("currency"), field="currency")
    lines, trailer = fields.take("charges", []), _whole(fields, record)
    if int(trailer.get("lines", "0")) != len(lines):
        raise RecordRejected(
            f"the trailer of bill {native_id} counts {trailer.get('lines')} lines, "
            f"{len(lines)} came",
            where="lines",
            remedy="ask the source for the bill again",
        )
    charges = [_charge(ledger, claims, native_id, code, record, one) for one in lines]
    ledger.bill(
        claims,
        native_id,
        account=fields.need("account"),
        period=_period(fields),
        net=_parsed(trailer.get("total"), "total"),
        lines=lines_of((amount, code) for amount in charges),
        number=fields.take("number"),
        state=word(fields, "state", BILL_STATES),
        issued_on=_day(fields, "issued"),
        due_on=_day(fields, "due"),
        settled_on=_day(fields, "settled"),
        amount=_parsed(fields.need("amount"), "amount"),
        tax_amount=_amount(fields, "tax"),
        remaining_amount=_amount(fields, "remaining"),
        disputed_amount=_amount(fields, "disputed"),
        currency=code,
    )
    return fields.report(claims)


def payment(ledger: Ledger, record: RawRecord) -> Claims:
    """Money that came in; without a bill it is paid on account."""
    fields, claims = _begun(record)
    ledger.payment(
        claims,
        fields.need("payment"),
        account=fields.take("account"),
        bill=fields.take("bill"),
        amount=_parsed(fields.need("amount"), "amount") or 0,
        currency=currency(fields.need("currency"), field="currency"),
        paid_on=_day(fields, "paid"),
        method=fields.take("method"),
    )
    return fields.report(claims)


def dispute(ledger: Ledger, record: RawRecord) -> Claims:
    """What the customer does not accept, of a bill."""
    fields, claims = _begun(record)
    ledger.dispute(
        claims,
        fields.need("dispute"),
        account=fields.take("account"),
        bill=fields.take("bill"),
        amount=_amount(fields, "amount"),
        currency=currency(fields.need("currency"), field="currency"),
        reason=fields.take("reason"),
        state=fields.take("state"),
        opened_on=_day(fields, "opened"),
        closed_on=_day(fields, "closed"),
    )
    return fields.report(claims)


def stamp(value: str | None) -> str | None:
    """YYYYMMDDHHMMSS as ISO 8601 writes it, without a zone."""
    return f"{value[:8]}T{value[8:]}" if value else None


def _charge(
    ledger: Ledger,
    claims: Claims,
    bill: str,
    code: str,
    record: RawRecord,
    payload: dict[str, Any],
) -> int:
    """A line of a bill, in the bill's currency; its amount. A credit is negative as it stands."""
    fields = Fields(replace(record, payload=payload))
    amount = _parsed(fields.need("amount"), "amount") or 0
    ledger.charge(
        claims,
        f"{bill}/{fields.need('line')}",
        bill=bill,
        account=None,
        product=fields.take("product"),
        service=fields.take("service"),
        period=_period(fields),
        kind=word(fields, "kind", LINE_KINDS),
        reason=fields.take("reason"),
        amount=amount,
        currency=code,
        discount_amount=_amount(fields, "discount"),
        discount_ends_on=_day(fields, "discount_end"),
        contributory=flag(fields, "contributory"),
    )
    fields.ignore("bill")
    fields.report(claims)
    return amount


def _whole(fields: Fields, record: RawRecord) -> dict[str, str]:
    """The trailer of a bill, without which the bill may lack lines."""
    trailer: dict[str, str] | None = fields.take("trailer")
    if trailer is None or not trailer.get("lines", "").isdigit():
        raise RecordRejected(
            f"bill {record.native_id} has no trailer that counts its lines",
            where="trailer",
            remedy="ask the source for the bill again",
        )
    return trailer


def _begun(record: RawRecord) -> tuple[Fields, Claims]:
    fields, claims = Fields(record), Claims()
    claims.happened_on = day(fields.take("updated", "")[:8], field="updated")
    return fields, claims


def _day(fields: Fields, name: str) -> date | None:
    value = fields.take(name)
    return None if value == "00000000" else day(value, field=name)


def _period(fields: Fields) -> Period:
    """The lines give the last day of a period; a period is half-open here."""
    last = _day(fields, "last_day")
    return Period(_day(fields, "first_day"), last + timedelta(days=1) if last else None)


def _amount(fields: Fields, name: str) -> int | None:
    return _parsed(fields.take(name), name)


def _parsed(value: str | None, name: str) -> int | None:
    """An amount in minor units: up to fourteen digits and a sign; None for nothing."""
    if value is None:
        return None
    found = _AMOUNT.fullmatch(value)
    if not found:
        raise RecordRejected(
            f"{value!r} is no amount", where=name, remedy="an amount is fourteen digits and a sign"
        )
    return -int(found[1]) if found[2] == "-" else int(found[1])


def _numbers(fields: Fields) -> list[Number]:
    scheme = word(fields, "tax_type", TAX_TYPES) or "tax"
    return [
        Number(scheme, fields.take("tax_id")),
        Number("lei", fields.take("lei")),
        Number("duns", fields.take("duns")),
        Number("registry", fields.take("registration"), fields.take("authority", "")),
    ]
