"""What one rule makes of its signals on a day: it opens, keeps, clears, or is blind."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from graph.connection import BatchSession
from graph.errors import FootprintError
from graph.statement import read_statement
from rules.engine.files.format import Pair, Rule
from rules.engine.files.pack import variant_of
from rules.engine.files.within import by_company
from rules.engine.judged.evidence import Prover
from rules.engine.judged.finding import Finding, Identity, finding_of
from rules.engine.judged.sight import Sight
from rules.engine.judged.withdrawn import withdrawn
from rules.engine.life.lifecycle import LIVING, State, blinded, found, missed
from rules.engine.life.signals import Signal, by_identity

COUNTRIES = read_statement(Path(__file__).parent / "account_countries.cypher").text
AT_ONCE = 125
"""So many accounts that the largest families of a portion are done within the sandbox's limits."""
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
    countries: dict[str, str] = field(default_factory=dict)
    """Account -> country, of those that were asked for so far."""
    companies: tuple[tuple[str, str], ...] = ()
    """Companies that are asked for beside the accounts, each with its account."""
    rules: Sequence[Rule] = ()
    """All rules of the run: of how many a silent source makes blind, a finding may say."""

    def judge(self, pair: Pair, held: Iterable[Signal]) -> Judged:
        """Run one rule; whatever goes wrong in it concerns its own signals alone."""
        signals = list(held)
        blind = self.sight.blind(pair.rule)
        if blind and all(self.sight.blind(one.rule) for one in pair.variants):
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
        found: dict[Identity, Finding] = {}
        for own, whom in self._portions(pair):
            given = {name: one.default for name, one in own.rule.parameters.items()}
            for row in self.ask(own, given | whom | {"today": self.today}):
                finding = finding_of(own, row, self._filled)
                found.setdefault(finding.identity, finding)
        return found

    def _portions(self, pair: Pair) -> Iterator[tuple[Pair, dict[str, list[str]]]]:
        """Whom to ask for in portions, each with what holds of the rule in their region."""
        for own in (pair, *pair.variants):
            accounts = [one for one in self.accounts if self._own(pair, one) is own]
            yield from ((own, {"account_ids": some}) for some in _filled_up(accounts))
            companies = [one for one, account in self.companies if self._own(pair, account) is own]
            for some in _filled_up(companies):
                yield by_company(own), {"entity_ids": some}

    def _own(self, pair: Pair, account: str | None) -> Pair:
        """What holds of a rule for an account: what its region's pack says, else the rule."""
        if not pair.variants or not account:
            return pair
        if account not in self.countries:
            others = (one for _, one in self.companies)
            asked = list(dict.fromkeys([account, *self.accounts, *others]))
            self.countries.update(dict.fromkeys(asked, ""))
            self.countries.update(dict(self.session.rows(COUNTRIES, account_ids=asked)))
        return variant_of(pair, self.countries[account])

    def _filled(self, row: Mapping[str, Any]) -> Mapping[str, Any]:
        """What the engine knows and a statement cannot: how many rules a source makes blind."""
        if "rules" not in row or "source_id" not in row:
            return row
        supplying = self.suppliers.get(row["account_id"], ())
        blind = [one for one in self.rules if self.sight.silences(row["source_id"], one, supplying)]
        return {**row, "rules": len(blind)}

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
            signal.take(self._own(pair, finding.account), finding, proof)
            signal.state = found(signal.state, today=self.today, evidence=proof.digest)
        self._miss(judged, list(known.values()))
        for double in doubles:
            if double.state.state in LIVING:
                double.state = State("retracted", "another signal says the same since a merger")

    def _miss(self, judged: Judged, signals: Sequence[Signal]) -> None:
        living = [one for one in signals if one.state.state in LIVING]
        doubts = {one.id: self._doubt(judged.pair, one.account, one.systems) for one in living}
        sure = [one for one in living if not doubts[one.id]]
        reasons = withdrawn(self.session, sure, self.aliases)
        for signal in living:
            signal.state = missed(
                signal.state,
                doubt=doubts[signal.id],
                retracted=reasons.get(signal.id, ""),
                clears_if=self._own(judged.pair, signal.account).rule.clears_if,
            )
        judged.doubts.update(doubt for doubt in doubts.values() if doubt)

    def _doubt(self, pair: Pair, account: str | None, proving: frozenset[str]) -> str:
        rule, supplying = self._own(pair, account).rule, self.suppliers.get(account or "", ())
        return self.sight.blind(rule) or self.sight.doubt(rule, proving, supplying)


def _filled_up(ids: Sequence[str]) -> Iterator[list[str]]:
    """Portions of one length: the server plans anew for a list of another order of size."""
    for start in range(0, len(ids), AT_ONCE):
        some = list(ids[start : start + AT_ONCE])
        yield some + [""] * (AT_ONCE - len(some))  # what has no id is not found
