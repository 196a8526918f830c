"""Compares the signals in a graph with those that the truth of a carrier expects on a day."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.connection import Statements
from graph.statement import read_statement
from loaders.carrier.truth.reading import Truth

NAMED = read_statement(Path(__file__).parent / "signals_named.cypher").text
FOUND = ("candidate", "open", "acknowledged", "actioned", "snoozed", "inhibited", "withheld")
"""States of a signal whose condition holds for all that is known."""
COMPARED_BY_TEXT = frozenset({"finding", "month", "period_from", "cause", "opens_on",
                              "discount_ends_on", "window_starts_on", "term_ends_on"})  # fmt: skip
"""Columns of identities that are no ids and that the truth writes as rules do."""


@dataclass(frozen=True, slots=True)
class Named:
    """A signal of the graph with what its ids stand for."""

    id: str
    rule: str
    state: str
    message: str
    identity: tuple[tuple[str, str], ...]
    references: Mapping[str, str]


@dataclass(slots=True)
class Score:
    """One rule on one day: what was expected, and what was found of it."""

    rule: str
    hits: list[dict[str, Any]] = field(default_factory=list)
    missed: list[dict[str, Any]] = field(default_factory=list)
    wrong: list[Named] = field(default_factory=list)
    """Found and not expected."""
    near: list[dict[str, Any]] = field(default_factory=list)
    """Near misses that were found all the same; they are among the wrong ones too."""
    blind: int = 0
    """Cases that nobody can judge on the day."""
    judged_blind: int = 0
    """Those of them that are said to be blind, or that nothing is claimed of."""

    @property
    def recall(self) -> float | None:
        """Share of the expected that was found."""
        return share(len(self.hits), len(self.missed))

    @property
    def precision(self) -> float | None:
        """Share of the found that was expected."""
        return share(len(self.hits), len(self.wrong))


def share(part: int, rest: int) -> float | None:
    """What part is of both; nothing where there is neither."""
    return part / (part + rest) if part + rest else None


def score(truth: Truth, number: int, session: Statements) -> list[Score]:
    """Every rule that the truth has cases for, on one of its days."""
    found: dict[str, list[Named]] = defaultdict(list)
    for signal in named(session, FOUND):
        found[signal.rule].append(signal)
    cases: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for case in truth.signals(number):
        cases[case["rule"]].append(case)
    return [scored(rule, cases[rule], found.get(rule, [])) for rule in sorted(cases)]


def named(session: Statements, states: Sequence[str]) -> Iterator[Named]:
    """The signals in these states."""
    for id, rule, state, identity, message, nodes in session.rows(NAMED, states=list(states)):
        told = tuple((name, value) for name, value in json.loads(identity))
        yield Named(id, rule, state, message, told, {one: text for one, text in nodes if text})


def scored(rule: str, cases: Iterable[dict[str, Any]], found: Sequence[Named]) -> Score:
    """One rule: each case takes the signals that are about it.

    A signal that yields to another is no wrong one: it is not shown, and the truth knows no order.
    """
    result, used = Score(rule), set[str]()
    for case in cases:
        about = [one for one in found if is_about(one, case)]
        if case["state"] == "open":
            (result.hits if about else result.missed).append(case)
            used.update(one.id for one in about)
        elif case["state"] == "blind":
            result.blind += 1
            result.judged_blind += not about
            used.update(one.id for one in about)
        elif about and case["state"] == "silent" and not case["opens_on"]:
            result.near.append(case)
    result.wrong = [one for one in found if one.id not in used and one.state != "inhibited"]
    return result


def is_about(signal: Named, case: Mapping[str, Any]) -> bool:
    """Whether a signal's identity is the case's, in one order or the other of a pair."""
    if _matches(signal, case, dict(signal.identity)):
        return True
    identity = dict(signal.identity)
    swapped = {_other(name): value for name, value in signal.identity}
    if swapped != identity and _matches(signal, case, swapped):
        return True
    return _is_other_side(signal, case, identity)


def _is_other_side(signal: Named, case: Mapping[str, Any], identity: Mapping[str, str]) -> bool:
    """Whether it is the deal of the case, seen from the account of the other company in it."""
    if not {"entity_id", "counterparty_id"} <= identity.keys():
        return False
    turned = {"entity_id": identity["counterparty_id"], "counterparty_id": identity["entity_id"]}
    return _matches(signal, case, turned)


def _matches(signal: Named, case: Mapping[str, Any], identity: Mapping[str, str]) -> bool:
    compared = 0
    for name, value in identity.items():
        verdict = _agrees(signal, case, name, value)
        if verdict is False:
            return False
        compared += verdict is True
    return compared > 0


def _agrees(signal: Named, case: Mapping[str, Any], name: str, value: str) -> bool | None:
    """Whether a column is what the case says; None where the case says nothing comparable."""
    if name in COMPARED_BY_TEXT and name in case:
        return bool(value == case[name])
    stem, reference = name.removesuffix("_id"), signal.references.get(value, "")
    if not reference or not name.endswith("_id"):
        return None
    if f"{stem}_records" in case:
        wanted = {one.replace(":account:", ":top_account:") for one in case[f"{stem}_records"]}
        return reference in wanted
    if f"{stem}_lei" in case:
        return bool(reference == f"lei:{case[f'{stem}_lei']}")
    if f"{stem}_native" in case:
        return bool(reference.replace("/", ":").rsplit(":", 1)[-1] == case[f"{stem}_native"])
    return None


def _other(name: str) -> str:
    return name.removeprefix("other_") if name.startswith("other_") else f"other_{name}"
