"""A cluster in the making: what its makers add to, until it is frozen."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from loaders.carrier.config import Config
from loaders.carrier.draw import Draw
from loaders.carrier.making.carrier import carrier
from loaders.carrier.making.network import nearest
from loaders.carrier.names.company import Brand
from loaders.carrier.world.cluster import Carrier, Cluster
from loaders.carrier.world.contract import Agreement, Item
from loaders.carrier.world.happening import Credit, Happening, Plant
from loaders.carrier.world.money import Bill, BillingAccount, Dispute, Payment
from loaders.carrier.world.party import Entity, Parent
from loaders.carrier.world.place import Occupancy, Site
from loaders.carrier.world.sales import Account, Coverage, Interaction, Opportunity, Order, Quote
from loaders.carrier.world.service import Service, Ticket
from loaders.carrier.world.timeline import always


class Draft:
    """What is known of a cluster so far; a maker replaces what it changes."""

    def __init__(self, config: Config, number: int) -> None:
        self.config = config
        self.number = number
        self.carrier: Carrier = carrier(config)
        self.nearest = nearest(config.seed, config.size, config.day_zero)
        self.today = config.day_zero
        self.roots: list[str] = []
        self.brands: dict[str, Brand] = {}
        """Brand by the key of the family's root."""
        self.entities: dict[str, Entity] = {}
        self.parents: dict[str, Parent] = {}
        self.sites: dict[str, Site] = {}
        self.occupancies: dict[str, Occupancy] = {}
        self.accounts: dict[str, Account] = {}
        self.services: dict[str, Service] = {}
        self.agreements: dict[str, Agreement] = {}
        self.billing_accounts: dict[str, BillingAccount] = {}
        self.bills: dict[str, Bill] = {}
        self.payments: list[Payment] = []
        self.disputes: dict[str, Dispute] = {}
        self.tickets: dict[str, Ticket] = {}
        self.opportunities: dict[str, Opportunity] = {}
        self.quotes: dict[str, Quote] = {}
        self.orders: dict[str, Order] = {}
        self.interactions: list[Interaction] = []
        self.coverages: dict[str, Coverage] = {}
        self.credits: list[Credit] = []
        self.happenings: list[Happening] = []
        self.plants: list[Plant] = []
        self.played: set[str] = set()
        self.heads: list[str] = []
        """Companies of the family, before any case, below which another can be."""
        self.agreement_of: dict[str, str] = {}
        """Agreement by the key of its item."""
        self.sites_of: dict[str, list[str]] = {}
        """Sites at which services can be had, by entity."""
        self.services_of: dict[str, list[str]] = {}
        self._links: dict[str, list[str]] = {}
        self._counted: Counter[str] = Counter()

    def key(self, letter: str) -> str:
        """The next key of a kind."""
        self._counted[letter] += 1
        return f"{letter}{self.number}-{self._counted[letter]}"

    def serial(self) -> int:
        """A number that no other entity of the world has."""
        return self.number * 100_000 + self._counted["e"]

    def draw(self, what: str) -> Draw:
        """A stream of this cluster's own."""
        return Draw(self.config.seed, what, self.number)

    def day(self, number: int) -> date:
        """A day before (negative) or after day 0."""
        return self.today + timedelta(days=number)

    def change(self, table: dict[str, Any], key: str, **values: Any) -> Any:
        """Change one thing; frozen as it will be, it is the draft's until the cluster is done."""
        thing = table[key]
        for name, value in values.items():
            object.__setattr__(thing, name, value)
        return thing

    def step(self, table: dict[str, Any], key: str, name: str, day: date, value: Any) -> Any:
        """Add a step to one of a thing's time lines."""
        return self.change(table, key, **{name: getattr(table[key], name).then(day, value)})

    def parent_of(self, child: str, day: date) -> str:
        """The controlling legal parent on a day; empty at the top."""
        for link in self.links_of(child):
            if link.controlling and link.view == "legal" and link.holds(day):
                return link.parent
        return ""

    def links_of(self, child: str) -> list[Parent]:
        """All links of a child, in the order in which they were added."""
        return [self.parents[key] for key in self._links.get(child, ())]

    def link(self, link: Parent) -> Parent:
        """Add a link between a child and a parent."""
        self.parents[link.key] = link
        self._links.setdefault(link.child, []).append(link.key)
        return link

    def items(self, service: Service) -> tuple[Agreement, Item] | None:
        """The agreement and the item that govern a service on day 0."""
        key = service.item.at(self.today)
        agreement = self.agreements.get(self.agreement_of.get(key, ""))
        if agreement is None:
            return None
        return agreement, next(item for item in agreement.items if item.key == key)

    def frozen(self) -> Cluster:
        """The cluster, done."""
        return Cluster(
            number=self.number,
            roots=tuple(self.roots),
            entities=self.entities,
            parents=tuple(self.parents.values()),
            sites=self.sites,
            occupancies=tuple(self.occupancies.values()),
            accounts=self.accounts,
            services=self.services,
            agreements=self.agreements,
            billing_accounts=self.billing_accounts,
            bills=tuple(self.bills.values()),
            payments=tuple(self.payments),
            disputes=tuple(self.disputes.values()),
            tickets=tuple(self.tickets.values()),
            opportunities=self.opportunities,
            quotes=self.quotes,
            orders=self.orders,
            interactions=tuple(self.interactions),
            coverages=tuple(self.coverages.values()),
            credits=tuple(self.credits),
            happenings=tuple(self.happenings),
            plants=tuple(self.plants),
            played=frozenset(self.played),
        )


NOTHING = always("")
"""A time line that says nothing."""
