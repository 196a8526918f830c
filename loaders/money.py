"""Money from a source: whole minor units and an ISO 4217 code, exact or refused."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from graph.errors import RecordRejected
from graph.money import MINOR_DIGITS


def currency(value: object, *, field: str = "") -> str:
    """An ISO 4217 code in upper case; RecordRejected for a sign, a name or an unknown code."""
    code = str(value).strip().upper()
    if code not in MINOR_DIGITS:
        raise RecordRejected(
            f"{value!r} is no currency of ISO 4217",
            where=field,
            remedy="ask the source for the three-letter code",
        )
    return code


def minor_units(amount: object, code: str, *, field: str = "") -> int:
    """An amount in whole minor units of its currency: 12.34 EUR is 1234, 500 JPY is 500.

    RecordRejected for what is no number, and for parts of a minor unit: nothing is rounded.
    """
    try:
        exact = Decimal(str(amount).strip())
        units = exact.scaleb(MINOR_DIGITS[code])
        whole = int(units)
    except (InvalidOperation, ValueError, OverflowError) as error:
        raise RecordRejected(
            f"{amount!r} is not an amount", where=field, remedy="ask the source for a number"
        ) from error
    if isinstance(amount, bool) or units != whole:
        raise RecordRejected(
            f"{amount} {code} is no whole number of minor units, which have "
            f"{MINOR_DIGITS[code]} decimals",
            where=field,
            remedy="ask the source for the amount as it is billed; amounts are not rounded here",
        )
    return whole
