"""What the lint, the sandbox and the tests of rules say of them: one thing wrong, and its mend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a rule: where, why, and how to mend it."""

    where: str
    reason: str
    mend: str


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that is most like this one; empty when none is like it."""
    return next(iter(get_close_matches(name, list(known), n=1)), "")


def did_you_mean(name: str, known: Iterable[str], form: str = "%s") -> str:
    """`did you mean` the nearest known name; else a few of those that there are."""
    there = list(known)
    near = nearest(name, there)
    if near:
        return f"did you mean {form % near}?"
    return f"there are {', '.join(there[:8])}" if there else "there is none yet"
