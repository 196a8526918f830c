"""Which points of presence are in reach of each site, as the crow flies."""

from __future__ import annotations

from collections import defaultdict
from math import asin, ceil, cos, radians, sin, sqrt
from pathlib import Path

from graph.connection import Statements
from graph.projection.derived import Key
from graph.statement import read_statement

PLACES = read_statement(Path(__file__).parent / "places.cypher").text
REACH_M = 30_000
"""The longest distance that is kept; rules ask for less."""
EARTH_M = 6_371_008.8
"""Mean radius of the earth (IUGG)."""
DEGREE_M = 111_195
"""Metres in a degree of latitude on that sphere."""

Position = tuple[str, float, float]
"""Id, degrees north, degrees east."""


def near(session: Statements) -> dict[Key, tuple[int]]:
    """(site, point of presence) -> the distance in metres, for all that are in reach."""
    places = {row[0]: list(zip(*row[1:], strict=True)) for row in session.rows(PLACES)}
    return in_reach(places.get("Site", []), places.get("PointOfPresence", []))


def in_reach(sites: list[Position], pops: list[Position]) -> dict[Key, tuple[int]]:
    """The same for these places."""
    cells: dict[tuple[int, int], list[Position]] = defaultdict(list)
    for pop in pops:
        cells[_cell(pop[1], pop[2])].append(pop)
    found: dict[Key, tuple[int]] = {}
    for site_id, latitude, longitude in sites:
        for pop_id, north, east in _around(cells, latitude, longitude):
            metres = distance_m(latitude, longitude, north, east)
            if metres <= REACH_M:
                found[site_id, pop_id] = (round(metres),)
    return found


def distance_m(north: float, east: float, other_north: float, other_east: float) -> float:
    """The way between two places on a sphere, in metres (haversine)."""
    north, east, other_north, other_east = map(radians, (north, east, other_north, other_east))
    half = sin((other_north - north) / 2) ** 2
    half += cos(north) * cos(other_north) * sin((other_east - east) / 2) ** 2
    return 2 * EARTH_M * asin(min(1.0, sqrt(half)))


def _around(
    cells: dict[tuple[int, int], list[Position]], latitude: float, longitude: float
) -> list[Position]:
    """Points of presence in the cells of one degree that the reach can touch."""
    row, column = _cell(latitude, longitude)
    narrow = max(cos(radians(min(89.0, abs(latitude) + 1))), 0.001)
    wide = min(180, ceil(REACH_M / DEGREE_M / narrow))
    columns = {(column + step + 180) % 360 - 180 for step in range(-wide, wide + 1)}
    near_by = ((other, at) for other in (row - 1, row, row + 1) for at in columns)
    return [pop for cell in near_by for pop in cells.get(cell, ())]


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    """The cell of one degree that a place is in; 180 degrees east is 180 west."""
    return int(latitude // 1), (int(longitude // 1) + 180) % 360 - 180
