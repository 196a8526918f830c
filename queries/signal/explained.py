"""Why there is a signal: rule, parameters, evidence, money, and what would clear it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Explained:
    """One signal with everything that it stands on."""

    signal_id: str
    rule_id: str
    rule_hash: str
    """Hash of the rule's two files when it was last found."""
    state: str
    state_reason: str | None
    state_since: str
    severity: str
    message: str
    action: str
    clears_if: str
    act_by: date | None
    value: list[str]
    score: float | None
    score_parts: str | None
    """What the score is made of, as JSON."""
    parameters: str | None
    """Parameters that the rule ran with, as JSON."""
    identity: str
    """What makes it the same signal tomorrow, as JSON."""
    account_id: str | None
    account_name: str | None
    owner_name: str | None
    opened_at: str
    valid_on: date
    known_at: str
    evidence: str
    """Nodes, facts and their records, as JSON."""
    inhibited_by: str | None
    inhibited_by_message: str | None


async def explained(graph: ReadSession, *, signal_id: str) -> list[Explained]:
    """The signals whose ids begin so."""
    return await ask(graph, __file__, Explained, signal_id=signal_id)
