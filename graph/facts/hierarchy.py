"""What we conclude about parents: which one controls, and which fact closes a cycle.

Both are versions of the fact like any other change, so a tree as we knew it stays as it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from graph.connection import Transaction
from graph.facts import statements as cypher
from graph.facts.changes import coalesced
from graph.facts.cycles import Edge, cuts
from graph.facts.rows import FactRows, Placed, placed_from
from graph.facts.timeline import Version

if TYPE_CHECKING:
    from graph.facts.batch import Writing

DEPTH = 64
"""The longest chain of parents that is followed; a deeper one is a defect to report."""

UNKNOWN_SHARE = 0.5
"""How a parent without a stated share ranks: consolidation means control, not a percentage."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one parent fact in which the same conclusion holds."""

    valid_from: date
    valid_to: date
    controlling: bool
    cut: bool


def settle(
    transaction: Transaction, writing: Writing, children: set[str], rows: FactRows
) -> list[str]:
    """Conclude anew for these children and all above them; sentences about cycles cut."""
    warnings: list[str] = []
    if not children:
        return warnings
    above = _closure(transaction, children)
    cut = _cut_by_view(above)
    settled: dict[tuple[str, str, bool], list[Placed]] = defaultdict(list)
    for placed in above:
        properties = dict(placed.version.properties)
        group = (placed.start[1], properties.get("view", ""), placed.version.planned)
        settled[group].append(placed)
    for pieces in settled.values():
        changed = _conclude(pieces, cut, rows)
        warnings += [
            f"cycle: {placed.start[1]} below {placed.end[1]} is cut ({placed.fact})"
            for placed in changed
            if placed.fact in cut
        ]
    rows.write(transaction)
    return warnings


def _closure(transaction: Transaction, children: set[str]) -> list[Placed]:
    seen: set[str] = set()
    found: list[Placed] = []
    frontier = set(children)
    for _ in range(DEPTH):
        if not frontier:
            break
        seen |= frontier
        read = transaction.run(cypher.PARENTS_BELIEVED, ids=sorted(frontier))
        level = [_placed(row) for row in read]
        found += level
        frontier = {placed.end[1] for placed in level} - seen
    return found


def _placed(row: Any) -> Placed:
    return placed_from(
        {
            "type": row["type"],
            "properties": row["properties"],
            "start_label": "LegalEntity",
            "start_id": row["child_id"],
            "end_label": "LegalEntity",
            "end_id": row["parent_id"],
        }
    )


def _cut_by_view(above: Iterable[Placed]) -> set[str]:
    by_fact: dict[str, list[Placed]] = defaultdict(list)
    for placed in above:
        if not placed.version.planned:
            by_fact[placed.fact].append(placed)
    edges: dict[str, list[Edge]] = defaultdict(list)
    for fact, pieces in by_fact.items():
        child, parent = pieces[0].start[1], pieces[0].end[1]
        for version in coalesced(pieces):
            edges[dict(version.properties).get("view", "")].append(
                Edge(fact, child, parent, version.valid_from, version.valid_to)
            )
    return {fact for group in edges.values() for fact in cuts(group)}


def _conclude(pieces: list[Placed], cut: set[str], rows: FactRows) -> list[Placed]:
    """Restate the facts of one child and view where the conclusion changed; those facts."""
    by_fact: dict[str, list[Placed]] = defaultdict(list)
    for placed in pieces:
        by_fact[placed.fact].append(placed)
    wanted = controlling_pieces({fact: coalesced(placed) for fact, placed in by_fact.items()}, cut)
    changed = []
    for fact, stretches in by_fact.items():
        current = {
            Piece(
                one.version.valid_from,
                one.version.valid_to,
                bool(one.controlling),
                bool(one.cut),
            )
            for one in stretches
        }
        if current == set(wanted[fact]):
            continue
        changed.append(stretches[0])
        _restate(stretches, wanted[fact], rows)
    return changed


def _restate(placed: list[Placed], wanted: list[Piece], rows: FactRows) -> None:
    whole = coalesced(placed)
    for one in placed:
        rows.supersede(one, "the controlling parent was concluded anew")
    for piece in wanted:
        said = next(
            version
            for version in whole
            if version.valid_from <= piece.valid_from < version.valid_to
        )
        rows.state(
            cypher.HIERARCHY,
            placed[0].start,
            placed[0].end,
            placed[0].fact,
            replace(
                said,
                valid_from=piece.valid_from,
                valid_to=piece.valid_to,
                assumed_from=said.assumed_from and piece.valid_from == said.valid_from,
            ),
            controlling=piece.controlling,
            cut=piece.cut,
        )


def controlling_pieces(facts: dict[str, list[Version]], cut: set[str]) -> dict[str, list[Piece]]:
    """For each fact of one child and view, its stretches: exactly one fact controls on any day.

    The largest share controls; then the older fact, then the lower id. A cut fact never does.
    """
    days = sorted(
        {
            day
            for versions in facts.values()
            for one in versions
            for day in (one.valid_from, one.valid_to)
        }
    )
    pieces: dict[str, list[Piece]] = {fact: [] for fact in facts}
    for begin, end in zip(days, days[1:], strict=False):
        here = [
            (fact, one)
            for fact, versions in facts.items()
            for one in versions
            if one.valid_from <= begin < one.valid_to
        ]
        best = min((_rank(fact, one) for fact, one in here if fact not in cut), default=None)
        for fact, one in here:
            controls = best is not None and fact not in cut and _rank(fact, one) == best
            _extend(pieces[fact], Piece(begin, end, controls, fact in cut), one.valid_from)
    return pieces


def _rank(fact: str, version: Version) -> tuple[float, date, str]:
    properties = dict(version.properties)
    share = properties.get("share")
    return (-(UNKNOWN_SHARE if share is None else share), version.valid_from, fact)


def _extend(pieces: list[Piece], piece: Piece, version_from: date) -> None:
    last = pieces[-1] if pieces else None
    if (
        last
        and last.valid_to == piece.valid_from != version_from
        and (last.controlling, last.cut) == (piece.controlling, piece.cut)
    ):
        pieces[-1] = replace(last, valid_to=piece.valid_to)
    else:
        pieces.append(piece)
