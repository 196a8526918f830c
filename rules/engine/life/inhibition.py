"""Which signals yield: to another rule's signal on the same thing, or to trouble in the family."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from rules.engine.files.format import Rule
from rules.engine.judged.finding import NAMED
from rules.engine.life.lifecycle import LIVING, inhibited
from rules.engine.life.signals import Signal

HOLDING = ("customer_in_financial_distress", "arrears_or_disputes_accumulate")
"""Rules whose living signals suppress what would sell more to the same account."""
Speaking = dict[tuple[str, str, str | None], list[Signal]]
"""Rule, column and id -> the signals that name it."""
SUPPRESSING = LIVING - {"blind", "withheld"}
"""States in which a signal suppresses others."""


def inhibit(
    signals: Iterable[Signal], rules: Mapping[str, Rule], troubled: Collection[str]
) -> None:
    """Make signals yield or resume; `troubled` accounts have a severe fault open.

    What is suppressed itself still suppresses: its condition holds.
    """
    living = [one for one in signals if one.state.state in LIVING]
    speaking: Speaking = defaultdict(list)
    for signal in living:
        if signal.state.state in SUPPRESSING:
            for name, id in (*signal.names.items(), ("", signal.account)):
                speaking[signal.rule, name, id].append(signal)
    for signal in living:
        rule = rules.get(signal.rule)
        if rule is None or rule.mandatory:
            continue
        by = _inhibitor(signal, rule, speaking)
        reason = f"yields to {by.rule}: {by.message}" if by else ""
        if not by and rule.growth and signal.account in troubled:
            reason = "a severe fault is open in the family"
        signal.state = inhibited(signal.state, reason)
        signal.inhibitor = by.id if by and signal.state.state == "inhibited" else ""


def _inhibitor(signal: Signal, rule: Rule, speaking: Speaking) -> Signal | None:
    """The signal that it yields to: by the rule's order, then the id, however they were found."""
    for name in (*rule.inhibited_by, *(HOLDING if rule.growth else ())):
        about = (*signal.names.items(), ("", signal.account))
        near = {other.id: other for key in about for other in speaking.get((name, *key), ())}
        for id in sorted(near):
            if _meet(signal, near[id], of_account=name in HOLDING):
                return near[id]
    return None


def _meet(one: Signal, other: Signal, *, of_account: bool) -> bool:
    """Whether two signals are about one thing: the narrowest that both name."""
    if of_account and one.account and one.account == other.account:
        return True
    for name in NAMED:
        if name in one.names and name in other.names:
            return one.names[name] == other.names[name]
    return False
