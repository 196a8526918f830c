"""Signals as the graph holds them: read, changed by a run, and written with their proof."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from graph.connection import Statements, as_native, as_text
from graph.statement import read_statement
from rules.engine.files.format import Pair
from rules.engine.judged.evidence import Proof
from rules.engine.judged.finding import Finding, Identity, as_json, from_json
from rules.engine.life.lifecycle import State

HERE = Path(__file__).parent
READ = read_statement(HERE / "signals.cypher").text
OF_RULES = read_statement(HERE / "signals_of_rules.cypher").text
WRITE = read_statement(HERE / "write_signals.cypher").text
LINK = read_statement(HERE / "link_signals.cypher").text
LINK_INHIBITORS = read_statement(HERE / "link_inhibitors.cypher").text
ALIASES = read_statement(HERE / "aliases.cypher").text


@dataclass(slots=True)
class Signal:
    """One signal during a run: what it was, and what it has become."""

    id: str
    rule: str
    identity: Identity
    was: State | None
    """As it stood before the run; nothing when it is new."""
    state: State
    opened_at: str = ""
    state_since: str = ""
    account: str | None = None
    held_by: str | None = None
    """The account that it is linked to in the graph."""
    subject: str = ""
    act_by: date | None = None
    value: tuple[str, ...] = ()
    message: str = ""
    names: dict[str, str] = field(default_factory=dict)
    systems: frozenset[str] = frozenset()
    evidence_hash: str = ""
    inhibitor: str = ""
    """Id of the signal that it yields to."""
    shown_on: date | None = None
    """Rules' day on which its seller was shown it as a new one."""
    confidence: float | None = None
    score: float | None = None
    score_parts: str = ""
    owner: str = ""
    finding: Finding | None = None
    proof: Proof | None = None
    pair: Pair | None = None

    @property
    def is_news(self) -> bool:
        """Whether the feed tells of it: it is new, or its state is another one."""
        return self.was is None or self.was.state != self.state.state

    def take(self, pair: Pair, finding: Finding, proof: Proof) -> None:
        """Hold what was found now."""
        self.pair, self.finding, self.proof = pair, finding, proof
        self.account, self.subject = finding.account, finding.subject
        self.act_by, self.message, self.names = finding.act_by, finding.message, finding.names
        self.value = tuple(f"{code} {amount}" for amount, code in finding.value)
        self.systems = proof.systems

    @property
    def is_proved_anew(self) -> bool:
        """Whether its evidence is other than it was."""
        return self.proof is not None and self.proof.digest != self.evidence_hash


def read_signals(session: Statements, rules: Iterable[str]) -> list[Signal]:
    """The signals of these rules."""
    return read_by_id(session, (id for (id,) in session.rows(OF_RULES, rules=list(rules))))


def read_by_id(session: Statements, ids: Iterable[str]) -> list[Signal]:
    """The signals of these ids, of those that there are."""
    return [_signal(row) for row in session.rows(READ, signal_ids=list(ids))]


def standing(session: Statements) -> dict[str, str]:
    """Retired id -> the id that stands for it now."""
    return dict(session.rows(ALIASES))


def by_identity(signals: Iterable[Signal], aliases: Mapping[str, str]) -> dict[Identity, Signal]:
    """Signals of one rule by what they are about now; of two that became one, the older."""
    found: dict[Identity, Signal] = {}
    for signal in sorted(signals, key=lambda one: (one.opened_at, one.id)):
        found.setdefault(now_of(signal.identity, aliases), signal)
    return found


def now_of(identity: Identity, aliases: Mapping[str, str]) -> Identity:
    """An identity with the ids that stand for it now."""
    return tuple((name, aliases.get(value, value)) for name, value in identity)


