"""How many new signals a seller is shown on one day; the rest waits by its score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from rules.engine.files.format import Rule
from rules.engine.life.lifecycle import State
from rules.engine.life.signals import Signal

MOST_NEW = 5
"""New signals that a seller is shown on one day; mandatory ones come beside them."""


def show(signals: Iterable[Signal], rules: Mapping[str, Rule], *, today: date) -> int:
    """Open candidates, best first, up to each owner's cap; how many wait for another day."""
    shown, waiting = Counter[str](), list[Signal]()
    for signal in signals:
        if signal.state.state == "candidate":
            waiting.append(signal)
        elif signal.shown_on == today:
            shown[signal.owner] += not rules[signal.rule].mandatory
    for signal in sorted(waiting, key=_order):
        is_free = rules[signal.rule].mandatory or not signal.owner
        if is_free or shown[signal.owner] < MOST_NEW:
            shown[signal.owner] += not is_free
            signal.state, signal.shown_on = State("open", signal.state.reason), today
        else:
            signal.state = State("candidate", f"waits: {MOST_NEW} new signals a day are shown")
    return sum(signal.state.state == "candidate" for signal in waiting)


def _order(signal: Signal) -> tuple[float, date, str]:
    return (-(signal.score or 0.0), signal.act_by or date.max, signal.id)
