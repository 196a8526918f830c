"""A family drawn as a tree: what a newcomer sees first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from rich.table import Table
from rich.text import Text

from graph.plural import counted
from queries.entity.entity import Entity
from queries.hierarchy.further_parents import FurtherParent
from queries.hierarchy.hierarchy import Family as Columns
from queries.hierarchy.in_scope import DEPTH
from queries.terminal.branches import (
    LONG,
    Branch,
    Fold,
    Totals,
    fold,
    further_by_entity,
    grow,
    levels_shown,
    shown_children,
    totals,
)
from queries.terminal.money_told import apart, short_amount
from queries.terminal.rollup import Rollup

EXCEPTIONS = {
    "NATURAL_PERSONS": "people hold it, and no company",
    "NON_CONSOLIDATING": "no parent consolidates its accounts",
    "NO_KNOWN_PERSON": "no controlling person is known",
    "NO_LEI": "its parent has no LEI",
    "NON_PUBLIC": "its parent is not public",
}
"""GLEIF's reporting exceptions in words (GLEIF, Reporting Exceptions format 2.1)."""
STYLES = {"former": "dim", "planned": "cyan", "present": ""}


@dataclass(frozen=True, slots=True)
class Guides:
    """The lines that a tree is drawn with."""

    child: str
    last: str
    below: str
    more: str


DRAWN = Guides("├─ ", "└─ ", "│  ", "…")
PLAIN = Guides("|- ", "`- ", "|  ", "...")


@dataclass(slots=True)
class Family:
    """All that a drawing says."""

    root: Entity
    columns: Columns
    further: list[FurtherParent]
    mentions: dict[str, list[str]]
    """Which sources mention a company that none describes."""
    above: str | None
    """Name of the ultimate parent, when the root is not the top."""
    view: str
    valid_on: date | None
    known_at: datetime | None
    whole: bool = False
    """Whether nothing is folded."""
    long: int = LONG
    """Companies to draw before deeper branches are folded."""
    rollup: Rollup | None = None
    """What the branches have and pay, when that is to be shown."""


def headline(family: Family) -> Iterator[Text]:
    """What the family is, in numbers, as of when, and why nothing is above it."""
    root, sums = family.root, totals(family.columns)
    yield Text.assemble(
        (root.name or root.reference or root.entity_id, "bold"),
        "  ",
        "  ".join(part for part in (root.jurisdiction, root.lei or root.reference) if part),
    )
    yield Text(_numbers(sums))
    day = f"as of {family.valid_on}" if family.valid_on else "as of today"
    known = (
        f"as known at {family.known_at:%Y-%m-%d %H:%M} UTC" if family.known_at else "as now known"
    )
    yield Text(f"{family.view} view, {day}, {known}", style="dim")
    yield Text(_above(family), style="dim")
    if family.rollup:
        yield Text(_explained(family.rollup), style="dim")
    if DEPTH in family.columns.depths and any(family.columns.hidden_counts):
        yield Text(f"chains deeper than {DEPTH} are cut here: report them as faulty", "yellow")


