"""Amounts become whole minor units of their currency, exactly or not at all."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import RecordRejected
from graph.money import MINOR_DIGITS
from loaders.money import currency, minor_units


@pytest.mark.parametrize(
    ("amount", "code", "expected"),
    [
        (12.34, "EUR", 1234),
        ("12.3", "USD", 1230),
        (-0.07, "GBP", -7),
        (500, "JPY", 500),
        ("1.234", "BHD", 1234),
        ("1.2345", "CLF", 12345),
        (0.0, "EUR", 0),
        ("90071992547409.93", "EUR", 9007199254740993),
        ("1E+3", "KRW", 1000),
    ],
)
def test_an_amount_becomes_minor_units_of_its_currency(
    amount: object, code: str, expected: int
) -> None:
    assert minor_units(amount, code) == expected


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        (100.5, "JPY"),
        ("0.005", "EUR"),
        ("12,34", "EUR"),
        ("", "EUR"),
        (True, "EUR"),
        ("NaN", "EUR"),
    ],
)
def test_what_is_no_whole_number_of_minor_units_is_refused(amount: object, code: str) -> None:
    with pytest.raises(RecordRejected) as refused:
        minor_units(amount, code, field="amountDue")

    assert refused.value.where == "amountDue"


@pytest.mark.parametrize("value", ["€", "EURO", "", "XXX", "XAU", None])
def test_what_is_no_currency_is_refused(value: object) -> None:
    with pytest.raises(RecordRejected, match=r"ISO 4217"):
        currency(value)


def test_a_currency_is_read_in_any_case() -> None:
    assert currency(" eur ") == "EUR"


@given(
    st.integers(min_value=-(10**15), max_value=10**15),
    st.sampled_from(["JPY", "EUR", "BHD", "CLF"]),
)
def test_minor_units_are_the_amount_again_when_scaled_back(units: int, code: str) -> None:
    amount = Decimal(units).scaleb(-MINOR_DIGITS[code])

    assert minor_units(str(amount), code) == units
