"""What the market pays and what money is worth: resources that TM Forum has no API for."""

from __future__ import annotations

from graph.errors import RecordRejected
from graph.facts.claims import Claims
from loaders.money import currency
from loaders.tmforum.offerings import country_code
from loaders.tmforum.reading import Reading


def price_index(read: Reading) -> Claims:
    """The median price of a month for the like of an offering in a country."""
    claims = Claims()
    median, unit = read.money("median")
    month = read.on("month")
    if median is None or month is None:
        raise RecordRejected(
            "an index needs a month and a median",
            where="median" if month else "month",
            remedy="ask whoever collects market prices",
        )
    places = list(read.all_referred("place"))
    index = claims.node(
        "PriceIndex",
        read.reference("price_index"),
        country=country_code(places[0].id) if places else None,
        bandwidth_band=read.text("bandwidthBand"),
        term_months=read.whole("termMonths"),
        month=month.replace(day=1),
        currency=unit,
        median=median,
    )
    for offering in read.all_referred("productOffering"):
        claims.link("PRICES", index, read.ref("ProductOffering", "product_offering", offering.id))
    return read.report(claims)


def exchange_rate(read: Reading) -> Claims:
    """How many units of a currency one unit of the base was worth on a day."""
    claims = Claims()
    rate = read.number("rate")
    if not rate:
        raise RecordRejected("a rate is above zero", where="rate", remedy="ask the treasury")
    claims.node(
        "ExchangeRate",
        read.reference("exchange_rate"),
        currency=currency(read.text("currency"), field="currency"),
        base=currency(read.text("base"), field="base"),
        rate=rate,
        on=read.on("on"),
    )
    return read.report(claims)