def drawing(family: Family, guides: Guides) -> Table:
    """The tree in aligned columns: name, jurisdiction, status, business, what else is known."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column()  # alone not no_wrap: names give way, so that the figures stay whole
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True)
    if family.rollup:
        grid.add_column(no_wrap=True, justify="right")
        grid.add_column(no_wrap=True, justify="right")
    grid.add_column(overflow="fold")
    if family.rollup:
        titles = ("", "", "", "services", f"{family.rollup.base}/month", "")
        grid.add_row(*(Text(title, style="dim") for title in titles))
    root = grow(family.columns)
    further = further_by_entity(family.further)
    levels = DEPTH if family.whole else levels_shown(root, family.long)
    for line in _lines(family, root, further, guides, levels):
        grid.add_row(*line)
    return grid


def _lines(
    family: Family,
    root: Branch,
    further: dict[str, list[FurtherParent]],
    guides: Guides,
    levels: int,
) -> Iterator[tuple[Text, ...]]:
    pending: list[tuple[Branch | Fold, str, str, int]] = [(root, "", "", 0)]
    while pending:
        item, lead, rest, depth = pending.pop()
        if isinstance(item, Fold):
            told = Text(lead + _folded(item, guides), style="dim")
            yield _cut(told, guides), Text(), Text(), *_figures(family.rollup, item.places), Text()
            continue
        notes = _notes(family, item.place, further.get(item.entity_id, []))
        if depth >= levels and item.children:
            hidden = fold(item.children)
            more = "+{:,} below" if family.rollup else "{:,} more below"
            notes.append(Text(more.format(hidden.companies), style="dim"))
        name, *cells = _row(item, lead, _figures(family.rollup, [item.place]), notes)
        yield _cut(name, guides), *cells
        if depth >= levels:
            continue
        children, folded = shown_children(item, depth, whole=family.whole)
        items: list[Branch | Fold] = [*children, *([folded] if folded else [])]
        for index in range(len(items) - 1, -1, -1):
            is_last = index == len(items) - 1
            pending.append(
                (
                    items[index],
                    rest + (guides.last if is_last else guides.child),
                    rest + ("   " if is_last else guides.below),
                    depth + 1,
                )
            )


def _cut(name: Text, guides: Guides) -> Text:
    """A name on one line, whatever room there is."""
    name.no_wrap, name.overflow = True, "ellipsis" if guides is DRAWN else "crop"
    return name


def _row(
    branch: Branch, lead: str, figures: tuple[Text, ...], notes: list[Text]
) -> tuple[Text, ...]:
    style = STYLES[branch.tense]
    name = Text.assemble((lead, "dim"), (branch.name or f"({branch.entity_id[:8]})", style))
    return (
        name,
        Text(branch.jurisdiction or "-", style=style),
        Text((branch.status or "-").lower(), style=style),
        *figures,
        Text("; ").join(notes),
    )


def _figures(rollup: Rollup | None, places: list[int]) -> tuple[Text, ...]:
    """Services and money of branches, when they are to be shown; `+` where a rate is missing."""
    if rollup is None:
        return ()
    carried = rollup.of(places)
    services = Text(f"{carried.services:,}") if carried.services else Text("-", style="dim")
    money = short_amount(carried.billed.amount, rollup.base).removeprefix(f"{rollup.base} ")
    if not carried.billed.parts:
        return services, Text("-", style="dim")
    return services, Text(f"{money}{'' if carried.billed.is_whole else '+'}")


def _explained(rollup: Rollup) -> str:
    """What the figures beside the branches are, and what is not in them."""
    left = rollup.whole.billed.unconverted
    rest = f"; +: beside {apart(left)} without a rate" if left else ""
    return (
        f"services in service on {rollup.on}; {rollup.base} billed in {rollup.month:%B %Y} without "
        f"tax{rest}; with all below"
    )


def _notes(family: Family, place: int, further: list[FurtherParent]) -> list[Text]:
    columns, notes = family.columns, []
    share = columns.shares[place]
    if 0 <= share < 1:
        notes.append(Text(f"{share:.0%}"))
    if columns.tenses[place] == "planned":
        notes.append(Text(f"planned for {columns.starts_ons[place]}", style="cyan"))
    if columns.tenses[place] == "former":
        notes.append(Text(f"ended {columns.ended_ons[place]}", style="dim"))
    notes += [Text(_also(parent), style="yellow") for parent in further]
    if columns.conflictings[place] and not further and not family.rollup:
        notes.append(Text("sources differ", style="yellow"))
    if columns.stubs[place]:
        by = ", ".join(family.mentions.get(columns.ids[place], [])) or "others"
        notes.append(Text(f"mentioned by {by}, not described", style="dim"))
    if columns.hidden_counts[place]:
        notes.append(Text(f"{columns.hidden_counts[place]:,} children below", style="dim"))
    return notes


def _also(parent: FurtherParent) -> str:
    name = parent.parent_name or parent.parent_id[:8]
    if parent.is_cut:
        return f"also under {name}, cut: it would close a circle"
    return f"also {parent.share:.0%} under {name}" if parent.share else f"also under {name}"


def _folded(folded: Fold, guides: Guides) -> str:
    former = " former" if folded.all_former else ""
    where = f" in {counted(folded.jurisdictions, 'jurisdiction')}" if folded.jurisdictions else ""
    return f"{guides.more} {folded.companies:,} more{former}{where} (--all)"


def _numbers(sums: Totals) -> str:
    parts = [
        f"{number:,} {word}"
        for number, word in (
            (sums.active, "active"),
            (sums.former, "former"),
            (sums.planned, "planned"),
            (sums.stubs, "only mentioned"),
        )
        if number
    ]
    where = f" in {counted(sums.jurisdictions, 'jurisdiction')}" if sums.jurisdictions else ""
    companies = counted(sums.companies, "company", "companies")
    return f"{companies}{where}: {', '.join(parts)}"


def _above(family: Family) -> str:
    if family.above:
        return f"part of a larger family: {family.above} is at the top"
    reason = family.root.ultimate_exception or family.root.parent_exception
    if reason:
        return f"nothing above it: {EXCEPTIONS.get(reason, 'its exception is reported')} ({reason})"
    return "nothing above it: no source names a parent"
