"""How a rule's statement is asked: through the sandbox, within its limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graph.connection import BatchSession
from rules.engine.format import Pair
from rules.engine.judging import Ask


def plainly(session: BatchSession) -> Ask:
    """Ask a rule as any question is asked: for rules that are ours."""

    def ask(pair: Pair, parameters: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        return session.rows(pair.statement.text, **parameters)

    return ask
