"""Lint and tests of rules, and how their faults are told."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import typer

from graph.errors import RuleError, StatementError
from graph.terminal import emit, progress, say, settings_of_process
from rules.engine.files.fault import Fault
from rules.engine.files.format import read_pair, rule_paths
from rules.engine.files.lint import lint
from rules.engine.files.pack import regional
from rules.engine.trial.proof import prove
from rules.engine.trial.scratch import open_scratch


def tried(files: Sequence[Path]) -> list[Fault]:
    """What the tests of rules say that the lint has no fault with, and the lint's faults."""
    ids = frozenset(path.stem for path in [*rule_paths(), *files])
    faults = {path: faults_of(path, ids) for path in files}
    sound = [path for path in files if not faults[path]]
    if sound:
        with (
            open_scratch(settings_of_process(), progress=progress) as (_, session),
            progress("running the rules' tests", unit="rules") as task,
        ):
            for number, path in enumerate(sound, start=1):
                pair = regional(read_pair(path))
                faults[path] = [
                    fault for one in (pair, *pair.variants) for fault in prove(one, session)
                ]
                task.update(number, len(sound), path.stem)
    return [fault for path in files for fault in faults[path]]


def tell(
    files: Sequence[Path], faults: Sequence[Fault], as_json: bool, tests: int | None = None
) -> None:
    """Print faults, and end with exit code 4 if there are any; `tests`: how many were run."""
    if as_json:
        told = {"rules": len(files)} | ({} if tests is None else {"tests": tests})
        emit(told | {"faults": [asdict(fault) for fault in faults]}, True)
    else:
        for fault in faults:
            emit(f"{fault.where}: {fault.reason} -> {fault.mend}", False)
        ran = "" if tests is None else f"{counted(tests, 'test')} run, "
        say(f"{counted(len(files), 'rule')}, {ran}{counted(len(faults), 'fault')}")
    if faults:
        raise typer.Exit(RuleError.exit_code)


def counted(count: int, what: str) -> str:
    """`1 rule`, `2 rules`."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def tests_of(files: Sequence[Path]) -> int:
    """How many tests these rules have, with those of packs; of one that cannot be read none."""
    count = 0
    for path in files:
        with contextlib.suppress(RuleError, StatementError):
            pair = regional(read_pair(path))
            count += sum(len(one.rule.tests) for one in (pair, *pair.variants))
    return count


def faults_of(path: Path, ids: frozenset[str]) -> list[Fault]:
    """A file that cannot be read as a rule has one fault: why."""
    try:
        pair = regional(read_pair(path))
        return [fault for one in (pair, *pair.variants) for fault in lint(one, ids)]
    except (RuleError, StatementError) as error:
        return [Fault(error.where, error.what, error.remedy)]
