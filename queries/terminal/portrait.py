"""Everything of one company as a person reads it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.text import Text

from graph.layout import Row, heading, show_rows
from graph.terminal import console, say
from queries.entity.entity import Entity
from queries.entity.events import Event
from queries.entity.ownership import Stake
from queries.entity.parents import Parent
from queries.terminal.profile import Profile
from queries.terminal.retired import show_aliases
from queries.terminal.said import show_values
from queries.terminal.tree import EXCEPTIONS
from queries.terminal.words import about, share_told, since


def show_profile(found: Profile) -> None:
    """Print a company: who it is, its values by record, its names, numbers, parents and events."""
    one = found.entity
    console.print(Text(one.name or one.reference or one.entity_id, style="bold"))
    console.print(Text(about(one)))
    show_rows(_particulars(one))
    show_values(found.values, {})
    _list("names", [_row(name, name.name, name.kind, name.language) for name in found.names])
    numbers = [_row(one, one.value, one.scheme, _validity(one)) for one in found.identifiers]
    _list("identifiers", numbers)
    _list("parents", [_parent(parent) for parent in found.parents])
    _list("ownership", [_stake(stake) for stake in found.ownership])
    _list("events", [_event(event) for event in found.events])
    show_aliases(found.aliases)
    say(f"next: ./footprint why '{one.name or one.entity_id}' | ./footprint tree '{one.entity_id}'")


def _list(title: str, rows: Sequence[Row]) -> None:
    if rows:
        heading(title)
        show_rows(rows, wide=0, notes_under=0)


def _particulars(one: Entity) -> list[Row]:
    rows = [Row(("id", one.entity_id)), Row(("children", f"{one.child_count:,}"))]
    for level, reason in (("direct", one.parent_exception), ("ultimate", one.ultimate_exception)):
        if reason:
            told = EXCEPTIONS.get(reason, "its exception is reported")
            rows.append(Row((f"no {level} parent", f"{told} ({reason})")))
    return rows


def _row(fact: Any, what: str, *words: str | None) -> Row:
    """One fact: what it says, in which sense, when it is so, who says it."""
    when = since(fact.valid_from, fact.valid_to, assumed=getattr(fact, "is_start_assumed", False))
    return Row((what, ", ".join(word for word in words if word), when, fact.source))


def _validity(identifier: Any) -> str:
    wrong = "wrong checksum" if identifier.is_valid is False else ""
    return ", ".join(part for part in (identifier.issuer, wrong) if part)


def _parent(parent: Parent) -> Row:
    tense = "" if parent.tense == "present" else parent.tense
    row = _row(parent, parent.name or parent.parent_id, parent.view, tense)
    control = "" if parent.is_controlling else "not controlling"
    cut = "cut: it would close a circle" if parent.is_cut else ""
    share = "" if parent.share is None else share_told(parent.share)
    row.notes = _joined(share, control, cut, parent.basis)
    return row


def _stake(stake: Stake) -> Row:
    word = {"owner": "owns it", "owned": "owned by it"}.get(stake.direction, stake.direction)
    tense = "" if stake.tense == "present" else stake.tense
    row = _row(stake, stake.name or stake.other_id, word, _share(stake), tense)
    row.notes = _joined(stake.interest_type)
    return row


def _share(stake: Stake) -> str:
    if stake.share is not None:
        return share_told(stake.share)
    if stake.share_low is None and stake.share_high is None:
        return ""
    return f"{share_told(stake.share_low or 0)} to {share_told(stake.share_high or 1)}"


def _event(event: Event) -> Row:
    day = event.effective_on or event.announced_on or event.recorded_on
    kind = (event.type or "event").lower().replace("_", " ")
    status = (event.status or "").lower().replace("_", " ")
    row = Row((f"{day or '?'}  {kind}", event.role, status, event.source or ""))
    row.notes = _joined(*event.others)
    return row


def _joined(*parts: str | None) -> list[str]:
    told = ", ".join(part for part in parts if part)
    return [told] if told else []
