"""What a rule's statement may not do: by its plan, and by what no plan shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from graph.plan import Operator, Plan
from graph.sandbox import Limits, Sandbox
from graph.statement import Statement
from rules.engine.files.fault import Fault
from rules.engine.safety.allowed import INSTEAD_OF_OPERATORS, OPERATORS
from rules.engine.safety.growth import growth
from rules.engine.safety.hidden import HINTS
from rules.engine.safety.script import Script

MOST_STEPS = 100
"""Steps of the longest path."""
WITH_PATHS = frozenset(
    {"VarLengthExpand", "ShortestPath", "StatefulShortestPath", "Repeat", "BidirectionalRepeat"}
)
_REPEATED = re.compile(r"\*(?:\d*\.\.)?(\d*)\s*[\]{]|\{\d*, ?(\d*) ?\}")
"""How the server writes how often a step is taken: `*0..64]`, `*]`, `{1, 20}`, `{1, }`."""


def examined(statement: Statement, sandbox: Sandbox, /, **parameters: Any) -> list[Fault]:
    """Everything for which a statement must not run; it is not run, and only planned when it reads.

    With the parameters that it is to run with, the plan that is looked through is the one that runs
    next: the server keeps it.
    Raises StatementError when it is no Cypher, RuleStopped when it cannot even be planned in time.
    """
    found = hints(statement)
    return found or list(_of_plan(statement, sandbox.plan(statement, **parameters), sandbox.limits))


def refusals(statement: Statement, plan: Plan, limits: Limits | None = None) -> list[Fault]:
    """Everything for which a statement with this plan must not run."""
    return [*hints(statement), *_of_plan(statement, plan, limits or Limits())]


def hints(statement: Statement) -> list[Fault]:
    """What its text alone says against it: to be asked before a server sees it."""
    script = Script(statement)
    found = [fault for hint in HINTS for fault in hint(script)]
    return found or list(growth(script))


def _of_plan(statement: Statement, plan: Plan, limits: Limits) -> Iterator[Fault]:
    script = Script(statement)
    if plan.kind != "r" or plan.root is None:
        yield script.fault(0, "it does not only read", "return what was found; the engine writes")
    for operator in plan.operators():
        for reason, mend in _against(operator, limits):
            yield script.fault(_place_of(script, operator), reason, mend)


def _against(operator: Operator, limits: Limits) -> Iterator[tuple[str, str]]:
    """What is wrong with one step of a plan, and what to write instead."""
    if operator.kind in INSTEAD_OF_OPERATORS:
        yield INSTEAD_OF_OPERATORS[operator.kind]
    elif operator.kind not in OPERATORS or "Locking" in operator.name:
        yield f"the step {operator.name} is not for rules", "ask by MATCH and RETURN"
    if operator.kind in WITH_PATHS:
        yield from _against_path(operator.details)
    is_product = operator.kind == "CartesianProduct"
    most = limits.estimated_product if is_product else limits.estimated_rows
    if operator.estimated_rows > most:
        what = "each with each of two patterns that share nothing" if is_product else operator.name
        yield (
            f"{operator.estimated_rows:,.0f} rows are expected of {what}; at most {most:,.0f}",
            "bind the patterns to each other, and begin with what a parameter finds",
        )


def _against_path(details: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a path of any length; one whose bound is not understood has none."""
    bounds = [found[1] or found[2] or "" for found in _REPEATED.finditer(details)]
    is_repeated = "*" in details or "{" in details
    if "" in bounds or is_repeated and not bounds:
        yield "a path without an upper bound", "[:PARENT_IN*0..64]"
    for most in bounds:
        if most and int(most) > MOST_STEPS:
            yield f"a path of up to {int(most):,} steps; at most {MOST_STEPS}", "[:PARENT_IN*0..64]"


def _place_of(script: Script, operator: Operator) -> int:
    """Where a step comes from: the first place that names one of its own variables."""
    handed = {name for child in operator.children for name in child.identifiers}
    own = set(operator.identifiers) - handed or set(operator.identifiers)
    for place in range(len(script.tokens)):
        if script.is_name(place) and script.tokens[place].name in own:
            return place
    return 0
