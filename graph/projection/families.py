"""Which accounts' families each company belongs to, and which account it is of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from graph.connection import Statements
from graph.facts.hierarchy import DEPTH
from graph.projection.derived import Key
from graph.statement import read_statement

HERE = Path(__file__).parent
PARENTS = read_statement(HERE / "parents.cypher").text
ROOTS = read_statement(HERE / "roots.cypher").text
VIEWS = ("legal", "commercial")

Root = tuple[str, str]
"""Ids of an account and of the company at its top."""
Below = dict[str, defaultdict[str, list[str]]]
"""View -> company -> who stands right below it."""
Told = tuple[bool, int, bool]
"""Whether it is the nearest account on the way up, the steps, and whether the company is of it."""


def families(session: Statements) -> dict[Key, Told]:
    """(entity, account, view) -> what is told of the company's place in the account's family."""
    roots = [(account, root) for account, root, _ in session.rows(ROOTS)]
    below: Below = {view: defaultdict(list) for view in VIEWS}
    for view, children, parents in session.rows(PARENTS):
        for child, parent in zip(children, parents, strict=True):
            below[view][parent].append(child)
    return in_views(roots, below)


def in_views(roots: Iterable[Root], below: Below) -> dict[Key, Told]:
    """The families of all views, by what stands below whom.

    A company is of the nearest account by which it is sold to, else of the nearest by law.
    """
    roots = list(roots)
    of_views = {view: families_of(roots, below[view]) for view in VIEWS}
    sold_to = {entity for entity, _ in of_views["commercial"]}
    return {
        (entity, account, view): (
            nearest,
            steps,
            nearest and (view == "commercial" or entity not in sold_to),
        )
        for view, found in of_views.items()
        for (entity, account), (nearest, steps) in found.items()
    }


def families_of(
    roots: Iterable[Root], below: Mapping[str, Iterable[str]]
) -> dict[tuple[str, str], tuple[bool, int]]:
    """The families of one view; of two accounts at one distance the one known first is nearest."""
    steps: dict[str, dict[str, int]] = defaultdict(dict)
    for account, root in roots:
        for entity, depth in _descent(root, below):
            known = steps[entity].get(account)
            steps[entity][account] = depth if known is None else min(known, depth)
    return {
        (entity, account): (account == min(accounts, key=accounts.__getitem__), depth)
        for entity, accounts in steps.items()
        for account, depth in accounts.items()
    }


def _descent(root: str, below: Mapping[str, Iterable[str]]) -> Iterable[tuple[str, int]]:
    """A company and all below it, with their steps; a cycle that nobody cut ends it."""
    seen, level = {root}, [root]
    for depth in range(DEPTH + 1):
        yield from ((entity, depth) for entity in level)
        level = [child for entity in level for child in below.get(entity, ()) if child not in seen]
        seen.update(level)
