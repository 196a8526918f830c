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


async def rule_runs(graph: ReadSession) -> list[RuleRun]:
    """Every rule that ever ran, with its last run."""
    return await ask(graph, __file__, RuleRun)
