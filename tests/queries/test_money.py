"""Money of several currencies is told in one, with the rate and its day, or kept apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple
from datetime import date
from pathlib import Path

import pytest

from graph.connection import ReadSession
from graph.errors import SettingsError
from graph.facts.run import Run
from graph.settings import read_settings
from queries.money.base import Exchange, Money, Worth, exchange
from queries.money.rates import Rate, rates

ON = date(2026, 10, 30)


def rate(currency: str, base: str, value: float, on: date = ON) -> Rate:
    return Rate(currency, base, value, on, "rates", "id")


@pytest.fixture
def published(load: Callable[..., Run], tmp_path: Path) -> Run:
    """Two days of rates, the second without dollars."""
    path = tmp_path / "eurofxref-hist.csv"
    path.write_text("Date,USD,JPY,\n2026-10-30,N/A,160,\n2026-10-29,1.25,150,\n2026-08-01,9,9,\n")
    return load("rates", path, as_of="2026-10-30", full=True)


async def test_the_last_rate_on_or_before_a_day_counts(graph: ReadSession, published: Run) -> None:
    found = await rates(graph, on=date(2026, 11, 2))

    assert [astuple(one)[:5] for one in found] == [
        ("JPY", "EUR", 160.0, date(2026, 10, 30), "rates"),
        ("USD", "EUR", 1.25, date(2026, 10, 29), "rates"),
    ]
    assert await rates(graph, on=date(2026, 7, 31)) == []
    assert await rates(graph, on=date(2026, 10, 30), max_age_days=0) == []


async def test_each_currency_is_summed_and_converted_once(
    graph: ReadSession, published: Run
) -> None:
    usual = await exchange(graph, "EUR", on=date(2026, 10, 30))

    assert usual.summed([["USD", 1250], ["JPY", 160], ["USD", 1250], ["AED", 7], ["EUR", 1]]) == (
        Money(
            "EUR",
            2000 + 100 + 1,
            {"AED": 7, "EUR": 1, "JPY": 160, "USD": 2500},
            [
                Worth("JPY", 1 / 160, date(2026, 10, 30), ["rates"]),
                Worth("USD", 1 / 1.25, date(2026, 10, 29), ["rates"]),
            ],
            {"AED": 7},
        )
    )


def test_a_rate_is_turned_over_and_chained_where_none_is_given() -> None:
    dollars = Exchange("USD", ON, [rate("USD", "EUR", 1.25), rate("JPY", "EUR", 160.0)])

    assert dollars.converted(100, "EUR") == 125
    assert dollars.converted(160, "JPY") == 125
    assert dollars.converted(77, "USD") == 77
    assert dollars.converted(1, "CHF") is None


def test_the_direct_rate_is_taken_before_a_chain() -> None:
    given = [rate("USD", "EUR", 1.25), rate("JPY", "EUR", 160.0), rate("JPY", "USD", 100.0)]

    assert Exchange("USD", ON, given).converted(100, "JPY") == 100


def test_a_base_currency_that_nobody_knows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTPRINT_BASE_CURRENCY", "EURO")

    with pytest.raises(SettingsError, match="FOOTPRINT_BASE_CURRENCY cannot be 'EURO'"):
        read_settings(env_file=None)
