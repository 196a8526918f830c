"""What the check believes of one record after several deliveries, worked out by hand."""

from __future__ import annotations

from datetime import date

from loaders.carrier.check.clocks import UNKNOWN_START, Belief, Told, believed
from loaders.carrier.check.saying import Saying
from loaders.carrier.world.timeline import OPEN


def day(number: int) -> date:
    return date(2026, 10, number)


def told(arrived: int, *facts: tuple[str, int | None, int | None], tag: str = "") -> Told:
    """A record that arrives a day after it was made, with facts to these ends."""
    saying = Saying("account", "1")
    for end, begins, ends in facts:
        saying.fact(
            "PARENT_IN",
            "child",
            end,
            tag=tag,
            valid_from=day(begins) if begins else None,
            valid_to=day(ends) if ends else None,
        )
    return Told(day(arrived), day(arrived - 1), saying)


def beliefs(*deliveries: Told) -> dict[str, list[Belief]]:
    names = {name: Saying("", "").id_of(name) for name in ("one", "two")}
    found = {key.end: versions for key, versions in believed(deliveries).items()}
    return {name: found[id] for name, id in names.items() if found.get(id)}


def test_a_fact_without_a_start_begins_on_the_day_that_the_delivery_speaks_of() -> None:
    assert beliefs(told(5, ("one", None, None))) == {"one": [Belief(day(4), OPEN, day(5))]}


def test_what_is_told_again_is_known_since_it_was_first_told() -> None:
    again = told(5, ("one", 2, None)), told(9, ("one", 2, None))

    assert beliefs(*again) == {"one": [Belief(day(2), OPEN, day(5))]}


def test_what_is_no_longer_told_ended_on_the_day_of_the_delivery() -> None:
    assert beliefs(told(5, ("one", 2, None)), told(9)) == {"one": [Belief(day(2), day(8), day(9))]}


def test_what_gives_way_to_one_dated_successor_ended_when_that_began() -> None:
    assert beliefs(told(5, ("one", 2, None)), told(9, ("two", 6, None))) == {
        "one": [Belief(day(2), day(6), day(9))],
        "two": [Belief(day(6), OPEN, day(9))],
    }


def test_an_end_that_is_told_later_is_known_later() -> None:
    assert beliefs(told(5, ("one", 2, None)), told(9, ("one", 2, 7))) == {
        "one": [Belief(day(2), day(7), day(9))]
    }


def test_another_start_is_a_correction_and_the_old_one_is_not_believed() -> None:
    assert beliefs(told(5, ("one", 2, None)), told(9, ("one", 3, None))) == {
        "one": [Belief(day(3), OPEN, day(9))]
    }


def test_an_end_before_the_first_sight_leaves_the_start_unknown() -> None:
    assert beliefs(told(9, ("one", None, 3))) == {"one": [Belief(UNKNOWN_START, day(3), day(9))]}


def test_what_was_withdrawn_before_it_began_never_was() -> None:
    assert beliefs(told(5, ("one", 20, None)), told(9)) == {}


def test_a_plan_that_is_given_up_is_no_history() -> None:
    planned = told(5, ("one", 2, None), tag="legal planned")

    assert beliefs(planned, told(9)) == {}
