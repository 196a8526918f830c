"""The carrier's catalogue: offerings, price books, what the market pays, what money is worth."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from graph.money import MINOR_DIGITS
from loaders.carrier.config import Config
from loaders.carrier.draw import Draw
from loaders.carrier.geography.markets import MARKETS
from loaders.carrier.world.catalogue import ExchangeRate, Offering, PriceIndex, PriceRule
from loaders.carrier.world.timeline import OPEN, always

BASE = "EUR"

PER_EURO = {
    "EUR": 1.0, "USD": 1.09, "CAD": 1.49, "BRL": 5.95, "MXN": 20.4, "GBP": 0.845, "CHF": 0.942,
    "AED": 4.0, "ZAR": 19.6, "JPY": 163.0, "SGD": 1.44, "AUD": 1.65, "INR": 92.5,
}  # fmt: skip
"""Invented for late 2026, in the order of magnitude of 2025."""

BANDS = {
    "10-100": (10, 20, 50, 100),
    "100-1000": (200, 500, 1000),
    "1000-10000": (2000, 5000, 10000),
    "10000-100000": (10000, 100000),
    "1-10": (2, 4, 8),
    "": (0,),
}
"""Bandwidths sold in a band, in Mbit/s."""

INDEXED = ("US", "BR", "GB", "DE", "FR", "NL", "ES", "IT", "CH", "JP", "SG", "AU", "IN")
"""Countries for which somebody publishes what the market pays."""

DISCOUNTS = {"seller": 0.30, "team_lead": 0.40, "region_lead": 0.50}


@dataclass(frozen=True, slots=True)
class _Sold:
    name: str
    family: str
    band: str
    euro: int
    lead_days: int
    access: bool = False
    shared: bool = False


_SOLD = (
    _Sold("Ethernet Line 100", "ethernet", "10-100", 310, 45, True),
    _Sold("Ethernet Line 1000", "ethernet", "100-1000", 780, 50, True),
    _Sold("Ethernet Line 10G", "ethernet", "1000-10000", 2150, 70, True),
    _Sold("Internet Access 100", "internet", "10-100", 260, 40, True),
    _Sold("Internet Access 1000", "internet", "100-1000", 620, 45, True),
    _Sold("Internet Access 10G", "internet", "1000-10000", 1850, 60, True),
    _Sold("IP VPN 100", "ip_vpn", "10-100", 345, 45, True),
    _Sold("IP VPN 1000", "ip_vpn", "100-1000", 890, 50, True),
    _Sold("SD-WAN Edge", "sd_wan", "", 180, 30),
    _Sold("Wavelength 100G", "wavelength", "10000-100000", 5900, 90, True),
    _Sold("SIP Trunk", "voice", "", 140, 20, False, True),
    _Sold("Cloud Connect 1000", "cloud_connect", "100-1000", 540, 15),
    _Sold("Cloud Connect 10G", "cloud_connect", "1000-10000", 1320, 15),
    _Sold("Mobile Backup", "mobile", "", 45, 10),
    _Sold("Copper Line E1", "copper", "1-10", 210, 30, True),
    _Sold("Managed Firewall", "security", "", 230, 25, False, True),
)


def offerings(config: Config) -> dict[str, Offering]:
    """The offerings by key; copper retires in ten months, everything else stays."""
    found = {}
    everywhere = tuple(sorted(MARKETS))
    for place, sold in enumerate(_SOLD):
        retires = config.day_zero + timedelta(days=300) if sold.family == "copper" else OPEN
        successor = "O0" if sold.family == "copper" else ""
        few = tuple(code for code in everywhere if code in INDEXED)
        found[f"O{place}"] = Offering(
            f"O{place}",
            sold.name,
            sold.family,
            sold.band,
            sold.access,
            sold.lead_days,
            date(2012 + place % 9, 4, 1),
            retires,
            successor,
            few if sold.family in ("wavelength", "copper") else everywhere,
            sold.shared,
        )
    return found


def money(euro: float, currency: str) -> int:
    """An amount in euro as whole minor units of a currency, rounded to a price one would print."""
    units = euro * PER_EURO[currency]
    step = 1 if units < 1000 else 5 if units < 10_000 else 100
    return int(round(units / step) * step * 10 ** MINOR_DIGITS[currency])


@functools.cache
def list_price(offering: str, country: str) -> int:
    """List price a month of a whole band, in the currency in which the country is billed."""
    sold = _SOLD[int(offering[1:])]
    return money(sold.euro * _level(country), MARKETS[country].billed_in)


def _level(country: str) -> float:
    """How dear a country is: 0.8 to 1.6, the same for all offerings."""
    return 0.8 + (ord(country[0]) * 7 + ord(country[1]) * 3) % 17 / 20


def price_rules(found: dict[str, Offering]) -> Iterator[PriceRule]:
    """For each offering, country and role: list, floor, and how far the role may go down."""
    number = 0
    for offering in found.values():
        for country in offering.available_in:
            price = list_price(offering.key, country)
            for role, discount in DISCOUNTS.items():
                yield PriceRule(
                    f"R{number}",
                    offering.key,
                    country,
                    MARKETS[country].billed_in,
                    36,
                    role,
                    always(price, date(2026, 1, 1)),
                    round(price * 0.48),
                    discount,
                    date(2026, 1, 1),
                    date(2027, 1, 1),
                )
                number += 1


def price_indexes(config: Config, found: dict[str, Offering]) -> Iterator[PriceIndex]:
    """What the market paid in each of the last three months."""
    number = 0
    for offering in found.values():
        for country in INDEXED:
            if not offering.is_access or country not in offering.available_in:
                continue
            price = list_price(offering.key, country)
            for back in range(3, 0, -1):
                month = months_before(config.day_zero, back)
                median = round(price * (0.72 - 0.004 * (3 - back)))
                currency = MARKETS[country].billed_in
                yield PriceIndex(f"I{number}", offering.key, country, currency, month, median)
                number += 1


def rates(config: Config) -> Iterator[ExchangeRate]:
    """Month-end rates of each billing currency over the history and the thirty days."""
    number = 0
    for currency, per_euro in PER_EURO.items():
        draw = Draw(config.seed, "rates " + currency)
        for back in range(config.size.history_months, -2, -1):
            month = months_before(config.day_zero, back)
            on = months_before(month, -1) - timedelta(days=1)
            moved = 1.0 if currency == BASE else 1 + draw.between(-0.02, 0.02)
            rate = round(1 / (per_euro * moved), 6)
            yield ExchangeRate(f"X{number}", currency, BASE, rate, on)
            number += 1


def months_before(day: date, months: int) -> date:
    """The first day of the month that many months before a day's month; negative goes ahead."""
    place = day.year * 12 + day.month - 1 - months
    return date(place // 12, place % 12 + 1, 1)
