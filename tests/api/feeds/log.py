"""Events as they are appended, and what a follower makes of those that it is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

MOMENT = "2026-01-02T00:00:00Z"
OVER = ("cleared", "retracted", "closed")

State = dict[str, Any]
"""Subject -> what a follower knows of it."""


def step(signal: str, before: str | None, after: str, kind: str = "changed") -> list[str]:
    """An event of a signal, as it is appended."""
    told = {"rule": "r", "before": before, "after": after}
    return [f"footprint.signal.{kind}.v1", f"Signal/{signal}", orjson.dumps(told).decode()]


def fold(state: State, told: Iterable[Mapping[str, Any]]) -> State:
    """The state after events, or after the lines of a snapshot."""
    state = dict(state)
    for one in told:
        subject, data = one["subject"], one["data"]
        if "sources" in data:
            state = _merged(state, data["sources"], subject.partition("/")[2])
        elif subject.startswith("Signal/") and data["after"] not in OVER:
            state[subject] = data["after"]
        elif data.get("parents"):
            state[subject] = sorted(map(_parent, data["parents"]), key=str)
        elif subject.startswith(("Signal/", "LegalEntity/")) and data.keys() & {"after", "parents"}:
            state.pop(subject, None)
    return state


def _merged(state: State, retired: list[str], survivor: str) -> State:
    gone = {f"LegalEntity/{one}" for one in retired}
    return {
        subject: sorted(
            ((view, survivor if id in retired else id, *flags) for view, id, *flags in known),
            key=str,
        )
        if isinstance(known, list)
        else known
        for subject, known in state.items()
        if subject not in gone
    }


def _parent(told: Mapping[str, Any]) -> tuple[Any, ...]:
    return told["view"], told["parent_id"], told["is_controlling"], told["is_cut"]
