"""The words in which companies, facts and records are told to a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from graph.plural import counted
from queries.entity.entity import Entity

OPEN = date(9999, 12, 31)
LONGEST_NUMBER = 30
LONGEST_FILE = 16
TYPES = {
    "PARENT_IN": "parent",
    "OWNS": "owns",
    "DIRECTLY_CONSOLIDATED_BY": "consolidated",
    "ULTIMATELY_CONSOLIDATED_BY": "consolidated",
    "INTERNATIONAL_BRANCH_OF": "branch of",
    "HAS_NAME": "name",
    "HAS_IDENTIFIER": "identifier",
    "PLAYS": "role",
}
"""Types of facts as a person calls them, in the order in which they matter."""
ACCOUNTS = {
    "DIRECTLY_CONSOLIDATED_BY": "in the accounts of its direct parent",
    "ULTIMATELY_CONSOLIDATED_BY": "in the accounts of its ultimate parent",
}


def type_word(type: str) -> str:
    """A type of facts as a person calls it."""
    return TYPES.get(type, type.lower().replace("_", " "))


def weight(type: str) -> int:
    """The place of a type of facts in a list: what matters most comes first."""
    return list(TYPES).index(type) if type in TYPES else len(TYPES)


def since(begin: date, end: date, *, assumed: bool = False) -> str:
    """A half-open interval: since when, or from when to when; `by` when the start is assumed."""
    if end == OPEN:
        if begin.year == 1:
            return "since ?"
        return f"{'by' if assumed else 'since'} {begin}"
    start = "?" if begin.year == 1 else f"{'by ' if assumed else ''}{begin}"
    return f"{start} to {end}"


def many(number: float | None, noun: str, nouns: str = "") -> str:
    """A number of things: `no ticket`, `1 ticket`, `2 tickets`, `an unknown number of tickets`."""
    if number is None:
        return f"an unknown number of {nouns or f'{noun}s'}"
    return counted(number, noun, nouns) if number else f"no {noun}"


def minute(moment: str | None) -> str:
    """A moment of ISO text to the minute."""
    return (moment or "")[:16].replace("T", " ")


def place(file: str | None, line: int | None) -> str:
    """Where in a delivery something stands."""
    return ":".join(str(part) for part in (file, line) if part is not None)


def short_place(file: str | None, line: int | None) -> str:
    """The same in a narrow column: of a long file name its end."""
    is_long = file is not None and len(file) > LONGEST_FILE
    return place(f"..{file[-LONGEST_FILE + 2 :]}" if file and is_long else file, line)


def record_named(one: Any) -> str:
    """A record by what a person needs to find it; file and line do for one of a long number."""
    number = one.native_id if len(one.native_id or "") <= LONGEST_NUMBER else ""
    kind = getattr(one, "record_type", "")
    who = " ".join(part for part in (one.system, kind, number) if part)
    where = place(one.file, one.line)
    return f"{who}, {where}" if where else who


def about(entity: Entity) -> str:
    """Who a company is, in one sentence without its name."""
    if entity.is_stub:
        by = ", ".join(entity.mentioned_by) or "others"
        return f"mentioned by {by}, described by none; {entity.reference or entity.entity_id}"
    status = (entity.status or "").lower()
    where = f"in {entity.jurisdiction}" if entity.jurisdiction else ""
    parts = [" ".join(part for part in (status, where) if part)]
    parts += [f"since {entity.created_on}"] if entity.created_on else []
    parts += [f"ended {entity.ended_on}"] if entity.ended_on else []
    return ", ".join(part for part in (*parts, entity.reference) if part)


def details_told(type: str, details: str) -> str:
    """What a fact adds to its line: the view if it is not the legal one, shares, its basis."""
    given = dict(part.strip().split(" ", 1) for part in details.split("  ") if " " in part.strip())
    told = [ACCOUNTS[type]] if type in ACCOUNTS else []
    return ", ".join([*told, *_told(given)])


def share_told(share: float) -> str:
    """A share of 1 in percent."""
    return f"{share * 100:.4g}%"


def _told(given: dict[str, str]) -> Iterator[str]:
    view = given.pop("view", "legal")
    if view != "legal":
        yield f"{view} view"
    if given.pop("controlling", "true") == "false":
        yield "not controlling"
    share = given.pop("share", None)
    if share is not None:
        yield share_told(float(share))
    if given.pop("cut", None):
        yield "cut: it would close a circle"
    basis = given.pop("basis", None)
    if basis:
        yield basis
    for name, value in given.items():
        yield f"{name.replace('_', ' ')} {value}"
