"""What one rule makes of its signals on a day: it opens, keeps, clears, or is blind."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph.connection import BatchSession
from graph.errors import FootprintError
from rules.engine.evidence import Prover
from rules.engine.finding import Finding, Identity, finding_of
from rules.engine.format import Pair
from rules.engine.lifecycle import LIVING, State, blinded, found, missed
from rules.engine.sight import Sight
from rules.engine.signals import Signal, by_identity
from rules.engine.withdrawn import withdrawn

ACCOUNTS_AT_ONCE = 125
"""So many that the largest families of a portion are done within the sandbox's limits."""
Ask = Callable[[Pair, Mapping[str, Any]], Sequence[Sequence[Any]]]
"""Asks a rule's statement, with all its parameters."""


@dataclass(slots=True)
class Judged:
    """How one rule ran, with counts that add up."""

    pair: Pair
    status: str
    """COMPLETE, BLIND or FAILED."""
    reason: str = ""
    found: int = 0
    blind: int = 0
    milliseconds: int = 0
    signals: list[Signal] = field(default_factory=list)
    doubts: Counter[str] = field(default_factory=Counter)
    """Why single findings and signals could not be judged."""

    @property
    def opened(self) -> int:
        """Signals that are new, or back."""
        return sum(
            one.state.state in LIVING and (one.was is None or one.was.state not in LIVING)
            for one in self.signals
        )

    @property
    def cleared(self) -> int:
        """Signals whose condition is gone."""
        return sum(
            one.was is not None and one.was.state in LIVING and one.state.state not in LIVING
            for one in self.signals
        )


@dataclass(frozen=True, slots=True)
class Judge:
    """What all rules of a run have in common."""

    session: BatchSession
    ask: Ask
    sight: Sight
    today: date
    accounts: tuple[str, ...]
    suppliers: Mapping[str, Sequence[str]]
    """Account -> the systems that its picture stands on."""
    aliases: Mapping[str, str]
    prover: Prover

    def judge(self, pair: Pair, held: Iterable[Signal]) -> Judged:
        """Run one rule; whatever goes wrong in it concerns its own signals alone."""
        signals = list(held)
        blind = self.sight.blind(pair.rule)
        if blind:
            for signal in signals:
                signal.state = blinded(signal.state, blind)
            return Judged(pair, "BLIND", blind, blind=len(signals), signals=signals)
        began = time.perf_counter()
        try:
            findings = self._findings(pair)
        except FootprintError as error:
            return Judged(pair, "FAILED", error.sentence, signals=signals)
        judged = Judged(pair, "COMPLETE", found=len(findings), signals=signals)
        judged.milliseconds = round((time.perf_counter() - began) * 1000)
        self._match(judged, findings)
        judged.blind = judged.doubts.total()
        judged.reason = "; ".join(
            f"{number} x {why}" for why, number in judged.doubts.most_common(3)
        )
        return judged

    def _findings(self, pair: Pair) -> dict[Identity, Finding]:
        given = {name: one.default for name, one in pair.rule.parameters.items()}
        found: dict[Identity, Finding] = {}
        for start in range(0, len(self.accounts), ACCOUNTS_AT_ONCE):
            some = list(self.accounts[start : start + ACCOUNTS_AT_ONCE])
            for row in self.ask(pair, given | {"today": self.today, "account_ids": some}):
                finding = finding_of(pair, row)
                found.setdefault(finding.identity, finding)
        return found

    def _match(self, judged: Judged, findings: Mapping[Identity, Finding]) -> None:
        """Bring findings and signals together."""
        pair = judged.pair
        known = by_identity(judged.signals, self.aliases)
        doubles = [one for one in judged.signals if one not in known.values()]
        proofs = self.prover.prove(list(findings.values()))
        for (identity, finding), proof in zip(findings.items(), proofs, strict=True):
            signal = known.pop(identity, None)
            doubt = finding.blind_reason or self._doubt(pair, finding.account, proof.systems)
            if doubt:
                judged.doubts[doubt] += 1
                if signal:
                    signal.state = blinded(signal.state, doubt)
                continue
            if signal is None:
                state = State("candidate")
                signal = Signal(finding.id, pair.rule.id, finding.identity, None, state)
                judged.signals.append(signal)
            signal.take(pair, finding, proof)
            signal.state = found(signal.state, today=self.today, evidence=proof.digest)
        self._miss(judged, list(known.values()))
        for double in doubles:
            if double.state.state in LIVING:
                double.state = State("retracted", "another signal says the same since a merger")

    def _miss(self, judged: Judged, signals: Sequence[Signal]) -> None:
        rule = judged.pair.rule
        living = [one for one in signals if one.state.state in LIVING]
        doubts = {one.id: self._doubt(judged.pair, one.account, one.systems) for one in living}
        sure = [one for one in living if not doubts[one.id]]
        reasons = withdrawn(self.session, sure, self.aliases)
        for signal in living:
            signal.state = missed(
                signal.state,
                doubt=doubts[signal.id],
                retracted=reasons.get(signal.id, ""),
                clears_if=rule.clears_if,
            )
        judged.doubts.update(doubt for doubt in doubts.values() if doubt)

    def _doubt(self, pair: Pair, account: str | None, proving: frozenset[str]) -> str:
        return self.sight.doubt(pair.rule, proving, self.suppliers.get(account or "", ()))
