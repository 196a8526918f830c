"""How large a carrier is made, and how dirty: one frozen configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

from graph.errors import UsageError
from loaders.carrier.draw import pareto

DAY_ZERO = date(2026, 10, 1)
LAST_DAY = 30
"""Deliveries are numbered from day 0 to this day."""

RATES: Mapping[str, float] = MappingProxyType(
    {
        "spelling": 0.020,
        "transliterated": 0.35,
        "form_dropped": 0.10,
        "abbreviated": 0.04,
        "truncated": 0.03,
        "old_name": 0.25,
        "parent_identifier": 0.30,
        "vat_group": 0.06,
        "identifier_wrong": 0.015,
        "identifier_missing": 0.15,
        "shared_address": 0.05,
        "shared_phone": 0.08,
        "duplicate_account": 0.03,
        "orphan_billing_account": 0.01,
        "billed_to_closed": 0.002,
        "service_without_contract": 0.004,
        "contract_without_service": 0.004,
        "mixed_currency": 0.004,
        "time_zone": 0.05,
        "bill_does_not_add_up": 0.002,
        "two_inventories": 0.003,
        "ends_before_start": 0.002,
        "overlapping_coverage": 0.02,
    }
)
"""Kind of dirt -> share of the records that could have it; `transliterated` counts only names in
other scripts, `old_name` only companies once renamed, `parent_identifier` only branches."""

SINGLE: Mapping[str, str] = MappingProxyType(
    {
        "outage": "billing_apac is silent on days 17, 18 and 19",
        "schema_change": "crm_emea changes its field names on day 12",
        "page_missing": "network lacks a page on day 14",
        "file_cut": "billing_emea is cut in the middle on day 9",
        "late_file": "contracts of day 6 arrive on day 7",
        "repeated_file": "tickets of day 20 arrive again on day 21",
        "rate_missing": "ZAR has no rate in September 2026",
    }
)
"""Kinds of dirt that happen once, to a delivery."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a carrier is."""

    name: str
    clusters: int
    giant: int
    """Entities of the family of cluster 1; 0 when it is as any other."""
    smallest: int
    largest: int
    shape: float
    """Of the Pareto distribution of family sizes."""
    around: int
    """Small companies around each family."""
    services_per_entity: float
    history_months: int
    """Months of bills before day 0."""
    telemetry_months: int
    """Months of measures before day 0."""
    pops: int
    sellers: int
    plant_every: int
    """A rule's cases are in every so many clusters."""
    page_rows: int
    """How many objects a page of a REST listing holds."""
    parts: int
    """In how many parts each delivery is written; never depends on the machine."""


SIZES: Mapping[str, Size] = MappingProxyType(
    {
        size.name: size
        for size in (
            Size("tiny", 2, 0, 40, 60, 1.0, 10, 3.0, 13, 7, 24, 45, 2, 100, 1),
            Size("demo", 40, 2500, 16, 700, 0.95, 12, 5.4, 9, 7, 80, 90, 8, 1000, 2),
            Size("large", 5600, 2500, 40, 2500, 1.0, 12, 5.0, 6, 1, 400, 2000, 12, 1000, 2),
        )
    }
)


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that the bytes depend on, beside the version."""

    seed: int
    size: Size
    day_zero: date = DAY_ZERO
    last_day: int = LAST_DAY
    rates: Mapping[str, float] = field(default_factory=lambda: dict(RATES))

    def day(self, number: int) -> date:
        """The date of a numbered day."""
        return self.day_zero + timedelta(days=number)

    @property
    def end(self) -> date:
        """The date of the last day."""
        return self.day(self.last_day)

    def entities_of(self, number: int) -> int:
        """How many entities the family of a cluster has: a quantile, so that the sum is known."""
        size = self.size
        if number == 1 and size.giant:
            return size.giant
        place = (number * 7919) % size.clusters
        share = (place + 0.5) / size.clusters
        return round(pareto(share, size.smallest, size.largest, size.shape))


def config_of(size: str = "demo", seed: int = 1) -> Config:
    """The configuration of a named size; UsageError for a name that is none."""
    if size not in SIZES:
        raise UsageError(f"there is no size {size!r}", remedy=f"one of: {', '.join(SIZES)}")
    return Config(seed, SIZES[size])
