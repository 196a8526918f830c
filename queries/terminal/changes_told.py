"""What changed in a family, one line for each change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.text import Text

from graph.layout import Row, show_rows
from graph.terminal import console
from queries.hierarchy.changes import Change
from queries.terminal.words import minute

MATTERS = ("merged", "ended", "left", "moved", "renamed", "added", "planned", "event")
"""Which of several changes of one company on one day gives the line; the others are its notes."""

GROUPS = {
    "moved": "moved to another parent",
    "left": "left the family",
    "added": "joined the family",
    "ended": "ceased to exist",
    "renamed": "renamed",
    "planned": "announced",
    "event": "other events",
    "merged": "records found to be of one company",
}
"""Kinds of changes in words, what changes the tree before what is only known better."""

REPEATED = {"renamed": "change legal name"}
"""Events that say no more than the line above them."""


@dataclass(slots=True)
class Told:
    """One change, and what else the same day says of the same company."""

    change: Change
    notes: list[str] = field(default_factory=list)


def show_changes(found: Sequence[Change]) -> None:
    """Print changes by day; source and moment of learning once, if all share them."""
    sources = {_learnt(change) for change in found}
    rows = []
    for told in merged(found):
        notes = [*told.notes] if len(sources) == 1 else [*told.notes, _learnt(told.change)]
        one = told.change
        cells = (str(one.happened_on or "no day"), one.kind, sentence(one))
        rows.append(Row(cells, [", ".join(note for note in notes if note)] if any(notes) else []))
    show_rows(rows, indent=0, notes_under=2)
    if len(sources) == 1:
        console.print(Text(f"\nall {sources.pop()}", style="dim"))


def show_changes_by_kind(found: Sequence[Change], *, shown: int) -> None:
    """Print how many changes there are of each kind, and the first of them with their reasons."""
    told = merged(found)
    for kind, words in GROUPS.items():
        alike = [one for one in told if one.change.kind == kind]
        if not alike:
            continue
        console.print(Text(f"  {words}: {len(alike):,}"))
        rows = []
        for one in alike[:shown]:
            notes = ", ".join(note for note in [*one.notes, _learnt(one.change)] if note)
            day = str(one.change.happened_on or "no day")
            rows.append(Row((day, sentence(one.change)), [notes] if notes else []))
        show_rows(rows, indent=4)
        if len(alike) > shown:
            show_rows([Row((f"… {len(alike) - shown:,} more",))], indent=4)


def merged(found: Sequence[Change]) -> list[Told]:
    """Changes in their order, an event or a departure that repeats another line put below it."""
    groups: dict[tuple[object, str], list[Change]] = {}
    for change in found:
        groups.setdefault((change.happened_on, change.entity_id), []).append(change)
    return [told for group in groups.values() for told in _merged(group)]


def _merged(group: Sequence[Change]) -> list[Told]:
    ordered = sorted(group, key=lambda change: MATTERS.index(change.kind))
    lines = [Told(ordered[0], [_reason(ordered[0])])]
    for change in ordered[1:]:
        if change.kind == "event" and _reason(change) == REPEATED.get(ordered[0].kind):
            continue
        if change.kind == "event":
            lines[0].notes.append(_reason(change))
        elif change.kind == "left":
            lines[0].notes.append(f"left {change.from_name}")
        else:
            lines.append(Told(change, [_reason(change)]))
    return lines


def sentence(change: Change) -> str:
    """What changed for which company."""
    name = change.name or change.entity_id
    before, after = change.from_name or change.from_id, change.to_name or change.to_id
    if change.kind == "renamed":
        return f"{before} -> {after}"
    if before and after:
        return f"{name}: {before} -> {after}"
    if before:
        return f"{name}, was under {before}"
    return f"{name}, under {after}" if after else name


def _reason(change: Change) -> str:
    """Why, in plain words: GLEIF's SUBJECT of CHANGE_LEGAL_NAME is a change legal name."""
    reason = change.reason or ""
    if change.kind != "event":
        return reason
    return reason.lower().replace("_", " ").removeprefix("subject of ")


def _learnt(change: Change) -> str:
    source = f"from {change.source}, " if change.source else ""
    return f"{source}learnt {minute(change.known_at)}" if change.known_at else source.rstrip(", ")
