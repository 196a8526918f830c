"""What a rule as it is now would change among its signals; nothing is written."""

from __future__ import annotations

from typing import Any

from graph.connection import BatchSession
from graph.errors import RuleError
from rules.engine.files.pack import differences
from rules.engine.judged.judging import Ask
from rules.engine.judged.sight import look
from rules.engine.life.lifecycle import LIVING
from rules.engine.life.signals import Signal, read_signals
from rules.engine.runs.run import Order, judge_of


def difference(session: BatchSession, order: Order, ask: Ask) -> dict[str, Any]:
    """Messages of the signals that would open and clear, and how many would stay."""
    (pair,) = order.pairs
    judge = judge_of(session, order, ask, look(session, order.today))
    judged = judge.judge(pair, read_signals(session, [pair.rule.id]))
    if judged.status == "FAILED":
        raise RuleError(judged.reason, where=str(pair.path), remedy="./footprint rules test")
    was = {one.id for one in judged.signals if one.was and one.was.state in LIVING}
    now = [one for one in judged.signals if one.state.state in LIVING]
    return {
        "rule": pair.rule.id,
        "today": order.today,
        "regions": {
            variant.region: [one.told for one in differences(pair, variant)]
            for variant in pair.variants
        },
        "blind": judged.reason if judged.status == "BLIND" else "",
        "opens": [one.message for one in now if one.id not in was],
        "clears": [one.message for one in judged.signals if _clears(one)],
        "stay": sum(one.id in was for one in now),
    }


def _clears(signal: Signal) -> bool:
    return (
        signal.was is not None and signal.was.state in LIVING and signal.state.state not in LIVING
    )
