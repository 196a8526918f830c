"""How the rules ran last, and what they were blind to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class RuleRun:
    """The last run of one rule."""

    rule_id: str
    status: str
    """COMPLETE, BLIND or FAILED."""
    mode: str
    """full: all accounts; change_set: those that a change reached; back_test."""
    reason: str | None
    """Why it was blind or failed, or which cases it could not judge and why."""
    valid_on: date
    found: int
    opened: int
    kept: int
    cleared: int
    inhibited: int
    blind: int
    """Findings and signals that could not be judged."""
    milliseconds: int
    demoted_on: date | None
    """Day on which the rule put itself in shadow, if it is there by itself."""
    demoted_because: str | None


async def rule_runs(graph: ReadSession) -> list[RuleRun]:
    """Every rule that ever ran, with its last run."""
    return await ask(graph, __file__, RuleRun)
