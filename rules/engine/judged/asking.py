"""How a rule's statement is asked: looked through once, then in the sandbox, within its limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from graph.connection import open_batches
from graph.engine import Server
from graph.errors import RuleError
from graph.sandbox import Limits, Sandbox, open_sandbox
from graph.statement import read_statement
from rules.engine.files.format import Pair
from rules.engine.judged.judging import Ask
from rules.engine.safety.sandbox import examined

ORDINARY = Limits()
SOUND = read_statement(Path(__file__).with_name("sound.cypher")).text


@contextmanager
def sandboxed(
    server: Server,
    say: Callable[[str], None] = lambda warning: None,
    *,
    ran_on: Server | None = None,
    limits: Limits = ORDINARY,
) -> Iterator[Ask]:
    """Ask rules on connections of their own; `say` hears what this server does not limit.

    A version that ran here to its end, or on the server `ran_on`, is not planned once more to be
    looked through: planning is what a run costs most.
    """
    with open_batches(ran_on or server) as session:
        sound = {digest for (digest,) in session.rows(SOUND)}
    with open_sandbox(server, limits) as sandbox:
        for warning in sandbox.warnings:
            say(warning)
        yield asking(sandbox, sound)


def asking(sandbox: Sandbox, sound: set[str]) -> Ask:
    """Ask rules in this sandbox; RuleError for one that may not run, RuleStopped at a limit."""

    def ask(pair: Pair, parameters: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        if pair.digest not in sound:
            for fault in examined(pair.statement, sandbox, **parameters):
                raise RuleError(fault.reason, where=fault.where, remedy=fault.mend)
            sound.add(pair.digest)
        return sandbox.rows(pair.statement, **parameters).rows

    return ask
