"""Lint and tests of rules, and how their faults are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import typer

from graph.errors import RuleError, StatementError
from graph.plural import counted
from graph.terminal import emit, progress, say, settings_of_process
from rules.engine.files.fault import Fault
from rules.engine.files.format import Pair, read_pair, rule_paths
from rules.engine.files.lint import lint
from rules.engine.files.pack import regional
from rules.engine.trial.proof import prove
from rules.engine.trial.scratch import open_scratch


@dataclass(frozen=True, slots=True)
class Checked:
    """A rule with its packs as they were read, and what the lint says of them."""

    pairs: Sequence[Pair]
    """The rule, then what packs make of it; nothing when the files are no rule."""
    faults: list[Fault]


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of the tests of rules."""

    faults: list[Fault]
    """Those of the lint, and the tests that come out otherwise."""
    tests: int
    """How many were run: those of rules that the lint has no fault with."""


def checked(path: Path, ids: frozenset[str]) -> Checked:
    """A rule and its faults; a file that cannot be read as a rule has one fault: why."""
    try:
        pair = regional(read_pair(path))
    except (RuleError, StatementError) as error:
        return Checked((), [Fault(error.where, error.what, error.remedy)])
    pairs = (pair, *pair.variants)
    # A fault of the statement is one of each pack too, and is told once.
    return Checked(pairs, list(dict.fromkeys(fault for one in pairs for fault in lint(one, ids))))


def tried(files: Sequence[Path]) -> Tried:
    """What the lint says of rules, and their tests where it says nothing."""
    ids = frozenset(path.stem for path in [*rule_paths(), *files])
    rules = [checked(path, ids) for path in files]
    sound = [one for one in rules if not one.faults]
    if sound:
        with (
            open_scratch(settings_of_process(), progress=progress, is_brief=True) as (_, session),
            progress("running the rules' tests", unit="rules") as task,
        ):
            for number, one in enumerate(sound, start=1):
                one.faults.extend(fault for pair in one.pairs for fault in prove(pair, session))
                task.update(number, len(sound), one.pairs[0].rule.id)
    return Tried(
        faults=[fault for one in rules for fault in one.faults],
        tests=sum(len(pair.rule.tests) for one in sound for pair in one.pairs),
    )


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
