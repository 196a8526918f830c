"""The `rules` commands: what a rule author asks for."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from graph.evidence import EvidenceStore
from graph.opening import open_graph
from graph.terminal import AsJson, day_of, emit, progress, say, settings_of_process
from rules import author_cli, signals_cli
from rules.engine.files.canonical import canonical, unformed, unformed_told
from rules.engine.files.fault import Fault
from rules.engine.files.format import FOLDER, read_pair, rule_paths, schema
from rules.engine.files.pack import pack_faults, pack_paths, regional
from rules.engine.files.template import write_template
from rules.engine.judged.asking import sandboxed
from rules.engine.life.versions import keep
from rules.engine.runs.change_run import run_changes
from rules.engine.runs.position import refuse_a_day_to_come
from rules.engine.runs.run import Order, run_rules
from rules.engine.runs.run_told import as_plain, show_run
from rules.trying import checked, tell, tried

app = typer.Typer(help="Write rules and check them.", no_args_is_help=True)


def add_commands(main: typer.Typer) -> None:
    """Put `rules` on the command line."""
    main.add_typer(app, name="rules")
    author_cli.add_commands(app)
    signals_cli.add_commands(main)


Paths = Annotated[
    list[Path] | None, typer.Argument(help="YAML files of rules; every rule when left out.")
]

NEW_EXAMPLES = (
    "Examples: ./footprint rules new renewal/contract_is_not_renewed | "
    "./footprint rules check rules/renewal/contract_is_not_renewed.yaml"
)


@app.command(epilog=NEW_EXAMPLES)
def new(
    name: Annotated[str, typer.Argument(help="Theme and id, like renewal/contract_is_not_renewed")],
) -> None:
    """Write a rule's two files with every key, to be changed into a rule of your own."""
    path = write_template(FOLDER, name)
    emit(f"written: {path} and {path.with_suffix('.cypher').name}", False)


@app.command(
    epilog="Examples: ./footprint rules check | ./footprint rules check rules/renewal/*.yaml --json"
)
def check(paths: Paths = None, as_json: AsJson = False) -> None:
    """Say what is wrong with rules: file, line, reason, and how to mend it. Exit code 4 if any."""
    files = paths or rule_paths()
    ids = frozenset(path.stem for path in [*rule_paths(), *files])
    faults = [fault for path in files for fault in checked(path, ids).faults]
    faults += [] if paths else [Fault(f"{path}:1", *told) for path, *told in pack_faults(FOLDER)]
    tell(files, faults, as_json)


@app.command(
    name="format",
    epilog="Examples: ./footprint rules format | ./footprint rules format --check --json",
)
def format_rules(
    paths: Paths = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit code 4 if any would change.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Bring rules and packs into their one form: order of keys, long texts, no loose ends."""
    files = paths or rule_paths()
    packs = [] if paths else pack_paths(FOLDER)
    others = [file for path in [*files, *packs] for file in unformed(path)]
    if check:
        tell(files, [unformed_told(file) for file in others], as_json)
        return
    for file in others:
        file.write_text(canonical(file), encoding="utf-8")
    told = {"rules": len(files), "formatted": [str(file) for file in others]}
    emit(told if as_json else "\n".join(map(str, others)) or "nothing to format", as_json)


@app.command(
    name="test",
    epilog="Examples: ./footprint rules test | ./footprint rules test rules/renewal/*.yaml --json",
)
def prove_rules(paths: Paths = None, as_json: AsJson = False) -> None:
    """Run the rules' own tests in a database beside yours. Exit code 4 if one fails."""
    files = paths or rule_paths()
    found = tried(files)
    tell(files, found.faults, as_json, found.tests)


@app.command(
    epilog="Examples: ./footprint rules run | ./footprint rules run --full | "
    "./footprint rules run --today 2026-10-31 --json"
)
def run(
    today: Annotated[
        str | None, typer.Option(help="The rules' day; the present one when left out.")
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Look at all accounts, not only at what changed.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Run all rules over the graph: signals open, stay, clear or are marked blind.

    The first run for a day looks at all accounts: a day that passes changes answers. Further runs
    of that day look at what changed since, and leave all other signals as they are.
    """
    settings = settings_of_process()
    pairs = [regional(read_pair(path)) for path in rule_paths()]
    with open_graph(settings, progress) as (server, session), sandboxed(server, say) as ask:
        now = datetime.now(UTC)
        keep(EvidenceStore(settings.evidence_address), pairs)
        day = day_of(today, "--today") or now.date()
        refuse_a_day_to_come(session, day, now)
        order = Order(pairs, day, now, base=settings.base_currency)
        run_them = run_rules if full else run_changes
        report = run_them(session, order, ask, progress=progress)
    if as_json:
        emit(as_plain(report), True)
    else:
        show_run(report)


@app.command(name="schema", epilog="Examples: ./footprint rules schema > rule.schema.json")
def schema_of_rules() -> None:
    """Print the JSON Schema of a rule's YAML, for editors."""
    emit(schema(), True)
