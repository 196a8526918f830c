"""The command that replays a carrier and scores the rules: rules backtest."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from api.backtest.backtest import Asked, Tally, as_plain, backtest, totals
from api.backtest.scoring import Score
from graph.errors import RuleError, UsageError
from graph.terminal import AsJson, console, emit, group, progress, say, settings_of_process
from loaders.carrier.config import SIZES, config_of
from rules.engine.files.format import read_pair, rule_paths
from rules.engine.judged.asking import sandboxed
from rules.engine.runs.run import Report
from rules.engine.trial.scratch import open_scratch

RECALL, PRECISION = 0.95, 0.90
"""What each rule must reach."""
EXAMPLES = (
    "Examples: ./footprint rules backtest --size tiny | "
    "./footprint rules backtest renewal_on_degrading_service --seed 7 --days 0-30 | "
    "./footprint rules backtest --every 10 --json. Exit code 4 when a rule does not reach "
    f"recall {RECALL} and precision {PRECISION}."
)


class Links(StrEnum):
    """Who says which records are one company."""

    truth = "truth"


def add_commands(app: typer.Typer) -> None:
    """Put it beside the other commands of rules."""
    group(app, "rules", "Write rules and check them.").command(name="backtest", epilog=EXAMPLES)(
        replay
    )


def replay(
    rules: Annotated[
        list[str] | None, typer.Argument(help="Ids of rules; all when left out.")
    ] = None,
    size: Annotated[str, typer.Option(help=f"How large: {', '.join(SIZES)}.")] = "tiny",
    seed: Annotated[int, typer.Option(help="Another seed is another carrier.")] = 2,
    days: Annotated[str, typer.Option(help="Days on which rules run, like 0-30.")] = "0-30",
    every: Annotated[int, typer.Option(min=1, help="Run the rules on every n-th of them.")] = 1,
    links: Annotated[Links, typer.Option(help="Who says which records are one.")] = Links.truth,
    as_json: AsJson = False,
) -> None:
    """Replay a carrier into a scratch database and compare what rules find with its truth.

    The carrier is written, loaded day by day by the real loaders, its records are joined by the
    truth, and the rules run each day on what was known. A case counts once for each day. Packs of
    regions are left out: the truth knows of each rule only what holds everywhere (decision 0013).
    """
    # Imported here: numpy takes longer than most other commands altogether.
    from loaders.carrier.keeping import keep_carrier
    from loaders.carrier.play import days_of

    settings, config = settings_of_process(), config_of(size, seed)
    paths = [path for path in rule_paths() if not rules or path.stem in rules]
    strange = set(rules or ()) - {path.stem for path in paths}
    if strange:
        raise UsageError(f"no rule {min(strange)}", remedy="./footprint rules check lists them")
    room = settings.state_dir / "backtest" / f"{size}-{seed}"
    keep_carrier(config, room / "carrier", progress)
    asked = days_of(days, 30)
    with (
        open_scratch(settings, progress=progress, empty=True) as (server, session),
        sandboxed(server, say) as ask,
    ):
        found = backtest(
            Asked(
                folder=room / "carrier",
                days=[day for day in asked if (asked[-1] - day) % every == 0],
                pairs=[read_pair(path) for path in paths],
                settings=settings,
                room=room,
            ),
            session,
            ask,
            _tell_day,
            progress,
        )
    if as_json:
        shown = {"size": size, "seed": seed, "days": days, "every": every, "links": links.value}
        emit(
            shown | {"rules": [as_plain(one) for one in found], "all": as_plain(totals(found))},
            True,
        )
    else:
        say(f"{size} carrier of seed {seed}, records joined by the {links.value}, cases x days")
        show(found)
    if any(not _is_good(one) for one in found):
        raise typer.Exit(RuleError.exit_code)


def show(found: Sequence[Tally]) -> None:
    """Print a line a rule, then what was missed or not expected, with the first day of it."""
    grid = Table(box=None, pad_edge=False)
    columns = (
        "rule",
        "found",
        "missed",
        "not expected",
        "near misses",
        "blind",
        "recall",
        "precision",
    )
    for title in columns:
        grid.add_column(title, justify="left" if title == "rule" else "right")
    for one in [*found, totals(found)]:
        counts = (one.hits, one.missed, one.wrong, one.near)
        grid.add_row(
            one.rule,
            *(f"{count:,}" for count in counts),
            f"{one.judged_blind}/{one.blind}",
            _percent(one.recall),
            _percent(one.precision),
        )
    console.print(grid)
    for one in found:
        for example, day in one.examples.items():
            console.print(Text(f"{one.rule}, from {day}: {example}"), soft_wrap=True)


def _tell_day(day: int, report: Report, scores: list[Score]) -> None:
    hits, missed = sum(len(one.hits) for one in scores), sum(len(one.missed) for one in scores)
    wrong = sum(len(one.wrong) for one in scores)
    say(f"day {day}: {hits} found, {missed} missed, {wrong} not expected")
    for judged in report.judged:
        if judged.status == "FAILED":
            say(f"  failed: {judged.pair.rule.id}: {judged.reason}")


def _is_good(one: Tally) -> bool:
    enough = one.recall is None or one.recall >= RECALL
    return enough and (one.precision is None or one.precision >= PRECISION)


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"
