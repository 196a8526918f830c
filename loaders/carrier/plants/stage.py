"""Where a case is played: a customer of its own, so that no case touches another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from loaders.carrier.geography.markets import MARKETS
from loaders.carrier.making import contracts, customers, estate, pipeline
from loaders.carrier.making.entities import Wanted, add
from loaders.carrier.making.services import add_service
from loaders.carrier.names.company import brand
from loaders.carrier.names.words import INDUSTRIES
from loaders.carrier.plants.notes import Case, Notes
from loaders.carrier.world.party import Entity
from loaders.carrier.world.place import City, Site
from loaders.carrier.world.service import Service
from loaders.carrier.world.timeline import OPEN, always

COUNTRIES = ("DE", "GB", "FR", "NL", "ES", "IT", "US", "JP", "SG", "AU", "IN", "CH", "BR", "ZA")
"""Where cases are played: all three regions, all currencies that matter."""


class Stage(Notes):
    """Makes customers for one rule in one cluster, and notes what must come of them."""

    def soon(self) -> int:
        """Some day within the thirty, not at their very edge."""
        return self.draw.number(2, self.draft.config.last_day - 6)

    def company(
        self, *, own: bool = False, country: str = "", parent: str = "", does: bool = True
    ) -> Entity:
        """A company: of the family, below `parent`, or on its own."""
        root = self.draft.roots[0]
        code = country or self.draw.pick(COUNTRIES)
        named = brand(self.draw, MARKETS[code].language) if own else self.draft.brands[root]
        above = "" if own else parent or self.draw.pick(self.heads())
        born = date(self.draw.number(1996, 2016), self.draw.number(1, 12), 3)
        if above:
            born = max(born, self.draft.entities[above].created_on + timedelta(days=30))
        wanted = Wanted(
            named,
            code,
            "" if own else root,
            above,
            self.draw.pick(INDUSTRIES),
            does=does,
            city=self.reached_city(code),
            born=born,
            has_lei=True,
        )
        made = add(self.draft, self.draw, wanted, self.used)
        self.draft.played.add(made.key)
        if own:
            self.draft.roots.append(made.key)
            self.draft.brands[made.key] = named
        self.draft.change(self.draft.entities, made.key, lei_status=always("ISSUED"))
        return self.draft.entities[made.key]

    def heads(self) -> list[str]:
        """Companies that can have another below them, and that the register ties to the family.

        Below one without an LEI, nobody could know that a case is of the family.
        """
        if not self.draft.heads:
            root = self.draft.roots[0]
            self.draft.heads = [
                one.key
                for one in self.draft.entities.values()
                if one.family == root and one.category == "GENERAL" and not one.is_dormant
                if self._registered(one)
            ]
        return self.draft.heads

    def _registered(self, entity: Entity) -> bool:
        """Whether it and all above it have an LEI."""
        above = self.draft.parent_of(entity.key, self.today)
        return bool(entity.lei) and (not above or self._registered(self.draft.entities[above]))

    def reached_city(self, country: str) -> City:
        """A city with a point of presence."""
        pops = [pop for pop in self.draft.carrier.pops.values() if pop.city.country == country]
        return self.draw.pick([pop for pop in pops if not pop.relief_on] or pops).city

    def site(
        self,
        entity: Entity,
        *,
        kind: str = "office",
        city: City | None = None,
        opened: date | None = None,
        on_net: bool = False,
        tier: int = 2,
    ) -> Site:
        """A site a few kilometres from a point of presence."""
        made = estate.add_site(
            self.draft,
            self.draw,
            entity,
            city or estate.city_of(self.draft, entity),
            kind,
            served=False,
            opened=opened,
            close=True,
        )
        since = max(made.opened_on, self.day(-500)) if on_net else OPEN
        self.draft.change(self.draft.sites, made.key, on_net_since=since, tier=tier)
        return self.draft.sites[made.key]

    def customer(
        self,
        *,
        own: bool = False,
        country: str = "",
        services: int = 1,
        offering: str = "O1",
        sites: int = 1,
        ends: date | None = None,
        activated: date | None = None,
        on_net: bool = False,
        bandwidth: int = 500,
        tier: int = 2,
        papers: bool = True,
    ) -> Case:
        """A company that buys: sites, services, contract, billing, and somebody who calls."""
        draft, draw = self.draft, self.draw
        entity = self.company(own=own, country=country)
        places = [self.site(entity, on_net=on_net, tier=tier) for _ in range(sites)]
        draft.change(draft.entities, entity.key, head_site=always(places[0].key))
        draft.sites_of[entity.key] = [place.key for place in places]
        speed = bandwidth if draft.carrier.offerings[offering].bandwidth_band else 0
        since = activated or self.day(-draw.number(500, 900))
        made = [
            add_service(
                draft,
                draw,
                entity.key,
                places[number % sites],
                offering,
                activated=since,
                bandwidth=speed,
            )
            for number in range(services)
        ]
        sold = customers.add_customer(draft, draw, entity, self.above(entity))
        billing = draft.services[made[0].key].billing_account.at(self.today)
        agreement, items = "", []
        if papers:
            latest = [draft.services[one.key] for one in made]
            paper = contracts.order_form(draft, draw, entity.key, latest, ends=ends)
            agreement, items = paper.key, [item.key for item in paper.items]
        pipeline.add_talks(draft, draw, entity.key, sold.key)
        return Case(
            entity.key,
            self.top(sold.key),
            billing,
            agreement,
            [place.key for place in places],
            [one.key for one in made],
            items,
        )

    def above(self, entity: Entity) -> str:
        """The regional account of the family; none above a company on its own."""
        if entity.family == entity.key:
            return ""
        top = next(iter(self.draft.accounts.values()))
        for account in self.draft.accounts.values():
            if account.parent == top.key and account.sales_region == entity.sales_region:
                return account.key
        return top.key

    def top(self, account: str) -> str:
        """The account at the top."""
        while self.draft.accounts[account].parent:
            account = self.draft.accounts[account].parent
        return account

    def family_account(self) -> str:
        """The global account of the cluster's family."""
        return next(iter(self.draft.accounts))

    def service(self, case: Case, place: int = 0) -> Service:
        """One of a case's services as it stands."""
        return self.draft.services[case.services[place]]

    def set_service(self, key: str, **values: Any) -> Service:
        """Change a service."""
        changed: Service = self.draft.change(self.draft.services, key, **values)
        return changed

    def set_health(self, key: str, **values: Any) -> None:
        """Change how a service runs."""
        health = replace(self.draft.services[key].health, **values)
        self.set_service(key, health=health)

    def set_items(self, case: Case, **values: Any) -> None:
        """Change all items of a case's agreement."""
        held = self.draft.agreements[case.agreement]
        items = tuple(replace(item, **values) for item in held.items)
        self.draft.agreements[case.agreement] = replace(held, items=items)

    def renewal(self, case: Case, created: date | None = None, stage: str = "qualification") -> str:
        """Somebody works on the renewal of a case's items."""
        amount = 12 * sum(
            self.service(case, one).price.at(self.today) for one in range(len(case.services))
        )
        made = pipeline.add_opportunity(
            self.draft,
            self.draw,
            case.entity,
            items=tuple(case.items),
            kind="renewal",
            amount=amount,
            stage=stage,
            created=created or self.day(-40),
            closes=self.day(120),
        )
        return made.key
