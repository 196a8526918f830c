"""The two clocks as pure arithmetic: what is believed, what a record now says, what to write.

A fact has one id and any number of *versions*: intervals in the world (`valid_from` up to, not
including, `valid_to`) that we believed from `recorded_from` up to `recorded_to`. A version is
never edited: it is superseded (its recorded time ends) and restated. So a question as of any
day and as known at any moment is answered as it would have been answered then
(Snodgrass, Developing Time-Oriented Database Applications, chapter 10).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

OPEN = date(9999, 12, 31)
UNKNOWN_START = date(1, 1, 1)
"""Where a fact begins that is known to have ended, and not known to have begun."""

Tense = Literal["", "FORMER_", "PLANNED_"]


@dataclass(frozen=True, slots=True)
class Version:
    """One interval of one fact, as believed."""

    valid_from: date
    valid_to: date = OPEN
    properties: tuple[tuple[str, Any], ...] = ()
    assumed_from: bool = False
    record: str = ""

    @property
    def planned(self) -> bool:
        """Whether this was announced and has not come true."""
        return ("planned", True) in self.properties

    def says_the_same(self, other: Version) -> bool:
        """Whether both say the same of the world, whoever says it."""
        return (self.valid_from, self.valid_to, self.properties) == (
            other.valid_from,
            other.valid_to,
            other.properties,
        )


@dataclass(slots=True)
class Change:
    """What to write for one fact: versions no longer believed, and versions now believed."""

    superseded: list[tuple[Version, str]] = field(default_factory=list)
    stated: list[tuple[Version, str]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.superseded or self.stated)


@dataclass(frozen=True, slots=True)
class Saying:
    """What a record says of one fact, before the clocks are applied."""

    valid_from: date | None
    valid_to: date | None
    properties: tuple[tuple[str, Any], ...]
    record: str


def tense(version: Version, today: date) -> Tense:
    """The type prefix of a believed version: present, FORMER_ or PLANNED_."""
    if version.valid_to <= today:
        return "FORMER_"
    if version.planned or version.valid_from > today:
        return "PLANNED_"
    return ""


def due_on(version: Version, today: date) -> date | None:
    """The day on which the passing of time alone changes this version's tense, if any."""
    if version.valid_to == OPEN and version.valid_from <= today:
        return None
    kind = tense(version, today)
    if kind == "PLANNED_" and not version.planned:
        return version.valid_from
    if kind != "FORMER_" and version.valid_to != OPEN:
        return version.valid_to
    return None


def first_statement(saying: Saying, as_of: date) -> Version:
    """The version that a fact never heard of before begins with."""
    began = UNKNOWN_START if saying.valid_to and saying.valid_to <= as_of else as_of
    return Version(
        saying.valid_from or began,
        saying.valid_to or OPEN,
        saying.properties,
        saying.valid_from is None,
        saying.record,
    )


def restate(
    believed: Iterable[Version], saying: Saying | None, *, effective: date, correction: str = ""
) -> Change:
    """What to write when a record that said `believed` of a fact now says `saying` (or nothing).

    `effective` is the day of the change. A start that moves, or anything when `correction` gives
    a reason, is a correction: the old version is superseded and not kept as history of the world.
    """
    versions = sorted(believed, key=lambda version: version.valid_from)
    if saying is None:
        return _withdrawn(versions, effective, correction)
    live = versions[-1] if versions and versions[-1].valid_to > effective else None
    if live is None:
        return _said_again(versions, saying, effective)
    return _without_overlap(versions, _revised(live, saying, effective, correction))


def _withdrawn(versions: list[Version], effective: date, correction: str) -> Change:
    change = Change()
    for live in versions:
        if live.valid_to <= effective:
            continue
        if correction:
            change.superseded.append((live, correction))
        elif live.planned:
            change.superseded.append((live, "no longer announced"))
        elif live.valid_from >= effective:
            change.superseded.append((live, "withdrawn before it began"))
        else:
            ended = replace(live, valid_to=effective)
            change.superseded.append((live, "ended"))
            change.stated.append((ended, "no longer stated by its record"))
    return change


def _said_again(versions: list[Version], saying: Saying, effective: date) -> Change:
    wanted = first_statement(saying, effective)
    if any(version.says_the_same(wanted) for version in versions):
        return Change()
    if saying.valid_from is None and saying.valid_to is not None and versions:
        return Change()  # an undated fact that ended, said to have ended: nothing new
    return _without_overlap(versions, Change([], [(wanted, "")]))


def _revised(live: Version, saying: Saying, effective: date, correction: str) -> Change:
    ends = saying.valid_to or OPEN
    same_properties = live.properties == saying.properties
    starts = saying.valid_from or live.valid_from
    if live.planned and not dict(saying.properties).get("planned"):
        came_true = Version(
            _start_before(ends, saying.valid_from or effective, saying),
            ends,
            saying.properties,
            False,
            saying.record,
        )
        return Change([(live, "came true")], [(came_true, "")])
    if same_properties and starts == live.valid_from:
        if ends == live.valid_to:
            return Change()
        starts = _start_before(ends, starts, saying)
        bounded = replace(live, valid_from=starts, valid_to=ends, record=saying.record)
        return Change([(live, correction or "end restated")], [(bounded, "")])
    changes_on = saying.valid_from or effective
    if same_properties or correction or changes_on <= live.valid_from or ends <= changes_on:
        whole = Version(
            _start_before(ends, starts, saying),
            ends,
            saying.properties,
            saying.valid_from is None and live.assumed_from,
            saying.record,
        )
        return Change([(live, correction or "corrected by its record")], [(whole, "")])
    before = replace(live, valid_to=min(live.valid_to, changes_on))
    after = Version(changes_on, ends, saying.properties, False, saying.record)
    return Change([(live, "changed")], [(before, "changed"), (after, "")])


def _start_before(ends: date, starts: date, saying: Saying) -> date:
    """A start that only we assumed gives way to an end that is known to lie before it."""
    return UNKNOWN_START if saying.valid_from is None and ends <= starts else starts


def _without_overlap(versions: list[Version], change: Change) -> Change:
    """The change, with every other version cut back to the days before what is now stated."""
    superseded = [version for version, _ in change.superseded]
    for stated, _ in list(change.stated):
        for version in versions:
            if version in superseded or not meet(version, stated):
                continue
            superseded.append(version)
            change.superseded.append((version, "restated over the same days"))
            if version.valid_from < stated.valid_from and version.properties != stated.properties:
                before = replace(version, valid_to=stated.valid_from)
                change.stated.append((before, "restated over the same days"))
    return change


def meet(version: Version, other: Version) -> bool:
    """Whether both hold on some day."""
    return version.valid_from < other.valid_to and other.valid_from < version.valid_to
