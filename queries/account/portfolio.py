"""The services of a customer in numbers: by product, country, state and how they run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from queries.account.figure import Figure, Known, of
from queries.account.services import Services


@dataclass(slots=True)
class Portfolio:
    """What a customer has; the counts are of services in service, the largest first."""

    in_service: Figure
    """Services that ran on the day."""
    ahead: int
    """Services that are known and have not begun."""
    ceased: int
    """Services still on contracts or bills whose cease is past."""
    by_family: dict[str, int]
    """Product family -> services; empty name: no product is known."""
    by_country: dict[str, int]
    """Country -> services that end there: one between two countries counts in both."""
    by_state: dict[str, int]
    """State (TMF638) -> services."""
    by_operating_status: dict[str, int]
    """Operating status (TMF638) -> services."""
    unknown: list[str]


def portfolio(services: Services, known: Known) -> Portfolio:
    """The services of a customer in numbers."""
    running = [place for place, runs in enumerate(services.in_service) if runs]
    total = len(running)
    families = counted(services.families[place] for place in running)
    ceased = sum(services.ceased)
    unknown = [
        *of(families.get("", 0), total, "services", "no product is known"),
        *of(sum(not services.countries[place] for place in running), total, "services", "no site"),
        *of(
            sum(not services.operating_statuses[place] for place in running),
            total,
            "services",
            "no operating status",
        ),
        *of(
            sum(not services.by_contract[place] for place in running),
            total,
            "services",
            "no contract of this customer (only bills)",
        ),
    ]
    if "Service" not in known.labels:
        unknown = ["no source has told of any service"]
    return Portfolio(
        known.figure(total if "Service" in known.labels else None, "services", services.source_ids),
        len(services.ids) - total - ceased,
        ceased,
        families,
        counted(code for place in running for code in services.countries[place]),
        counted(services.states[place] for place in running),
        counted(services.operating_statuses[place] for place in running),
        unknown,
    )


def counted(words: Iterable[str]) -> dict[str, int]:
    """How often each word comes, the most frequent first, ties by the word."""
    return dict(sorted(Counter(words).items(), key=lambda one: (-one[1], one[0])))
