"""Effective shares and control over a graph of owners, circles included.

The effective share is that of Baldone, Brioschi and Paleari (1998, Ownership measures among firms
connected by cross-shareholdings), the matrix of Brioschi, Buzzacchi and Colombo (1989) without what
an owner holds through itself: go up from the company, at each step to one of the owners with the
share that it holds as the chance; the effective share is the chance of ever meeting the owner.
Where there is no circle, it is the sum over all chains of the product of their shares. Control is
that of Ceri, Gottlob and Tanca (1990, Logic Programming and Databases): who with those that it
controls has more than half of the votes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import networkx as nx
import numpy as np

from queries.ownership.holdings import Bounds, Holdings

MOST_IN_CIRCLE = 40
"""Companies of one circle whose shares are solved; of a larger one, only what enters it."""
MAJORITY = 0.5
Edges = Mapping[tuple[str, str], float]
"""(owner, owned) -> share."""
Stakes = dict[str, list[tuple[str, float, bool]]]
"""Owner -> company, votes in it, and whether it is a majority whatever the votes."""


def effective_shares(held: Holdings, of: str) -> dict[str, Bounds]:
    """What everybody above a company holds of it in the end, at least and at most."""
    least = {pair: one.share.low for pair, one in held.items()}
    most = {pair: one.share.high for pair, one in held.items()}
    lows, highs = _reached(least, of, is_most=False), _reached(most, of, is_most=True)
    return {owner: Bounds(lows[owner], max(lows[owner], highs[owner])) for owner in lows}


def stakes(held: Holdings, *, for_sure: bool) -> Stakes:
    """Owner -> the votes that it has for sure, or as far as is known may have."""
    found: Stakes = defaultdict(list)
    for (owner, owned), one in held.items():
        votes = one.votes.low if for_sure else one.votes.high
        found[owner].append((owned, votes, one.is_majority))
    return found


def controlled(stakes: Stakes, by: str) -> set[str]:
    """The companies that an owner controls."""
    votes_of: dict[str, float] = defaultdict(float)
    found: set[str] = set()
    waiting = [by]
    while waiting:
        for owned, votes, is_majority in stakes.get(waiting.pop(), ()):
            votes_of[owned] += votes
            if (is_majority or votes_of[owned] > MAJORITY) and owned != by and owned not in found:
                found.add(owned)
                waiting.append(owned)
    return found


def votes_in(stakes: Stakes, of: str, by: Iterable[str]) -> float:
    """The votes in a company that some have together, 0 to 1."""
    each = (votes for one in by for owned, votes, _ in stakes.get(one, ()) if owned == of)
    return min(1.0, sum(each))


def _reached(edges: Edges, of: str, *, is_most: bool) -> dict[str, float]:
    """The chance of meeting each owner on the way up from a company."""
    graph = nx.DiGraph()
    graph.add_node(of)
    for (owner, owned), share in edges.items():
        graph.add_edge(owned, owner, share=share)
    circles = nx.condensation(graph)
    flow: dict[str, float] = defaultdict(float, {of: 1.0})
    found: dict[str, float] = {}
    for at in nx.topological_sort(circles):
        members = sorted(circles.nodes[at]["members"])
        entered = [flow[one] for one in members]
        visits, chances = _within(graph, members, entered, is_most=is_most)
        for one, often, chance in zip(members, visits, chances, strict=True):
            found[one] = chance
            for owner, how in graph[one].items():
                if owner not in members and how["share"] > 0 and often > 0:
                    flow[owner] += often * how["share"]
    del found[of]
    return found


def _within(
    graph: nx.DiGraph, members: list[str], entered: list[float], *, is_most: bool
) -> tuple[list[float], list[float]]:
    """How often each of a circle is met, and the chance that it is met at all."""
    whole = min(1.0, sum(entered))
    if len(members) == 1:
        return entered, [min(1.0, entered[0])]
    # What is not solved lies between what enters directly, and all that enters.
    unsolved = [whole if is_most else min(1.0, one) for one in entered]
    endless = [float("inf") if is_most and whole else one for one in entered]
    if len(members) > MOST_IN_CIRCLE or not np.isfinite(entered).all():
        return endless, unsolved
    shares = nx.to_numpy_array(graph, nodelist=members, weight="share").T
    start = np.array(entered)
    visits = _solved(shares, start)
    chances = list(unsolved)
    for at in range(len(members)):
        onward = shares.copy()
        onward[:, at] = 0.0
        first = _solved(onward, start)
        if first is not None:
            chances[at] = float(min(whole, first[at]))
    return (endless if visits is None else visits.tolist()), chances


def _solved(shares: np.ndarray, start: np.ndarray) -> np.ndarray | None:
    """What solves x = start + shares x; None where the sum over all ways round has no end."""
    if np.abs(np.linalg.eigvals(shares)).max() >= 1.0 - 1e-9:
        return None
    found: np.ndarray = np.linalg.solve(np.eye(len(start)) - shares, start)
    return found
