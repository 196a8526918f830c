"""The demo's rules: run on the last of its days, once."""

from __future__ import annotations

from datetime import UTC, datetime

from api.backtest.backtest import RUN_AT
from graph.engine import open_server
from graph.terminal import progress, say
from loaders.carrier.truth.reading import Truth
from loaders.workplace import Workplace
from rules.engine.files.format import read_pair, rule_paths
from rules.engine.files.pack import regional
from rules.engine.judged.asking import sandboxed
from rules.engine.life.versions import keep
from rules.engine.runs.run import Order, not_yet_run, run_rules


def run_on(place: Workplace, truth: Truth) -> None:
    """Run the rules on the last day of a carrier unless they ran as they are."""
    pairs = [regional(read_pair(path)) for path in rule_paths()]
    today = truth.day(truth.told["last_day"])
    if not not_yet_run(place.session, pairs, today):
        return
    now = datetime.combine(today, RUN_AT, UTC)
    keep(place.evidence, pairs)
    order = Order(pairs, today, now, place.settings.base_currency)
    with sandboxed(open_server(place.settings), say) as ask:
        report = run_rules(place.session, order, ask, progress=progress)
    say(f"{len(report.judged)} rules ran as of {today}")
