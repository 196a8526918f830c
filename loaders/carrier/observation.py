"""What a system sees of the world: the contract between the simulation and a system's writer.

A writer gets `Seen` values one after another and formats each; it draws no randomness, keeps no
state between them but open files, and never looks at another day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

AS_IT_IS: Mapping[str, Any] = MappingProxyType({})
"""What an observation without a mistake says otherwise: nothing."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One version of one record, as one system exports it."""

    kind: str
    """What it is in the world, like `entity`, `service`, `bill` (see `SYSTEMS`)."""
    native_id: str
    """Its id in this system: the same on every day, and in the truth."""
    thing: Any
    """The world's object (`loaders/carrier/world/`); `kind` says which class it is."""
    on: date
    """The day of the world that the system knows: project every time line with `.at(seen.on)`."""
    says: Mapping[str, Any] = field(default_factory=lambda: AS_IT_IS)
    """Values that this record gives otherwise than the world, by the world's own property name.

    Use `seen.get("name", entity.names.at(seen.on).legal)` for every value that can be mistaken;
    `SYSTEMS` lists which names each system may find here. `None` means that the field is empty.
    """

    def get(self, name: str, truth: Any) -> Any:
        """What the record says: its mistake when it has one, else the truth."""
        return self.says.get(name, truth)


@dataclass(frozen=True, slots=True)
class SystemSpec:
    """Which part of the world a system sees, when, and how often it tells."""

    name: str
    kinds: tuple[str, ...]
    """Kinds of observation it exports, in the order in which they come within a cluster."""
    region: str = ""
    """americas, emea, apac; several joined by `+`; empty when it sees all."""
    lag_days: int = 0
    """Days between a change in the world and its record; happenings have days of their own."""
    full_every: int = 0
    """Every how many days it exports everything; 0: on day 0 only, then what changed each day."""
    zone: str = "UTC"
    """Zone in which it writes moments; the dirt `time_zone` makes it forget to say so."""


SYSTEMS: dict[str, SystemSpec] = {
    spec.name: spec
    for spec in (
        SystemSpec("legal_register", ("entity", "parent", "happening"), lag_days=2),
        SystemSpec("catalogue", ("offering", "price_rule", "price_index", "rate"), full_every=7),
        SystemSpec(
            "territories", ("team", "seller", "territory", "coverage", "target"), full_every=7
        ),
        SystemSpec(
            "crm_americas",
            ("user", "account", "opportunity"),
            region="americas",
            zone="America/New_York",
        ),
        SystemSpec(
            "crm_emea",
            ("user", "account", "opportunity", "interaction"),
            region="emea+apac",
            lag_days=1,
            zone="Europe/Paris",
        ),
        SystemSpec("inventory", ("site", "service"), lag_days=1),
        SystemSpec("network", ("pop", "tenant", "site", "service"), full_every=7),
        SystemSpec("contracts", ("agreement",), lag_days=3),
        SystemSpec("orders", ("quote", "order")),
        SystemSpec(
            "billing_americas",
            ("billing_account", "bill", "payment", "dispute"),
            region="americas",
            lag_days=1,
        ),
        SystemSpec(
            "billing_emea", ("billing_account", "bill", "payment", "dispute"), region="emea"
        ),
        SystemSpec(
            "billing_apac",
            ("billing_account", "bill", "payment", "dispute"),
            region="apac",
            lag_days=2,
            zone="Asia/Tokyo",
        ),
        SystemSpec("tickets", ("ticket",)),
        SystemSpec("telemetry", ("measures",)),
    )
}
"""The fourteen systems, in the order in which a day's deliveries are loaded.

What is referred to comes before what refers to it: otherwise it is written twice, a stub first.
"""
