"""Values that change: the world states when, and any day is a projection."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

OPEN = date(9999, 12, 31)
"""The open end of every interval; intervals are half-open."""

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Timeline(Generic[Value]):
    """A value with the days on which it changes, oldest first."""

    steps: tuple[tuple[date, Value], ...]

    def at(self, day: date) -> Value:
        """The value on a day; before the first step, the first value."""
        steps = self.steps
        value = steps[0][1]
        if len(steps) > 1:
            for begins, later in steps[1:]:
                if begins > day:
                    break
                value = later
        return value

    def since(self, day: date) -> date:
        """The day from which the value of a day holds."""
        found = self.steps[0][0]
        for begins, _ in self.steps[1:]:
            if begins > day:
                break
            found = begins
        return found

    def past(self, day: date) -> tuple[tuple[date, date, Value], ...]:
        """Values that a day has behind it: first day, day after the last, value."""
        ends = [begins for begins, _ in self.steps[1:]]
        pairs = zip(self.steps, ends, strict=False)
        return tuple((begins, end, value) for (begins, value), end in pairs if end <= day)

    def then(self, day: date, value: Value) -> Timeline[Value]:
        """The same time line with one more step."""
        return Timeline((*self.steps, (day, value)))

    def turns(self) -> tuple[date, ...]:
        """The days on which the value changes; the beginning is none."""
        return tuple(begins for begins, _ in self.steps[1:])


def always(value: Value, since: date = date.min) -> Timeline[Value]:
    """A value that never changes."""
    return Timeline(((since, value),))


def turns_of(lines: Iterable[Timeline[Any]], *days: date | None) -> tuple[date, ...]:
    """All days on which one of several time lines changes, with single days that are known."""
    found = [day for day in days if day is not None and day != OPEN]
    for line in lines:
        if len(line.steps) > 1:
            found += [begins for begins, _ in line.steps[1:]]
    return tuple(sorted(set(found))) if len(found) > 1 else tuple(found)
