"""A multinational family as a tree of legal entities, with a skew as in life."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from loaders.carrier.draw import Draw
from loaders.carrier.geography.markets import MARKETS
from loaders.carrier.making.draft import Draft
from loaders.carrier.making.entities import Wanted, add
from loaders.carrier.names.company import Brand, brand
from loaders.carrier.names.words import DIVISIONS, INDUSTRIES, SCRIPTS
from loaders.carrier.world.party import Entity, Parent
from loaders.carrier.world.timeline import OPEN

HOMES = ("US", "DE", "GB", "FR", "JP", "SE", "CH", "NL", "IT", "ES", "KR", "DK", "IN", "BR", "CA",
         "FI", "BE", "AT", "AU", "SG", "NO", "PL", "CN", "MX", "TR", "ZA")  # fmt: skip
"""Where families have their root; the first are the likeliest."""

BRANCHES = 0.06
JOINT_VENTURES = 0.02
OWN_BRANDS = 0.12
"""Share of companies that were bought once and kept their name."""
ENDED = 0.015
DORMANT = 0.08


def add_family(draft: Draft, size: int, used: set[str]) -> str:
    """Add the family of a cluster; the key of its root."""
    draw = draft.draw("family")
    home = draw.early(HOMES, 1.8)
    own = brand(draw, MARKETS[home].language)
    industry = draw.pick(INDUSTRIES)
    born = date(draw.number(1890, 1990), draw.number(1, 12), draw.number(1, 28))
    root = add(draft, draw, Wanted(own, home, "", industry=industry, extra="Group", is_large=True,
                                   born=born, has_lei=True), used)  # fmt: skip
    draft.roots.append(root.key)
    draft.brands[root.key] = own
    _Tree(draft, draw, root, own, industry, used).grow(size)
    _joint_ventures(draft, draw, root.key)
    return root.key


class _Tree:
    """Adds companies below a root: divisions, countries of a division, companies of a country."""

    def __init__(
        self, draft: Draft, draw: Draw, root: Entity, own: Brand, industry: str, used: set[str]
    ) -> None:
        self.draft, self.draw, self.root, self.own = draft, draw, root, own
        self.industry, self.used = industry, used
        self.heads: dict[tuple[str, str], str] = {}
        """Company that leads a division in a country."""
        self.local: dict[tuple[str, str], list[str]] = {}

    def grow(self, size: int) -> None:
        draft, draw = self.draft, self.draw
        others = [code for code in MARKETS if code != self.root.country]
        reach = min(len(others), 4 + size // 8)
        lands = [self.root.country, *draw.sample(others, reach)]
        divisions = self._divisions(max(1, min(len(DIVISIONS), size // 12)))
        while len(draft.entities) < size:
            division = draw.early(divisions, 1.6)
            country = draw.early(lands, 1.5)
            self._company(division, country)

    def _divisions(self, count: int) -> list[tuple[str, str]]:
        """Holdings below the root, one a division: its word and its key."""
        found = []
        for word in self.draw.sample(DIVISIONS[2:], count):
            home = self.root.country if self.draw.chance(0.6) else self.draw.early(HOMES, 1.5)
            wanted = Wanted(self.own, home, self.root.key, self.root.key, self.industry,
                            f"{word} Holding", is_large=True, has_lei=True)  # fmt: skip
            entity = add(self.draft, self.draw, self._after(wanted, self.root.key), self.used)
            if self.draw.chance(0.3):
                self.draft.change(self.draft.entities, entity.key, is_sellable=False)
            found.append((word, entity.key))
        return found

    def _company(self, division: tuple[str, str], country: str) -> None:
        word, holding = division
        lead = self.heads.get((word, country))
        if lead is None:
            wanted = Wanted(self.own, country, self.root.key, holding, self.industry,
                            _joined(word, country))  # fmt: skip
            entity = add(self.draft, self.draw, self._after(wanted, holding), self.used)
            self.heads[word, country] = entity.key
            self.local[word, country] = [entity.key]
            return
        below = self.local[word, country]
        parent = lead if self.draw.chance(0.7) else self.draw.pick(below)
        if self.draw.chance(BRANCHES) and self._branch(parent):
            return
        kept = self.draw.chance(OWN_BRANDS)
        own = brand(self.draw, MARKETS[country].language) if kept else self.own
        extra = "" if kept or self.draw.chance(0.3) else word
        wanted = Wanted(own, country, self.root.key, parent, self.draw.pick(INDUSTRIES), extra,
                        does=True, share=self._share())  # fmt: skip
        entity = add(self.draft, self.draw, self._after(wanted, parent), self.used)
        if not self._is_quiet(entity):
            below.append(entity.key)

    def _after(self, wanted: Wanted, parent: str) -> Wanted:
        """Born after its parent."""
        since = self.draft.entities[parent].created_on
        latest = date(2022, 12, 28)
        days = max(30, (latest - since).days)
        return replace(wanted, born=since + timedelta(days=self.draw.number(1, days)))

    def _share(self) -> float:
        return 1.0 if self.draw.chance(0.85) else self.draw.number(51, 99) / 100

    def _branch(self, head: str) -> bool:
        """A branch of a company in another country; none of a branch."""
        if self.draft.entities[head].category == "BRANCH":
            return False
        home = self.draft.entities[head].country
        away = self.draw.pick([code for code in MARKETS if code != home])
        wanted = Wanted(self.own, away, self.root.key, head, self.industry, is_branch=True,
                        has_lei=self.draw.chance(0.5))  # fmt: skip
        add(self.draft, self.draw, self._after(wanted, head), self.used)
        return True

    def _is_quiet(self, entity: Entity) -> bool:
        """Some companies sleep, some ended long ago; nothing is below them."""
        entities = self.draft.entities
        if self.draw.chance(DORMANT):
            self.draft.change(entities, entity.key, is_dormant=True)
            return True
        if self.draw.chance(ENDED):
            ended = self.draft.day(-self.draw.number(400, 1500))
            if ended > entity.created_on:
                self.draft.change(entities, entity.key, ended_on=ended, is_dormant=True,
                                  lei_status=entity.lei_status.then(ended, "RETIRED"))  # fmt: skip
                return True
        return False


def _joined(word: str, country: str) -> str:
    """Division and country in a name; scripts other than Latin say the country themselves."""
    market = MARKETS[country]
    return word if market.language in SCRIPTS else f"{word} {market.local}"


def _joint_ventures(draft: Draft, draw: Draw, root: str) -> None:
    """Some companies have two parents of the family; the larger share controls."""
    able = [
        entity
        for entity in draft.entities.values()
        if entity.family == root and entity.category == "GENERAL" and not entity.is_dormant
    ]
    for entity in able:
        links = draft.links_of(entity.key)
        if not links or not draw.chance(JOINT_VENTURES):
            continue
        other = draw.pick(able)
        if other.key in (entity.key, links[0].parent) or _is_below(draft, other.key, entity.key):
            continue
        share = draw.pick((0.5, 0.51, 0.6, 0.75))
        link = links[0]
        draft.parents[link.key] = replace(link, share=share)
        draft.link(
            Parent(
                draft.key("k"),
                entity.key,
                other.key,
                "legal",
                round(1 - share, 2),
                False,
                False,
                False,
                max(link.begins, other.created_on),
                OPEN,
            )
        )


def _is_below(draft: Draft, child: str, above: str) -> bool:
    """Whether a company is below another, by any parent."""
    return any(
        link.parent == above or _is_below(draft, link.parent, above)
        for link in draft.links_of(child)
    )
