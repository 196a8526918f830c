"""Interests over time: what a later statement leaves out or changes has ended.

An interest is told apart by its type, its directness and the day on which it begins. So the same
facts come out whether the statements are delivered together or one after the other; only where
several interests change at once they end on the day of the update, until the whole history comes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from loaders.bods.reading import Statement
from loaders.ownership import Interest


def told(history: Iterable[tuple[Statement, list[Interest]]]) -> list[Interest]:
    """Each interest with the days on which it was held."""
    known: dict[str, Interest] = {}
    standing: dict[str, Interest] = {}
    for statement, interests in history:
        said = {interest.qualifier: _closed(interest, statement) for interest in interests}
        changed_on = _day_of_change(statement, interests, standing)
        for qualifier, interest in standing.items():
            if qualifier not in said:
                known[qualifier] = _ended(interest, interests, changed_on)
        known |= said
        standing = {} if statement.closed else said
    return [
        interest
        for interest in known.values()
        if not (interest.valid_from and interest.valid_to == interest.valid_from)
    ]


def _day_of_change(
    statement: Statement, said: list[Interest], standing: dict[str, Interest]
) -> date:
    """The day from which a statement holds: the first of what is new in it, else its own."""
    begun = [
        interest.valid_from
        for interest in said
        if interest.qualifier not in standing
        and interest.valid_from
        and interest.valid_from <= statement.said_on
    ]
    return max(begun, default=statement.said_on)


def _closed(interest: Interest, statement: Statement) -> Interest:
    """Within a closed record an interest without an end ended when that was said."""
    if not statement.closed or interest.valid_to:
        return interest
    return _cut(interest, statement.said_on)


def _ended(interest: Interest, said: list[Interest], changed_on: date) -> Interest:
    """An interest that is no longer stated: it ends where its like begins anew."""
    successor = next(
        (
            one.valid_from
            for one in said
            if one.valid_from and (one.type, one.directness) == (interest.type, interest.directness)
        ),
        None,
    )
    return _cut(interest, successor or changed_on)


def _cut(interest: Interest, ends: date) -> Interest:
    ends = min(ends, interest.valid_to or ends)
    # What was to begin only later, or was told anew from an earlier day, never held.
    return replace(interest, valid_to=max(ends, interest.valid_from or ends))
