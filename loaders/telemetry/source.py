"""Daily measures of services as Parquet: read by row group, told by closed month."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pyarrow.compute as pc

from graph.facts.claims import Claims, ref
from loaders.audit import Fields
from loaders.dates import day
from loaders.files import files_of
from loaders.identifiers import own
from loaders.references import home
from loaders.source import Delivery, Extracted, Ignored, RawRecord, Source, Unreadable
from loaders.telemetry.months import Measured, measured
from loaders.telemetry.rows import Rows

RECORD = "service_month"
METRICS = (
    "availability",
    "busy_weeks_over_70",
    "busy_weeks_over_80",
    "traffic_mean",
    "utilisation_p95",
)
"""What becomes a ServiceMeasure: what rules and the account's picture read.

The others stay in the evidence; one that is added here is there for all months after a rebuild.
"""


class Telemetry(Source):
    """What probes measure, as monthly measures of services."""

    name = "telemetry"

    def extract(self, delivery: Delivery) -> Iterator[Extracted]:
        """Yield a record a service and closed month; days without a month's end are counted."""
        paths = files_of(delivery.path, "*.parquet")
        file = paths[0].name if len(paths) == 1 else delivery.path.name
        with Rows(paths) as rows:
            rows.gather()
            delivery.watermark = str(rows.newest or "")
            for table in rows.tables():
                named = table.filter(
                    pc.and_(pc.is_valid(table["service_id"]), pc.is_valid(table["day"]))
                )
                if len(named) < len(table):
                    yield _nameless(len(table) - len(named), file)
                for month in measured(named):
                    yield self._item(month, rows, file)
        delivery.cover(RECORD)

    def transform(self, record: RawRecord) -> Claims:
        """A month of a service as one measure a metric."""
        fields, claims = Fields(record), Claims()
        service = ref("Service", home("service", fields.need("service_id")))
        month, target = day(fields.need("month"), field="month"), fields.take("target")
        excused = fields.take("excused_minutes")
        measures = fields.take("measures", {})
        for metric in METRICS:
            if metric not in measures:
                continue
            value, coverage = measures[metric]
            promised = metric == "availability"
            measure = claims.node(
                "ServiceMeasure",
                own(self.name, "measure", f"{record.native_id}/{metric}"),
                metric=metric,
                month=month,
                value=value,
                coverage=coverage,
                target=target if promised else None,
                excused_minutes=excused if promised else None,
            )
            claims.link("MEASURED_IN", service, measure)
        claims.unknown += fields.take("unmapped", [])
        return fields.report(claims)

    def _item(self, month: Measured, rows: Rows, file: str) -> Extracted:
        if not rows.newest or rows.newest < _last_day(month.month):
            return Ignored("open_month", self.spec.ignores["open_month"])
        native_id = f"{month.service}/{month.month:%Y-%m}"
        if month.wrong:
            return Unreadable(
                RECORD,
                native_id,
                month.wrong,
                month.wrong,
                "ask the probes' owner which is right; shares run from 0 to 1",
                file,
            )
        payload: dict[str, Any] = {
            "service_id": month.service,
            "month": str(month.month),
            "measures": {name: list(value) for name, value in month.values.items()},
            "target": month.target,
            "excused_minutes": month.excused_minutes,
        }
        if rows.unmapped:
            payload["unmapped"] = rows.unmapped
        return RawRecord(RECORD, native_id, payload, file)


@cache
def _last_day(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def _nameless(count: int, file: str) -> Unreadable:
    return Unreadable(
        RECORD,
        f"{file} without service or day",
        f"{count} rows",
        f"{count} rows name no service or no day",
        "ask the probes' owner what they measured",
        file,
    )
