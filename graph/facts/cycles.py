"""Which parent facts to cut so that no company is its own ancestor on any day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Edge(NamedTuple):
    """One parent fact: who is below whom, and when."""

    fact: str
    child: str
    parent: str
    valid_from: date
    valid_to: date


def cuts(edges: Iterable[Edge]) -> set[str]:
    """The facts to cut: in each cycle of one day, the one that sorts last by (valid_from, id).

    The answer depends on the facts alone, not on the order in which they were learnt.
    """
    edges = [edge for group in _components(list(edges)) for edge in group]
    cut: set[str] = set()
    for day in sorted({edge.valid_from for edge in edges}):
        while True:
            alive = [
                edge
                for edge in edges
                if edge.fact not in cut and edge.valid_from <= day < edge.valid_to
            ]
            cyclic = _components(alive)
            if not cyclic:
                break
            cut |= {
                max(group, key=lambda edge: (edge.valid_from, edge.fact)).fact for group in cyclic
            }
    return cut


def _components(edges: list[Edge]) -> list[list[Edge]]:
    """The edges of every strongly connected component that has any (Tarjan 1972, iterative)."""
    above: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        above[edge.child].append(edge.parent)
    component = _numbered(above)
    groups: dict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        if component[edge.child] == component[edge.parent]:
            groups[component[edge.child]].append(edge)
    return list(groups.values())


def _numbered(above: dict[str, list[str]]) -> dict[str, int]:
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    component: dict[str, int] = {}
    stack: list[str] = []
    for root in list(above):
        if root in index:
            continue
        work = [(root, iter(above[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        while work:
            node, parents = work[-1]
            for parent in parents:
                if parent not in index:
                    index[parent] = low[parent] = len(index)
                    stack.append(parent)
                    work.append((parent, iter(above.get(parent, ()))))
                    break
                if parent not in component:
                    low[node] = min(low[node], index[parent])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    while True:
                        member = stack.pop()
                        component[member] = index[node]
                        if member == node:
                            break
    return component
