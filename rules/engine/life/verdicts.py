"""How people judged what rules found: for it, or against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from graph.connection import Statements, as_text
from graph.statement import read_statement

VERDICTS = read_statement(Path(__file__).with_suffix(".cypher")).text
FOR = ("acted",)
AGAINST = ("already_known", "wrong_data", "customer_declined", "duplicate")
"""Answers that speak against a rule; not mine and bad timing say nothing about it."""
JUDGING = (*FOR, *AGAINST)
EVER = datetime(1900, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Signals that were judged, each by its newest answer."""

    acted: int = 0
    against: int = 0

    def __add__(self, other: Verdict) -> Verdict:
        return Verdict(self.acted + other.acted, self.against + other.against)

    @property
    def judged(self) -> int:
        """How many there are."""
        return self.acted + self.against

    @property
    def precision(self) -> float | None:
        """The share that was acted on; nothing when none was judged."""
        return self.acted / self.judged if self.judged else None

    @property
    def told(self) -> str:
        """`29% of 24 answers`, or that there is none."""
        share = self.precision
        return "no answers" if share is None else f"{share:.0%} of {self.judged} answers"

    def probability(self, prior: float, weight: float) -> float:
        """How likely the next one is acted on, from what was thought before these."""
        return (prior * weight + self.acted) / (weight + self.judged)


def verdicts(session: Statements, since: Mapping[str, datetime]) -> dict[str, dict[str, Verdict]]:
    """Rule -> segment of the account -> how its signals were judged since the rule's moment."""
    found: dict[str, dict[str, Verdict]] = defaultdict(dict)
    rows = [[rule, as_text(moment)] for rule, moment in since.items()]
    told = session.rows(VERDICTS, rows=rows, acted=list(FOR), against=list(AGAINST))
    for rule, segment, acted, against in told:
        found[rule][segment] = Verdict(acted, against)
    return found


def in_all(of_segments: Mapping[str, Verdict]) -> Verdict:
    """How a rule's signals were judged in all segments."""
    return sum(of_segments.values(), Verdict())
