"""Points of presence in reach of a site."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.connection import BatchSession
from graph.projection import project
from graph.projection.near import REACH_M, distance_m, in_reach

PARIS, LYON = (48.8566, 2.3522), (45.764, 4.8357)
DEGREES = st.tuples(st.floats(-89.5, 89.5), st.floats(-180, 180))


def test_the_way_from_paris_to_lyon_is_as_the_server_measures_it(batches: BatchSession) -> None:
    asked = "RETURN point.distance(point({latitude: $a, longitude: $b}), "
    asked += "point({latitude: $c, longitude: $d})) AS metres"
    here, there = PARIS, LYON
    (metres,) = batches.row(asked, a=here[0], b=here[1], c=there[0], d=there[1])
    assert distance_m(*PARIS, *LYON) == pytest.approx(metres, rel=0.002)


def test_a_site_is_near_a_point_of_presence_in_reach_and_to_no_other(batches: BatchSession) -> None:
    batches.run(
        "CREATE (:Site {id: 's', latitude: 48.9, longitude: 2.3}), (:Site {id: 'nowhere'}), "
        "(:PointOfPresence {id: 'paris', latitude: 48.8566, longitude: 2.3522}), "
        "(:PointOfPresence {id: 'lyon', latitude: 45.764, longitude: 4.8357})"
    )
    project(batches)
    rows = batches.rows("MATCH (s)-[near:NEAR]->(p) RETURN s.id, p.id, near.distance_m")
    assert rows == [("s", "paris", 6153)]


@given(site=DEGREES, pops=st.lists(DEGREES, max_size=5))
def test_no_place_in_reach_is_missed_by_the_cells(
    site: tuple[float, float], pops: list[tuple[float, float]]
) -> None:
    named = [(str(at), *place) for at, place in enumerate(pops)]
    expected = {
        ("s", name): (round(distance_m(*site, north, east)),)
        for name, north, east in named
        if distance_m(*site, north, east) <= REACH_M
    }
    assert in_reach([("s", *site)], named) == expected


@given(site=DEGREES, north=st.floats(-0.2, 0.2), east=st.floats(-0.2, 0.2))
def test_what_is_close_by_is_in_reach_wherever_it_is(
    site: tuple[float, float], north: float, east: float
) -> None:
    other = (max(-89.9, min(89.9, site[0] + north)), (site[1] + east + 180) % 360 - 180)
    metres = distance_m(*site, *other)
    expected = {("s", "p"): (round(metres),)} if metres <= REACH_M else {}
    assert in_reach([("s", *site)], [("p", *other)]) == expected
