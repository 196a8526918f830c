"""Which way relationships go by the model, and which are written otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from graph.model.catalogue import RELATIONSHIPS, RelationshipType
from rules.engine.files.patterns import ANY, Labels, Step, steps_of

TYPES = {tense: one for one in RELATIONSHIPS.values() for tense in one.tenses}
"""Every type by the name of each of its tenses."""
MOST_SHOWN = 3
"""Patterns of a type that a mend names."""


def misdirected(text: str) -> Iterator[tuple[int, str, str]]:
    """Line, reason and mend of every relationship that no node of the model can have so."""
    for step in steps_of(text):
        for one in step.types:
            known = TYPES.get(one.name)
            if known and not _fits(known, step):
                yield one.line, *_told(one.name, known, step)


def _fits(known: RelationshipType, step: Step) -> bool:
    """Whether the model has the relationship between such nodes."""
    ways = [(step.start, step.end)] if step.is_directed else [*permutations((step.start, step.end))]
    if step.is_long:
        return any(
            any(_is_within(one, start, ANY) for one in known.patterns)
            and any(_is_within(one, ANY, end) for one in known.patterns)
            for start, end in ways
        )
    return any(_is_within(one, *way) for one in known.patterns for way in ways)


def _is_within(pattern: tuple[str, str], start: Labels, end: Labels) -> bool:
    return (not start or pattern[0] in start) and (not end or pattern[1] in end)


def _told(name: str, known: RelationshipType, step: Step) -> tuple[str, str]:
    """What is wrong with a relationship, and how the model has it."""
    turned = [one for one in known.patterns if _is_within(one, step.end, step.start)]
    shown = " or ".join(
        f"(:{start})-[:{name}]->(:{end})" for start, end in (turned or known.patterns)[:MOST_SHOWN]
    )
    if turned:
        return f"{name} is written the wrong way round", shown
    return f"the model has no {name} from {_named(step.start)} to {_named(step.end)}", shown


def _named(labels: Labels) -> str:
    return " or ".join(sorted(labels)) or "any node"
