"""What the feed is told of a signal: that it opened, changed, cleared or was retracted."""

from __future__ import annotations

import orjson

from rules.engine.life.lifecycle import GONE

NOT_YET_SHOWN = GONE | {None, "candidate", "withheld"}
"""States before which nobody was shown the signal, or nobody is any more."""


def news(id: str, *, rule: str, before: str | None, after: str, **more: str) -> list[str]:
    """The event of a signal's step: its type, its subject, and what is told of it as JSON."""
    told = {"rule": rule, "before": before, "after": after, **more}
    return [type_of(before, after), f"Signal/{id}", orjson.dumps(told).decode()]


def type_of(before: str | None, after: str) -> str:
    """The CloudEvents type of a step; `opened` is the step after which a seller is shown it."""
    if after in GONE:
        step = after
    else:
        step = "opened" if after == "open" and before in NOT_YET_SHOWN else "changed"
    return f"footprint.signal.{step}.v1"
