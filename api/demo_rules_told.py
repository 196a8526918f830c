"""The demo's signals in a terminal: what to do today, what yields, which rules were blind."""

from __future__ import annotations

from collections import Counter

from rich.text import Text

from api.demo import Demo
from graph.layout import heading
from graph.terminal import console
from queries.signal.signals import SHOWN
from queries.terminal.signals_told import show_signals, signal_told
from queries.terminal.words import many

TODAY = 8
"""Signals that are shown."""
YIELDING = 2
"""Signals that are shown of those that yield to something else."""


def show_demo_signals(found: Demo) -> None:
    """Print what to do, and what nobody should take for the whole of it."""
    shown = [one for one in found.signals if one.state in SHOWN]
    yielding = [one for one in found.signals if one.state == "inhibited"]
    waiting = sum(one.state == "candidate" for one in found.signals)
    heading(f"What to do, as of {found.last}")
    show_signals(shown, limit=TODAY)
    if waiting:
        console.print(f"{many(waiting, 'signal')} more wait: a seller is shown five new ones a day")
    if yielding:
        heading("What yields to something else")
        for number, one in enumerate(yielding[:YIELDING], start=1):
            for line in signal_told(number, one):
                console.print(line, soft_wrap=True)
        console.print(f"{many(len(yielding), 'signal')} in all")
    heading("What rules could not see")
    _show_blind(found)


def _show_blind(found: Demo) -> None:
    reasons = Counter(one.reason or "" for one in found.runs if one.status == "BLIND")
    for reason, number in reasons.most_common():
        console.print(Text(f"  {many(number, 'rule')} blind: {reason}"), soft_wrap=True)
    partly = [one for one in found.runs if one.status == "COMPLETE" and one.blind]
    for one in sorted(partly, key=lambda one: -one.blind):
        console.print(Text(f"  {one.rule_id}: {one.reason}"), soft_wrap=True)
    for one in found.runs:
        if one.status == "FAILED":
            console.print(Text(f"  {one.rule_id} failed: {one.reason}"), soft_wrap=True)
    if not any(one.status != "COMPLETE" or one.blind for one in found.runs):
        console.print("  nothing: every source that they need is fresh")
