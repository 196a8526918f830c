"""Fact versions as lines: present, planned, former, and what is no longer believed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.text import Text

from graph.layout import Row, heading, show_rows
from queries.terminal.words import (
    details_told,
    minute,
    place,
    short_place,
    since,
    type_word,
    weight,
)

CONSOLIDATED = ("DIRECTLY_CONSOLIDATED_BY", "ULTIMATELY_CONSOLIDATED_BY")
TITLES = {
    "present": "facts, present",
    "planned": "facts, planned",
    "former": "facts, former",
    "superseded": "no longer believed",
}

STYLES = {"present": "", "planned": "cyan", "former": "dim", "superseded": "dim"}


def show_facts(facts: Sequence[Any], entity_id: str | None, *, ids: bool) -> None:
    """Print facts under what they are today; `ids` adds each one's id and record."""
    shown = facts if ids else [fact for fact in facts if not _repeats_parent(fact, facts)]
    for standing, title in TITLES.items():
        found = [fact for fact in shown if _standing(fact) == standing]
        if found:
            heading(title)
            found.sort(key=_place_in_list)
            show_rows([_row(fact, entity_id, ids=ids) for fact in found], wide=1)


def _place_in_list(fact: Any) -> tuple[int, bool]:
    """Types that matter most come first, and the legal view before the others."""
    return weight(fact.type), not fact.details.startswith("view legal")


def _standing(fact: Any) -> str:
    return "superseded" if fact.known_to else str(fact.tense)


def _repeats_parent(fact: Any, facts: Sequence[Any]) -> bool:
    """Whether a consolidation says what the parent fact of the same record says."""
    return fact.type in CONSOLIDATED and any(
        other.type == "PARENT_IN" and _when_and_who(other) == _when_and_who(fact) for other in facts
    )


def _when_and_who(fact: Any) -> tuple[Any, ...]:
    return fact.end_id, fact.record_id, fact.valid_from, fact.valid_to, fact.known_to


def _row(fact: Any, entity_id: str | None, *, ids: bool) -> Row:
    word, other = type_word(fact.type), fact.end
    if fact.type == "OWNS" and fact.end_id == entity_id:
        word, other = "owner", fact.start
    when = since(fact.valid_from, fact.valid_to, assumed=fact.is_start_assumed)
    texts = (word, _object(other or fact.end_id), when, short_place(fact.file, fact.line))
    cells = [Text(text, style=STYLES[_standing(fact)]) for text in texts]
    return Row(cells, list(_notes(fact, ids=ids)))


def _object(name: str) -> str:
    """A node without a name is told by its reference, the system left out: customer 001."""
    parts = name.split(":")
    return " ".join(parts[1:]) if len(parts) == 3 and " " not in name else name


def _notes(fact: Any, *, ids: bool) -> Iterator[str]:
    told = details_told(fact.type, fact.details)
    if told:
        yield told
    if fact.known_to:
        first, last = minute(fact.known_from), minute(fact.known_to)
        believed = f"believed until {last}" if first == last else f"believed {first} to {last}"
        yield f"{believed}: {fact.reason}" if fact.reason else believed
    elif fact.reason:
        yield f"because: {fact.reason}"
    if ids:
        yield f"{fact.type} {fact.fact_id}"
        yield f"{fact.system} {fact.native_id}, {place(fact.file, fact.line)}"
