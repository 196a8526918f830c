"""Why there is a signal: rule, parameters, evidence, money, and what would clear it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Shown:
    """One signal as it is told to whoever asks why it is there."""

    signal_id: str
    rule_id: str
    """The rule that found it."""
    rule_hash: str
    """Hash of the rule's two files when it was last found."""
    state: str
    state_reason: str | None
    state_since: str
    """Day or moment of the last change of its state."""
    severity: str
    message: str
    action: str
    clears_if: str
    """The counterfactual: what would have to change in the world for it to go."""
    act_by: date | None
    """Last responsible day; a past one is overdue."""
    value: list[str]
    """What can be won or lost in twelve months, each like `EUR 1200000` in minor units."""
    score: float | None
    """Its rank; nothing when a rate is missing."""
    account_id: str | None
    """The account that it is of."""
    account_name: str | None
    """The account's name."""
    owner_name: str | None
    """The seller who should act."""
    opened_at: str
    valid_on: date
    """Day on which it was last found."""
    known_at: str
    """What was known at this moment is what the rule read."""
    inhibited_by: str | None
    """Id of the signal that it yields to."""
    inhibited_by_message: str | None
    """What that signal says."""


@dataclass(slots=True)
class Explained(Shown):
    """One signal with everything that it stands on, as it is kept."""

    score_parts: str | None
    """What the score is made of, as JSON."""
    parameters: str | None
    """Parameters that the rule ran with, as JSON."""
    identity: str
    """What makes it the same signal tomorrow, as JSON."""
    evidence: str
    """Nodes, facts and their records, as JSON."""


async def explained(graph: ReadSession, *, signal_id: str) -> list[Explained]:
    """The signals whose ids begin so."""
    return await ask(graph, __file__, Explained, signal_id=signal_id)
