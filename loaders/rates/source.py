"""Exchange rates in the layout of eurofxref-hist: one row a day, one column a currency."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from graph.errors import RecordRejected
from graph.facts.claims import Claims
from graph.money import MINOR_DIGITS
from loaders.audit import Fields
from loaders.dates import day
from loaders.files import csv_records, files_of
from loaders.identifiers import own
from loaders.money import currency
from loaders.source import Delivery, Extracted, Ignored, RawRecord, Source

PATTERNS = ("*.csv", "*.csv.gz", "*.zip")
BASE_OPTION = "--option base"
"""Key under which extract puts the base currency that the user gave, beside the row's columns."""
NO_RATE = "N/A"


class Rates(Source):
    """What one unit of a base currency, the euro unless told otherwise, was worth each day."""

    name = "rates"

    def extract(self, delivery: Delivery) -> Iterator[Extracted]:
        """Yield a row a day; `--option since=2024-01-01` leaves out the days before.

        `--option base=USD` says that the file prices a dollar instead of a euro.
        """
        since = day(delivery.options.get("since"), field="--option since")
        base = delivery.options.get("base")
        given = {BASE_OPTION: currency(base, field="--option base")} if base else {}
        for path in files_of(delivery.path, *PATTERNS):
            for line, row in csv_records(path, needs=("Date",)):
                on = row.get("Date", "")
                if since and on < since.isoformat():
                    yield Ignored("reference_rates", f"before {since}, which was asked")
                    continue
                native_id = f"{base or 'EUR'} {on}"
                yield RawRecord("reference_rates", native_id, row | given, path.name, line)
        delivery.cover("reference_rates")

    def transform(self, record: RawRecord) -> Claims:
        """Map one day; a currency without a rate on it is said and gets none."""
        fields, claims = Fields(record), Claims()
        on, base = day(fields.need("Date"), field="Date"), fields.take(BASE_OPTION, "EUR")
        for code in [name for name in record.payload if name not in ("Date", BASE_OPTION, "")]:
            if code not in MINOR_DIGITS:
                continue  # left among the fields, and so reported
            rate = _rate(fields.take(code), code)
            if rate is None:
                claims.odd.append(f"no rate of {code}: what is in it is not converted on that day")
                continue
            claims.node(
                "ExchangeRate",
                own(self.name, "exchange_rate", f"{base}/{code}@{on}"),
                currency=code,
                base=base,
                rate=rate,
                on=on,
            )
        return fields.report(claims)


def _rate(value: str | None, code: str) -> float | None:
    """Units of the currency for one of the base; RecordRejected for what is no positive number."""
    if value in (None, NO_RATE):
        return None
    try:
        rate = Decimal(str(value))
        if rate > 0 and rate.is_finite():
            return float(rate)
    except InvalidOperation:
        pass
    raise RecordRejected(
        f"{value!r} is no rate",
        where=code,
        remedy=f"{NO_RATE} says that there is none; ask the source",
    )
