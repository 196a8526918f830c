"""Rules on a carrier: a full sweep, each rule beside its bare statement, and why there is a signal.

On the installation named by `--loaded`, else on the tiny carrier, which is loaded first.
"""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import neo4j
from measure import Bench, Result, timed

from graph.connection import BatchSession, open_driver, open_reads
from graph.engine import Server, stop_server
from graph.evidence import EvidenceStore
from graph.opening import open_graph
from graph.progress import LineProgress, silent
from graph.sandbox import Limits
from graph.settings import ROOT, Settings, read_settings
from loaders.carrier.config import config_of
from loaders.carrier.keeping import keep_carrier
from loaders.carrier.play import play
from loaders.carrier.truth.links import link_by_truth
from loaders.carrier.truth.reading import Truth
from loaders.workplace import Workplace
from queries.signal.explained import explained
from queries.signal.signals import signals
from queries.terminal.signals_told import as_plain, paragraph
from rules.engine.files.format import Pair, read_pair, rule_paths
from rules.engine.judged.asking import sandboxed
from rules.engine.judged.judging import AT_ONCE, Judge
from rules.engine.judged.sight import look
from rules.engine.runs.run import Order, judge_of, run_rules

ROUNDS = 3
EXPLAINED = 40
SWEEP_SECONDS = 60
EXPLAIN_MS = 200
PATIENT = Limits(seconds=60.0)
"""Until a statement is planned it may take longer than a rule is allowed."""
FOUND = ("open", "candidate", "inhibited", "withheld")
DAY = "MATCH (run:LoadRun {status: 'COMPLETE'}) RETURN max(run.as_of)"
STARTED = "from api.command_line import build; build()"


@dataclass(frozen=True, slots=True)
class Carrier:
    """A loaded carrier and its last day."""

    settings: Settings
    server: Server
    session: BatchSession
    today: date

    def order(self, pairs: list[Pair]) -> Order:
        """All rules as of the last day."""
        return Order(pairs, self.today, datetime.now(UTC), self.settings.base_currency)


def sweep(bench: Bench) -> list[Result]:
    """All rules over all accounts, signals written: the median of sweeps that find them again."""
    pairs = _pairs()
    with _carrier(bench) as carrier, sandboxed(carrier.server) as ask:
        seconds = []
        for _ in range(ROUNDS + 1):
            with timed() as clock:
                report = run_rules(carrier.session, carrier.order(pairs), ask)
            seconds.append(clock.seconds)
        (accounts,) = carrier.session.row("MATCH (account:Account) RETURN count(account)")
        found = sum(one.found for one in report.judged)
        failed = [one.pair.rule.id for one in report.judged if one.status == "FAILED"]
    note = f"{accounts:,} accounts, {found:,} findings; the first {seconds[0]:.1f} s"
    note += f"; failed: {', '.join(failed)}" if failed else ""
    what = f"full sweep of {len(pairs)} rules"
    median = statistics.median(seconds[1:])
    return [Result(what, median, "s", "limit", 0, SWEEP_SECONDS, note=note)]


def rules_beside_bare(bench: Bench) -> list[Result]:
    """Each rule in the sandbox and judged, beside its statement alone: the one that adds most."""
    with (
        _carrier(bench) as carrier,
        sandboxed(carrier.server, limits=PATIENT) as ask,
        open_driver(carrier.server) as driver,
    ):
        order = carrier.order(_pairs())
        judge = judge_of(carrier.session, order, ask, look(carrier.session, carrier.today))
        told = [
            (pair.rule.id, *_beside(driver, carrier, judge, pair))
            for pair in order.pairs
            if not judge.sight.blind(pair.rule)
        ]
    worst = max(told, key=lambda one: one[1] / one[2])
    over = [f"{id} {ours / bare:.1f}" for id, ours, bare in told if ours > 3 * bare]
    middle = statistics.median(ours / bare for _, ours, bare in told)
    note = f"{worst[0]}; median of {len(told)} rules {middle:.2f}"
    note += f"; over 3: {', '.join(over)}" if over else ""
    what = "the rule that adds most to its statement"
    return [Result(what, worst[1], "s", "bare", worst[2], 3.0, note=note)]


