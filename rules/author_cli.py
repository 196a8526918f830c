"""What a rule's author does beside writing: list, explain, diff, promote, shadow, roll back."""

from __future__ import annotations

import getpass
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.markdown import Markdown

from graph.connection import open_batches
from graph.engine import find_server
from graph.evidence import EvidenceStore
from graph.opening import open_graph
from graph.terminal import AsJson, console, day_of, emit, progress, settings_of_process
from rules.engine.files.catalogue import entry
from rules.engine.files.format import Pair, read_pair, rule_paths
from rules.engine.files.pack import differences, regional
from rules.engine.judged.asking import sandboxed
from rules.engine.life.answering import Person
from rules.engine.life.demotion import Demotion, demotions, lift, standing
from rules.engine.life.status import statuses
from rules.engine.life.versions import path_of, roll_back, set_status
from rules.engine.runs.diff import difference
from rules.engine.runs.run import Order
from rules.status_told import show_lines, show_statuses
from rules.trying import tell, tried

By = Annotated[str, typer.Option(help="Who does it; your login when left out.")]
RuleId = Annotated[str, typer.Argument(help="Id of a rule.")]


def add_commands(app: typer.Typer) -> None:
    """Put them into the group `rules`."""
    app.command(name="list", epilog="Examples: ./footprint rules list --json")(list_rules)
    app.command(epilog="Example: ./footprint rules explain quote_is_stalling")(explain)
    app.command(epilog="Example: ./footprint rules diff quote_is_stalling --today 2026-10-31")(diff)
    app.command(epilog="Examples: ./footprint rules status | ./footprint rules status --json")(
        status
    )
    app.command(epilog="Example: ./footprint rules promote quote_is_stalling")(promote)
    app.command(epilog="Example: ./footprint rules shadow quote_is_stalling")(shadow)
    app.command(epilog="Example: ./footprint rules rollback quote_is_stalling")(rollback)


def list_rules(as_json: AsJson = False) -> None:
    """List all rules with theme, status and what they are about."""
    stand = _standing()
    pairs = [regional(read_pair(path)) for path in rule_paths()]
    found = [_facts(pair, stand.get(pair.rule.id)) for pair in pairs]
    if as_json:
        emit(found, True)
    else:
        show_lines(list(found[0]), [list(one.values()) for one in found])


def status(as_json: AsJson = False) -> None:
    """Say how each rule stands: last run, signals, what people think of it, why it is hidden."""
    with open_graph(settings_of_process(), progress) as (_, session):
        pairs = [regional(read_pair(path)) for path in rule_paths()]
        found = statuses(session, pairs, datetime.now(UTC))
    if as_json:
        emit([asdict(one) for one in found], True)
    else:
        show_statuses(found)


def explain(rule: RuleId, as_json: AsJson = False) -> None:
    """Say what a rule finds, needs, yields to and cannot see."""
    pair, demotion = regional(read_pair(path_of(rule))), _standing().get(rule)
    if as_json:
        regions = {
            one.region: {"countries": sorted(one.countries), "because": one.because}
            | {"differs": [asdict(each) for each in differences(pair, one)]}
            for one in pair.variants
        }
        told = {"demoted": demotion.told if demotion else None, "regions": regions}
        emit(pair.rule.model_dump(mode="json") | told, True)
        return
    console.print(Markdown("\n".join(entry(pair))))
    if demotion:
        console.print(f"It {demotion.told}. ./footprint rules promote {rule} shows it again.")


def diff(
    rule: RuleId,
    today: Annotated[str | None, typer.Option(help="The rule's day; today if left out.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say which signals a rule as it is now would open and clear; nothing is written."""
    with (
        open_graph(settings_of_process(), progress) as (server, session),
        sandboxed(server) as ask,
    ):
        now = datetime.now(UTC)
        pair = regional(read_pair(path_of(rule)))
        order = Order([pair], day_of(today, "--today") or now.date(), now)
        emit(difference(session, order, ask), as_json)


def promote(rule: RuleId, by: By = "", as_json: AsJson = False) -> None:
    """Let sellers see a rule's signals, once lint and tests hold; say why it had hidden itself."""
    path = path_of(rule)
    faults = tried([path]).faults
    if faults:
        tell([path], faults, as_json)
    pair = set_status(rule, "stable")
    with open_graph(settings_of_process(), progress) as (_, session):
        lifted = lift(session, rule, Person(by or getpass.getuser(), datetime.now(UTC)))
    emit(_facts(pair) | {"lifted": "; ".join(one.told for one in lifted)}, as_json)


def shadow(rule: RuleId, as_json: AsJson = False) -> None:
    """Let a rule run and be measured, and show its signals to nobody; asks for nothing before."""
    emit(_facts(set_status(rule, "shadow")), as_json)


def rollback(rule: RuleId, as_json: AsJson = False) -> None:
    """Write back both files of the version of a rule that ran before this one."""
    store = EvidenceStore(settings_of_process().evidence_address)
    with open_graph(settings_of_process(), progress) as (_, session):
        emit(_facts(roll_back(session, store, rule)), as_json)


def _facts(pair: Pair, demotion: Demotion | None = None) -> dict[str, str]:
    rule = pair.rule
    return {
        "rule": rule.id,
        "theme": pair.theme,
        "status": f"shadow: it {demotion.told}" if demotion else rule.status,
        "regions": ", ".join(one.region for one in pair.variants),
        "severity": rule.severity,
        "subject": rule.subject,
        "version": pair.digest[:8],
        "title": rule.title,
    }


def _standing() -> dict[str, Demotion]:
    """Rules that put themselves in shadow; none where no database runs, for none is started."""
    server = find_server(settings_of_process())
    if server is None:
        return {}
    with open_batches(server) as session:
        return standing(demotions(session))
