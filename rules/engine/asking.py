"""How a rule's statement is asked: looked through once, then in the sandbox, within its limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from graph.engine import Server
from graph.errors import RuleError
from graph.sandbox import Limits, Sandbox, open_sandbox
from rules.engine.format import Pair
from rules.engine.judging import Ask
from rules.engine.sandbox import examined


@contextmanager
def sandboxed(server: Server, say: Callable[[str], None] = lambda warning: None) -> Iterator[Ask]:
    """Ask rules on connections of their own; `say` hears what this server does not limit."""
    with open_sandbox(server, Limits()) as sandbox:
        for warning in sandbox.warnings:
            say(warning)
        yield asking(sandbox)


def asking(sandbox: Sandbox) -> Ask:
    """Ask rules in this sandbox; RuleError for one that may not run, RuleStopped at a limit."""
    sound: set[str] = set()

    def ask(pair: Pair, parameters: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        if pair.digest not in sound:
            for fault in examined(pair.statement, sandbox):
                raise RuleError(fault.reason, where=fault.where, remedy=fault.mend)
            sound.add(pair.digest)
        return sandbox.rows(pair.statement, **parameters).rows

    return ask
