"""Teams, sellers, territories, coverage and targets as CSV: the pattern of a system's writer."""

from __future__ import annotations

from datetime import date

from graph.money import major_units
from loaders.carrier.native import native_id
from loaders.carrier.observation import Seen
from loaders.carrier.referring import CRMS
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.world.sales import Coverage, Seller, Target, Team, Territory
from loaders.carrier.world.timeline import OPEN
from loaders.carrier.writing import Part

SYSTEM = "territories"


class _Territories:
    def __init__(self, part: Part) -> None:
        self._teams = part.csv(
            "teams", ("team_id", "team_name", "role", "region", "email", "start_date")
        )
        self._sellers = part.csv(
            "sellers",
            ("seller_id", "seller_name", "email", "role", "region", "team_id", "team_since",
             "start_date", "end_date"),
        )  # fmt: skip
        self._territories = part.csv(
            "territories",
            ("territory_id", "territory_name", "region", "countries", "segment", "start_date"),
        )
        self._coverage = part.csv(
            "coverage",
            ("coverage_id", "seller_id", "covers", "covered_id", "role", "share", "start_date",
             "end_date"),
        )  # fmt: skip
        self._targets = part.csv(
            "targets", ("target_id", "seller_id", "quarter", "amount", "currency")
        )

    def write(self, seen: Seen, cluster: Cluster | None) -> None:
        """Format one team, seller, territory, coverage or target."""
        thing = seen.thing
        if isinstance(thing, Coverage):
            self._cover(seen, thing, cluster)
        elif isinstance(thing, Seller):
            self._seller(seen, thing)
        elif isinstance(thing, Territory):
            countries = " ".join(thing.countries)
            row = (thing.name, thing.sales_region, countries, thing.segment, thing.started_on)
            self._territories((seen.native_id, *row))
        elif isinstance(thing, Team):
            row = (thing.name, thing.role, thing.sales_region, thing.email, thing.started_on)
            self._teams((seen.native_id, *row))
        elif isinstance(thing, Target):
            seller = native_id(SYSTEM, "seller", thing.seller)
            amount = major_units(thing.amount, thing.currency)
            self._targets((seen.native_id, seller, thing.quarter, amount, thing.currency))

    def close(self) -> None:
        """Nothing is left to write."""

    def _seller(self, seen: Seen, seller: Seller) -> None:
        team = native_id(SYSTEM, "team", seller.team.at(seen.on))
        since = seller.team.since(seen.on)
        row = (seller.name, seller.email, seller.role, seller.sales_region, team, since)
        self._sellers((seen.native_id, *row, seller.started_on, _end(seller.left_on)))

    def _cover(self, seen: Seen, coverage: Coverage, cluster: Cluster | None) -> None:
        kind, covered = "territory", native_id(SYSTEM, "territory", coverage.covered)
        if coverage.covers == "account" and cluster is not None:
            account = cluster.accounts[coverage.covered]
            system = CRMS[account.sales_region]
            named = native_id(system, "account", coverage.covered)
            kind, covered = "account", f"{system}:top_account:{named}"
            if account.parent:  # below another account it is a company of that family
                kind, covered = "company", f"{system}:account:{named}"
        elif coverage.covers == "entity" and cluster is not None:
            entity = cluster.entities[coverage.covered]
            kind, covered = "company", f"lei:{entity.lei}"
        seller = native_id(SYSTEM, "seller", seen.get("seller", coverage.seller))
        ends = coverage.ends if coverage.ends <= seen.on else OPEN
        row = (seller, kind, covered, coverage.role, coverage.share, coverage.begins)
        self._coverage((seen.native_id, *row, _end(ends)))


def _end(day: date) -> str:
    """An end as the system writes it: empty while none is known."""
    return "" if day == OPEN else day.isoformat()


def export(part: Part) -> _Territories:
    """Begin one part of a delivery."""
    return _Territories(part)
