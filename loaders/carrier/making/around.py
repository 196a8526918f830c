"""The small companies around a family: bought, selling, or merely of a like name."""

from __future__ import annotations

from loaders.carrier.draw import Draw
from loaders.carrier.geography.markets import MARKETS
from loaders.carrier.making.draft import Draft
from loaders.carrier.making.entities import Wanted, add
from loaders.carrier.names.company import Brand, brand
from loaders.carrier.names.words import INDUSTRIES


def add_around(draft: Draft, count: int, used: set[str]) -> None:
    """Add independent companies: every third is a small group, every fourth sounds alike."""
    draw = draft.draw("around")
    family = draft.entities[draft.roots[0]]
    own = draft.brands[family.key]
    for place in range(count):
        country = family.country if place % 3 == 0 else draw.pick(tuple(MARKETS))
        named = own if place % 4 == 3 else brand(draw, MARKETS[country].language)
        top = _independent(draft, draw, named, country, used, alike=place % 4 == 3)
        draft.roots.append(top)
        draft.brands[top] = named
        if place % 3 == 2:
            for _ in range(draw.number(1, 2)):
                below = draw.pick((country, draw.pick(tuple(MARKETS))))
                wanted = Wanted(named, below, top, top, draw.pick(INDUSTRIES), does=True)
                add(draft, draw, wanted, used)


def _independent(
    draft: Draft, draw: Draw, named: Brand, country: str, used: set[str], *, alike: bool
) -> str:
    """A company without a parent; one that sounds like the family is another trade's."""
    industry = draw.pick(INDUSTRIES)
    wanted = Wanted(named, country, "", "", industry, does=True, is_large=not alike)
    return add(draft, draw, wanted, used).key
