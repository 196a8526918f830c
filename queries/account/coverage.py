"""Who sells to a customer: people with what they answer for, from all systems that say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from queries.account.figure import Figure, Known
from queries.account.sellers import Seller


@dataclass(slots=True)
class Person:
    """One person who sells, as one or several systems know them by the same e-mail address."""

    name: str
    """Name, else the e-mail address."""
    roles: list[str]
    """In what roles the person covers the customer."""
    accounts: int
    """Whole accounts that the person answers for, the most that one system says."""
    companies: int
    """Companies that the person covers themselves."""
    teams: list[str]
    """Teams that the person belongs to."""
    since: date
    """First day of the earliest coverage."""
    is_ahead: bool
    """Whether it only begins after the day."""
    source_ids: list[str]


@dataclass(slots=True)
class Coverage:
    """Who sells to a customer, those for whole accounts first."""

    people: list[Person]
    """Those for whole accounts first."""
    covered: Figure
    """Companies with a seller of their own."""
    unknown: list[str]


def coverage(sellers: Sequence[Seller], companies: int, known: Known) -> Coverage:
    """Who sells to a customer of so many companies."""
    grouped: dict[tuple[bool, str], list[Seller]] = {}
    for one in sellers:
        who = (one.email or one.name or one.seller_id).casefold()
        grouped.setdefault((one.is_ahead, who), []).append(one)
    people = sorted((_person(group) for group in grouped.values()), key=_rank)
    now = [one for one in sellers if not one.is_ahead]
    covered = {entity for one in now for entity in one.entity_ids}
    unknown = [] if now else ["nobody is known to sell to this customer"]
    if "Seller" not in known.labels:
        unknown = ["no source has told of any seller"]
    elif now and not any(one.account_count for one in now) and len(covered) < companies:
        unknown.append(
            f"nobody answers for the whole, nor for {companies - len(covered):,} of {companies:,} "
            "companies (territories are not counted: no source says what lies in them)"
        )
    figure = known.figure(
        len(covered) if "Seller" in known.labels else None,
        "companies",
        (one.source_id for one in sellers),
    )
    return Coverage(people, figure, unknown)


def _person(group: Sequence[Seller]) -> Person:
    first = group[0]
    return Person(
        first.name or first.email or first.seller_id,
        sorted({one.role for one in group if one.role}),
        max(one.account_count for one in group),
        len({entity for one in group for entity in one.entity_ids}),
        sorted({team for one in group for team in one.teams}),
        min(one.since for one in group),
        first.is_ahead,
        sorted({one.source_id for one in group if one.source_id}),
    )


def _rank(one: Person) -> tuple[bool, int, int, str]:
    return one.is_ahead, -one.accounts, -one.companies, one.name
