"""The people who sell: teams, sellers, territories, and who covers them."""

from __future__ import annotations

import functools
from datetime import date, timedelta

from loaders.carrier.config import Config, Size
from loaders.carrier.draw import Draw
from loaders.carrier.geography.markets import MARKETS
from loaders.carrier.making.catalogue import months_before
from loaders.carrier.names.people import mailbox, person
from loaders.carrier.world.sales import Coverage, Seller, Target, Team, Territory
from loaders.carrier.world.timeline import OPEN, always

MAIL = "carrier.example"
REGIONS = ("americas", "emea", "apac")
CURRENCIES = {"americas": "USD", "emea": "EUR", "apac": "SGD"}


def teams() -> dict[str, Team]:
    """Five teams a region: global accounts, two of enterprises, specialists, service."""
    found: dict[str, Team] = {}
    for region in REGIONS:
        for name, role in (
            ("Global Accounts", "sales"),
            ("Enterprise North", "sales"),
            ("Enterprise South", "sales"),
            ("Solution Engineers", "specialist"),
            ("Service Management", "service"),
        ):
            key = f"T{len(found)}"
            mail = f"{name.lower().replace(' ', '-')}.{region}@{MAIL}"
            full = f"{name} {region.upper() if region != 'americas' else 'Americas'}"
            found[key] = Team(key, full, role, region, mail, date(2015, 1, 1))
    return found


def sellers(config: Config, found: dict[str, Team]) -> dict[str, Seller]:
    """The sellers by key; one in twelve changes the team within the thirty days."""
    draw = Draw(config.seed, "sellers")
    by_key = list(found.values())
    people: dict[str, Seller] = {}
    used: set[str] = set()
    for number in range(config.size.sellers):
        team = by_key[number % len(by_key)]
        name = person(draw, team.sales_region)
        mail = mailbox(name, MAIL)
        if mail in used:
            mail = mail.replace("@", f"{number}@")
        used.add(mail)
        role = {"specialist": "specialist", "service": "service_manager"}.get(team.role, "seller")
        if role == "seller" and number < len(by_key):
            role = "region_lead" if team.name.startswith("Global") else "team_lead"
        began = date(draw.number(2010, 2024), draw.number(1, 12), 1)
        line = always(team.key, began)
        if role == "seller" and draw.chance(1 / 12):
            other = draw.pick([one for one in by_key if one.role == "sales" and one is not team])
            line = line.then(config.day(draw.number(3, 27)), other.key)
        key = f"S{number}"
        people[key] = Seller(key, name, mail, role, team.sales_region, line, began, OPEN)
    return people


def territories() -> dict[str, Territory]:
    """Two for each country, by segment."""
    found: dict[str, Territory] = {}
    for code, market in MARKETS.items():
        for segment in ("global", "enterprise"):
            key = f"Y{len(found)}"
            name = f"{market.name} {segment}"
            found[key] = Territory(key, name, market.region, (code,), segment, date(2020, 1, 1))
    return found


def coverages(
    config: Config, people: dict[str, Seller], found: dict[str, Territory]
) -> tuple[Coverage, ...]:
    """Who answers for which territory; some hand theirs over within the thirty days."""
    draw = Draw(config.seed, "territories")
    made: list[Coverage] = []
    for territory in found.values():
        able = [
            one
            for one in people.values()
            if one.sales_region == territory.sales_region and one.role in ("seller", "team_lead")
        ]
        first, second = draw.pick(able), draw.pick(able)
        changes = draw.chance(0.08) and first is not second
        day = config.day(draw.number(4, 26)) if changes else OPEN
        begins = max(first.started_on, date(2021, 1, 1))
        role = "local owner"
        made.append(
            Coverage(f"C{len(made)}", first.key, "territory", territory.key, role, 1.0, begins, day)
        )
        if changes:
            made.append(
                Coverage(f"C{len(made)}", second.key, "territory", territory.key, role, 1.0, day)
            )
    return tuple(made)


def targets(config: Config, people: dict[str, Seller]) -> tuple[Target, ...]:
    """What each seller is to sell in this quarter and the next."""
    draw = Draw(config.seed, "targets")
    first = months_before(config.day_zero, (config.day_zero.month - 1) % 3)
    found: list[Target] = []
    for seller in people.values():
        if seller.role in ("seller", "team_lead"):
            for quarter in (first, months_before(first + timedelta(days=1), -3)):
                amount = draw.number(20, 90) * 1_000_000
                money = CURRENCIES[seller.sales_region]
                found.append(Target(f"G{len(found)}", seller.key, quarter, amount, money))
    return tuple(found)


@functools.lru_cache(maxsize=64)
def able(seed: int, size: Size, day_zero: date, region: str, roles: tuple[str, ...]) -> list[str]:
    """Keys of the sellers of a region in one of these roles."""
    people = sellers(Config(seed, size, day_zero), teams())
    return [one.key for one in people.values() if one.sales_region == region and one.role in roles]
