"""Brings the derived relationships of one type to what they should be, writing differences only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from graph.connection import Statements
from graph.model.catalogue import RELATIONSHIPS

BATCH = 5_000

Key = tuple[str, ...]
"""Ids of start and end, then the values that tell two between the same nodes apart."""
Wanted = Mapping[Key, tuple[Any, ...]]
"""Key -> the other properties, in the order of `CARRIES`."""

TELLS_APART = {"IN_FAMILY": ("view",)}
CARRIES = {"IN_FAMILY": ("nearest", "depth"), "NEAR": ("distance_m",)}


def settle(session: Statements, link: str, wanted: Wanted) -> int:
    """Write what is missing or other than wanted, delete what is not; how many were touched."""
    start, end = _ends(link)
    apart, carried = TELLS_APART.get(link, ()), CARRIES.get(link, ())
    there = _there(session, link, apart, carried)
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
    return len(gone) + len(changed)


def _there(
    session: Statements, link: str, apart: tuple[str, ...], carried: tuple[str, ...]
) -> dict[Key, tuple[Any, ...]]:
    start, end = _ends(link)
    names = (*apart, *carried)
    columns = ["collect(start.id)", "collect(end.id)"]
    columns += [f"collect(coalesce(link.{name}, ''))" for name in names]
    named = ", ".join(f"{column} AS c{at}" for at, column in enumerate(columns))
    found = session.row(f"MATCH (start:{start})-[link:{link}]->(end:{end}) RETURN {named}")
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
