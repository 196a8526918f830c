"""How a signal lives: what a run makes of it, given what it was and what was found.

A signal is cleared only by a run that could see; a run that could not makes it
blind. The same identity after clearing opens the same signal again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

LIVING = frozenset(
    {"candidate", "open", "acknowledged", "actioned", "snoozed", "inhibited", "blind", "withheld"}
)
"""States of a signal whose condition held when it was last looked at."""
SHOWN = frozenset({"open", "acknowledged", "actioned"})
"""States in which a seller sees it."""
GONE = frozenset({"cleared", "retracted"})
"""States from which the same finding opens it again."""


@dataclass(frozen=True, slots=True)
class State:
    """Where a signal is in its life."""

    state: str
    reason: str = ""
    resumes: str = ""
    """The state to which it returns from `blind`, `inhibited` or `snoozed`."""
    snoozed_until: date | None = None
    snoozed_at: str = ""
    """Hash of its evidence when it was snoozed until something changes; else empty."""


def found(was: State, *, today: date, evidence: str) -> State:
    """What a signal is once it is found again by a run that could see."""
    if was.state in GONE:
        return State("candidate", "found again")
    if was.state == "withheld":
        return State(was.resumes or "candidate", "the rule is shown now")
    if was.state == "blind":
        return _resumed(was, "confirmed again")
    if was.state == "snoozed":
        if was.snoozed_at and was.snoozed_at != evidence:
            return _resumed(was, "something changed")
        if was.snoozed_until and was.snoozed_until <= today:
            return _resumed(was, f"snoozed until {was.snoozed_until}")
    return was


def missed(was: State, *, doubt: str, retracted: str, clears_if: str) -> State:
    """What a signal is that was not found: cleared or retracted, or blind when there is doubt."""
    if was.state not in LIVING:
        return was
    if doubt:
        return blinded(was, doubt)
    if retracted:
        return State("retracted", retracted)
    return State("cleared", f"no longer found; it clears if {clears_if}")


def blinded(was: State, doubt: str) -> State:
    """A signal that cannot be confirmed: kept, marked, never cleared.

    What is snoozed stays so until a run that can see: nobody is shown it, and its end is kept.
    """
    if was.state not in LIVING or was.state == "snoozed":
        return was
    is_over_another = was.state in ("blind", "inhibited", "withheld")
    return State("blind", doubt, was.resumes if is_over_another else was.state)


def inhibited(was: State, by: str) -> State:
    """A signal that yields to another one, or to trouble in the family; `by` is empty for none."""
    if by and was.state in ("candidate", "open", "acknowledged", "inhibited"):
        resumes = was.resumes if was.state == "inhibited" else was.state
        return State("inhibited", by, resumes)
    return _resumed(was, "nothing suppresses it") if was.state == "inhibited" and not by else was


def hidden(was: State, why: str) -> State:
    """A signal of a rule in shadow: measured and shown to nobody; what is worked at stays shown."""
    if not why or was.state not in ("candidate", "open", "acknowledged", "inhibited"):
        return was
    return State("withheld", why, was.resumes if was.state == "inhibited" else was.state)


def _resumed(was: State, reason: str) -> State:
    return State(was.resumes or "candidate", reason)
