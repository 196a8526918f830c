"""Brings the derived relationships of one type to what they should be, writing differences only."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from graph.connection import Statements
from graph.model.catalogue import RELATIONSHIPS

BATCH = 5_000

Key = tuple[str, ...]
"""Ids of start and end, then the values that tell two between the same nodes apart."""
Wanted = Mapping[Key, tuple[Any, ...]]
"""Key -> the other properties, in the order of `CARRIES`."""

TELLS_APART = {"IN_FAMILY": ("view",)}
CARRIES = {"IN_FAMILY": ("nearest", "depth", "own"), "NEAR": ("distance_m",)}


@dataclass(frozen=True, slots=True)
class Part:
    """The derived relationships that start, or end, at some nodes."""

    end: Literal["start", "end"]
    ids: Collection[str]


def settle(session: Statements, link: str, wanted: Wanted, part: Part | None = None) -> set[Key]:
    """Write what is missing or other than wanted, delete what is not; the keys of both.

    Without a part `wanted` is all there should be; with one it is all of that part.
    """
    start, end = _ends(link)
    apart, carried = TELLS_APART.get(link, ()), CARRIES.get(link, ())
    there = _there(session, link, (apart, carried), part)
    gone = [key for key in there if key not in wanted]
    changed = [(key, values) for key, values in wanted.items() if there.get(key) != values]
    match = f"MATCH (start:{start} {{id: row[0]}}) MATCH (end:{end} {{id: row[1]}})\n"
    which = f"[link:{link}{_braces(apart, 2)}]"
    for rows in _batches(gone):
        cypher = f"UNWIND $rows AS row\n{match}MATCH (start)-{which}->(end) DELETE link"
        session.run(cypher, rows=rows)
    sets = [f"link.{name} = row[{2 + len(apart) + at}]" for at, name in enumerate(carried)]
    told = f"\nSET {', '.join(sets)}" if sets else ""
    for rows in _batches([(*key, *values) for key, values in changed]):
        session.run(f"UNWIND $rows AS row\n{match}MERGE (start)-{which}->(end){told}", rows=rows)
    return {*gone, *(key for key, _ in changed)}


def _there(
    session: Statements,
    link: str,
    names_of: tuple[tuple[str, ...], tuple[str, ...]],
    part: Part | None,
) -> dict[Key, tuple[Any, ...]]:
    (start, end), (apart, carried) = _ends(link), names_of
    names = (*apart, *carried)
    columns = ["collect(start.id)", "collect(end.id)"]
    columns += [f"collect(coalesce(link.{name}, ''))" for name in names]
    named = ", ".join(f"{column} AS c{at}" for at, column in enumerate(columns))
    match = f"MATCH (start:{start})-[link:{link}]->(end:{end})"
    if part:
        at = f"MATCH ({part.end}:{start if part.end == 'start' else end} {{id: one}})"
        match = f"UNWIND $ids AS one\n{at}\n{match}"
    found = session.row(f"{match} RETURN {named}", ids=list(part.ids) if part else [])
    keys = 2 + len(apart)
    return {tuple(row[:keys]): tuple(row[keys:]) for row in zip(*found, strict=True)}


def _ends(link: str) -> tuple[str, str]:
    ((start, end),) = RELATIONSHIPS[link].patterns
    return start, end


def _braces(names: tuple[str, ...], first: int) -> str:
    inside = ", ".join(f"{name}: row[{first + at}]" for at, name in enumerate(names))
    return f" {{{inside}}}" if inside else ""


def _batches(rows: list[Any]) -> Iterator[list[list[Any]]]:
    left = iter(rows)
    while batch := [list(row) for row in islice(left, BATCH)]:
        yield batch