def write(
    session: Statements, signals: Sequence[Signal], *, run: str, moment: datetime, today: date
) -> list[Signal]:
    """Write signals as they are now, with their links where the evidence is new.

    Those that were written: what a person answered since the run read it stays as it was answered,
    for the next run to look at.
    """
    if not signals:
        return []
    told = {"moment": as_text(moment), "run": run, "today": today}
    rows = session.run(WRITE, rows=[_row(one, moment) for one in signals], **told)
    answered = set(rows[0][0])
    signals = [one for one in signals if one.id not in answered]
    links = [
        {
            "id": one.id,
            "subject": dict(zip(one.proof.ids, one.proof.elements, strict=True)).get(one.subject),
            "account_id": one.account,
            "elements": list(one.proof.elements),
        }
        for one in signals
        if one.proof and (one.is_proved_anew or one.account != one.held_by)
    ]
    if links:
        session.run(LINK, rows=links)
    freed = [one for one in signals if one.was and one.was.state == "inhibited"]
    _link_inhibitors(session, [one for one in freed if not one.inhibitor])
    return signals


def link_inhibitors(session: Statements, signals: Iterable[Signal]) -> None:
    """Point signals at those that they yield to, once these are written too."""
    _link_inhibitors(session, [one for one in signals if one.inhibitor])


def _link_inhibitors(session: Statements, signals: Sequence[Signal]) -> None:
    if signals:
        session.run(LINK_INHIBITORS, rows=[[one.id, one.inhibitor] for one in signals])


def _row(signal: Signal, moment: datetime) -> dict[str, Any]:
    """A signal as its node's properties; texts apart from days and moments, which need a cast."""
    state, plain = signal.state, dict[str, Any]()
    plain |= {
        "state": state.state, "state_reason": state.reason or None,
        "resumes_as": state.resumes or None, "snoozed_evidence": state.snoozed_at or None,
        "confidence": signal.confidence, "score": signal.score,
        "score_parts": signal.score_parts or None, "owner": signal.owner or None,
    }  # fmt: skip
    if signal.pair and signal.finding and signal.proof:
        plain |= _found(signal, signal.pair, signal.proof)
    return {
        "id": signal.id,
        "plain": plain,
        "act_by": as_text(signal.act_by),
        "snoozed_until": as_text(state.snoozed_until),
        "shown_on": as_text(signal.shown_on),
        "was_since": signal.state_since or None,
        "opened_at": signal.opened_at or as_text(moment),
        "state_since": as_text(moment) if signal.is_news else signal.state_since,
        "is_found": signal.finding is not None and not signal.finding.blind_reason,
    }


def _found(signal: Signal, pair: Pair, proof: Proof) -> dict[str, Any]:
    rule = pair.rule
    return {
        "rule": rule.id, "rule_hash": pair.digest, "identity": as_json(signal.identity),
        "message": signal.message, "severity": rule.severity, "action": rule.action,
        "parameters": pair.parameters, "clears_if": rule.clears_if,
        "value": list(signal.value) or None,
        "names": [f"{name}={id}" for name, id in signal.names.items()],
        "evidence": proof.text, "evidence_hash": proof.digest,
        "systems": sorted(proof.systems), "facts": list(proof.facts),
        "records": list(proof.records),
    }  # fmt: skip


def _signal(row: Sequence[Any]) -> Signal:
    id, rule, identity, state, reason, resumes, until, snoozed = row[:8]
    opened_at, since, message, act_by, value, names, systems, digest, shown_on = row[8:17]
    account, subject, confidence, score, score_parts = row[17:]
    was = State(state, reason or "", resumes or "", as_native(until), snoozed or "")
    return Signal(
        id=id,
        rule=rule,
        identity=from_json(identity),
        was=was,
        state=was,
        opened_at=opened_at,
        state_since=since,
        account=account,
        held_by=account,
        subject=subject or "",
        act_by=as_native(act_by),
        value=tuple(value or ()),
        message=message,
        names=dict(one.split("=", 1) for one in names or ()),
        systems=frozenset(systems or ()),
        evidence_hash=digest or "",
        shown_on=as_native(shown_on),
        confidence=confidence,
        score=score,
        score_parts=score_parts or "",
    )
