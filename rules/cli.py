"""The `rules` commands: what a rule author asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from graph.connection import open_batches
from graph.engine import open_server
from graph.errors import RuleError, StatementError
from graph.schema import ensure_schema
from graph.terminal import AsJson, day_of, emit, progress, say, settings_of_process
from rules import signals_cli
from rules.engine.asking import plainly
from rules.engine.format import FOLDER, read_pair, rule_paths, schema
from rules.engine.lint import Fault, lint
from rules.engine.proof import prove
from rules.engine.run import Order, run_rules
from rules.engine.run_told import as_plain, show_run
from rules.engine.scratch import open_scratch
from rules.engine.template import write_template

app = typer.Typer(help="Write rules and check them.", no_args_is_help=True)


def add_commands(main: typer.Typer) -> None:
    """Put `rules` on the command line."""
    main.add_typer(app, name="rules")
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
    faults = [fault for path in files for fault in _faults_of(path, ids)]
    _tell(files, faults, as_json)


@app.command(
    name="test",
    epilog="Examples: ./footprint rules test | ./footprint rules test rules/renewal/*.yaml --json",
)
def prove_rules(paths: Paths = None, as_json: AsJson = False) -> None:
    """Run the rules' own tests in a database beside yours. Exit code 4 if one fails."""
    files = paths or rule_paths()
    _tell(files, _tried(files), as_json)


@app.command(
    epilog="Examples: ./footprint rules run | ./footprint rules run --today 2026-10-31 --json"
)
def run(
    today: Annotated[
        str | None, typer.Option(help="The rules' day; the present one when left out.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Run all rules over the graph: signals open, stay, clear or are marked blind."""
    settings = settings_of_process()
    pairs = [read_pair(path) for path in rule_paths()]
    with open_batches(open_server(settings, progress=progress)) as session:
        ensure_schema(session)
        now = datetime.now(UTC)
        order = Order(
            pairs, day_of(today, "--today") or now.date(), now, base=settings.base_currency
        )
        report = run_rules(session, order, plainly(session), progress=progress)
    if as_json:
        emit(as_plain(report), True)
    else:
        show_run(report)


@app.command(name="schema", epilog="Examples: ./footprint rules schema > rule.schema.json")
def schema_of_rules() -> None:
    """Print the JSON Schema of a rule's YAML, for editors."""
    emit(schema(), True)


def _tried(files: Sequence[Path]) -> list[Fault]:
    """What the tests of rules say that the lint has no fault with, and the lint's faults."""
    ids = frozenset(path.stem for path in [*rule_paths(), *files])
    faults = {path: _faults_of(path, ids) for path in files}
    sound = [path for path in files if not faults[path]]
    if sound:
        with (
            open_scratch(settings_of_process(), progress=progress) as session,
            progress("running the rules' tests", unit="rules") as task,
        ):
            for number, path in enumerate(sound, start=1):
                faults[path] = list(prove(read_pair(path), session))
                task.update(number, len(sound), path.stem)
    return [fault for path in files for fault in faults[path]]


def _tell(files: Sequence[Path], faults: Sequence[Fault], as_json: bool) -> None:
    if as_json:
        emit({"rules": len(files), "faults": [asdict(fault) for fault in faults]}, True)
    else:
        for fault in faults:
            emit(f"{fault.where}: {fault.reason} -> {fault.mend}", False)
        say(f"{len(files)} rules, {len(faults)} faults")
    if faults:
        raise typer.Exit(RuleError.exit_code)


def _faults_of(path: Path, ids: frozenset[str]) -> list[Fault]:
    """A file that cannot be read as a rule has one fault: why."""
    try:
        return lint(read_pair(path), ids)
    except (RuleError, StatementError) as error:
        return [Fault(error.where, error.what, error.remedy)]
