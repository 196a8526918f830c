"""Replays signals: the evidence up to their moment in a database beside, their rule asked again.

Nodes have one clock, so what they said on an earlier day is no longer in the graph: it is made
again from the evidence store, by the loaders that first made it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson

from api.backtest.backtest import MENDED
from api.replay.differences import differences
from graph.connection import BatchSession, as_native
from graph.errors import NotFound
from graph.evidence import EvidenceStore
from graph.facts import kept
from graph.facts.due import retype_due
from graph.progress import Progress, silent
from graph.projection import project
from graph.statement import read_statement
from loaders.carrier.truth.links import SPEC, TruthLinks
from loaders.rebuild import rebuild_until
from loaders.source import Source, find_source
from rules.engine.files.format import Pair
from rules.engine.judged.finding import Identity, from_json
from rules.engine.judged.judging import Ask, Judged
from rules.engine.judged.sight import look
from rules.engine.life.signals import Signal, now_of, standing
from rules.engine.life.versions import version_of
from rules.engine.runs.run import Order, judge_of

HERE = Path(__file__).parent
REPLAYABLE = read_statement(HERE / "replayable.cypher").text
RAN_BY = read_statement(HERE / "ran_by.cypher").text


@dataclass(frozen=True, slots=True)
class Version:
    """What found signals together: a rule's version with its parameters, on a day, at a moment."""

    rule: str
    digest: str
    parameters: str
    today: date
    moment: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """A signal as it was last found."""

    id: str
    version: Version
    identity: Identity
    said: dict[str, Any]
    """Its message, act_by, value and evidence."""


@dataclass(slots=True)
class Replayed:
    """What became of one signal."""

    signal_id: str
    rule_id: str
    valid_on: date
    known_at: datetime
    message: str
    differences: list[str] = field(default_factory=list)

    @property
    def is_equal(self) -> bool:
        """Whether it says the same, and its evidence is the same to the byte."""
        return not self.differences


def source_of(name: str) -> Source:
    """The loader of a source, with what a demo carrier has beside those that are delivered."""
    if name == TruthLinks.name:
        return TruthLinks(SPEC)
    source = find_source(name)
    if name in MENDED:
        renamed = source.spec.renamed | MENDED[name]
        source.spec = source.spec.model_copy(update={"renamed": renamed})
    return source


@dataclass(frozen=True, slots=True)
class Beside:
    """Where signals are replayed: the store, and a database that nobody else uses."""

    evidence: EvidenceStore
    session: BatchSession
    ask: Ask
    folder: Path
    """Where the files of rules as they were are written."""
    find: Callable[[str], Source] = source_of


def replayable(session: BatchSession, beginnings: Sequence[str]) -> list[Kept]:
    """The signals whose ids begin so, or all, in the order in which they were found."""
    return [
        _kept(*map(as_native, row)) for row in session.rows(REPLAYABLE, beginnings=list(beginnings))
    ]


def replay(
    signals: Sequence[Kept],
    session: BatchSession,
    beside: Beside,
    *,
    progress: Progress = silent,
) -> Iterator[Replayed]:
    """Each signal again as of its moment; `session` is of the real graph and only read."""
    for (today, moment), of_moment in groupby(signals, _when):
        rebuild_until(
            moment,
            beside.session,
            beside.evidence,
            judgements=list(kept.judgements(session, until=moment)),
            find=beside.find,
            progress=progress,
        )
        retype_due(beside.session, today)
        project(beside.session)
        aliases, rules = standing(beside.session), list(_rules(session, moment, beside))
        for version, some in groupby(of_moment, lambda one: one.version):
            judged = _judged(version, rules, beside)
            found = {now_of(one.identity, aliases): one for one in judged.signals}
            for signal in some:
                again = found.get(now_of(signal.identity, aliases))
                yield _replayed(signal, _said(again) if again else None, judged)


def _rules(session: BatchSession, moment: datetime, beside: Beside) -> Iterator[Pair]:
    """The rules as they ran then: a finding may say what is true of all. One not kept is none."""
    for rule, digest in session.rows(RAN_BY, moment=moment):
        with suppress(NotFound):
            yield version_of(beside.evidence, rule, digest, beside.folder)


def _judged(version: Version, rules: Sequence[Pair], beside: Beside) -> Judged:
    pair = version_of(beside.evidence, version.rule, version.digest, beside.folder)
    order = Order(rules or [pair], version.today, version.moment)
    judge = judge_of(beside.session, order, beside.ask, look(beside.session, version.today))
    return judge.judge(_with(pair, orjson.loads(version.parameters)), [])


def _with(pair: Pair, given: dict[str, Any]) -> Pair:
    """The rule with the parameters that it ran with."""
    parameters = {
        name: one.model_copy(update={"default": given.get(name, one.default)})
        for name, one in pair.rule.parameters.items()
    }
    return replace(pair, rule=pair.rule.model_copy(update={"parameters": parameters}))


def _replayed(signal: Kept, said: dict[str, Any] | None, judged: Judged) -> Replayed:
    version = signal.version
    result = Replayed(
        signal.id, version.rule, version.today, version.moment, signal.said["message"]
    )
    if said is None:
        why = f"{judged.status.lower()}: {judged.reason}" if judged.reason else "it finds others"
        result.differences.append(f"the rule does not find it as replayed ({why})")
    else:
        result.differences += differences(signal.said, said)
    return result


def _said(signal: Signal) -> dict[str, Any]:
    return {
        "message": signal.message,
        "act_by": signal.act_by,
        "value": list(signal.value),
        "evidence": signal.proof.text if signal.proof else "{}",
    }


def _kept(
    id: str,
    rule: str,
    digest: str,
    parameters: str,
    identity: str,
    valid_on: date,
    known_at: str,
    message: str,
    act_by: date | None,
    value: list[str],
    evidence: str,
) -> Kept:
    version = Version(rule, digest, parameters, valid_on, datetime.fromisoformat(known_at))
    said = {"message": message, "act_by": act_by, "value": value, "evidence": evidence}
    return Kept(id, version, from_json(identity), said)


def _when(signal: Kept) -> tuple[date, datetime]:
    return signal.version.today, signal.version.moment