def explain(bench: Bench) -> list[Result]:
    """Why there is a signal, asked and put into words: the 95th percentile on a warm server."""
    with _carrier(bench) as carrier:
        if not carrier.session.row("MATCH (signal:Signal) RETURN count(signal)")[0]:
            with sandboxed(carrier.server) as ask:
                run_rules(carrier.session, carrier.order(_pairs()), ask)
        taken = asyncio.run(_explained(carrier.server))
    with timed() as clock:
        subprocess.run([sys.executable, "-c", STARTED], cwd=ROOT, check=True)
    p95 = statistics.quantiles(taken, n=20)[-1]
    note = f"median {statistics.median(taken):.1f} ms of {len(taken)}"
    note += f"; Python's start costs {clock.seconds:.1f} s beside it"
    return [Result("explain a signal, p95", p95, "ms", "limit", 0, EXPLAIN_MS, note=note)]


async def _explained(server: Server) -> list[float]:
    taken = []
    async with open_reads(server) as graph:
        ids = [one.signal_id for one in await signals(graph, states=FOUND, limit=100_000)]
        chosen = ids[:: max(1, len(ids) // EXPLAINED)]
        for id in (*chosen[:5], *chosen):
            with timed() as clock:
                (one,) = await explained(graph, signal_id=id)
                paragraph(one)
                as_plain(one)
            taken.append(clock.seconds * 1000)
    return taken[5:]


def _beside(
    driver: neo4j.Driver, carrier: Carrier, judge: Judge, pair: Pair
) -> tuple[float, float]:
    """Median seconds of a rule as a run has it, and of its statement by the driver alone."""
    ours, bare = [], []
    for _ in range(ROUNDS + 1):
        with timed() as clock:
            _ask_alone(driver, carrier, judge, pair)
        bare.append(clock.seconds)
        fresh = judge_of(carrier.session, carrier.order([pair]), judge.ask, judge.sight)
        with timed() as clock:
            judged = fresh.judge(pair, [])
        ours.append(clock.seconds)
        if judged.status == "FAILED":
            raise RuntimeError(f"{pair.rule.id}: {judged.reason}")
    return statistics.median(ours[1:]), statistics.median(bare[1:])


def _ask_alone(driver: neo4j.Driver, carrier: Carrier, judge: Judge, pair: Pair) -> None:
    given: dict[str, Any] = {name: one.default for name, one in pair.rule.parameters.items()}
    given["today"] = carrier.today
    access = neo4j.READ_ACCESS
    with driver.session(database=carrier.server.database, default_access_mode=access) as session:
        for start in range(0, len(judge.accounts), AT_ONCE):
            some = list(judge.accounts[start : start + AT_ONCE])
            list(session.run(pair.statement.text, given | {"account_ids": some}))  # type: ignore[arg-type]


def _pairs() -> list[Pair]:
    return [read_pair(path) for path in rule_paths()]


@contextmanager
def _carrier(bench: Bench) -> Iterator[Carrier]:
    """The installation that was named, or the tiny carrier with its thirty days."""
    room = bench.loaded or bench.settings.state_dir / "carrier"
    settings = read_settings(env_file=None, state_dir=room, neo4j_uri=None, evidence="")
    try:
        with open_graph(settings, LineProgress()) as (server, session):
            if not bench.loaded:
                _load_tiny(Workplace(settings, session, _store(settings), datetime.now(UTC)))
            (today,) = session.row(DAY)
            yield Carrier(settings, server, session, today.to_native())
    finally:
        stop_server(settings)


def _load_tiny(place: Workplace) -> None:
    """Load what is not loaded yet, and join its records by the carrier's truth."""
    folder = place.settings.state_dir / "files"
    keep_carrier(config_of("tiny", 1), folder, silent)
    truth = Truth(folder)
    last = truth.told["last_day"]
    if all(one.was_loaded for one in play(folder, range(last + 1), place, show=silent)):
        return
    now = datetime.combine(truth.day(last), time(6, 30), UTC)
    linking = Workplace(place.settings, place.session, place.evidence, now)
    link_by_truth(truth, linking, folder / "links", truth.day(last))


def _store(settings: Settings) -> EvidenceStore:
    return EvidenceStore(settings.evidence_address)
