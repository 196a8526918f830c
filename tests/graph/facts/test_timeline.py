"""The two clocks as arithmetic: what a new saying does to what was believed."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import assume, example, given
from hypothesis import strategies as st

from graph.facts.timeline import (
    OPEN,
    UNKNOWN_START,
    Change,
    Saying,
    Version,
    due_on,
    first_statement,
    restate,
    tense,
)

FIRST = date(2020, 1, 1)
OLD, NEW = (("share", 0.4),), (("share", 0.6),)
PLAN = (("planned", True),)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def held(begin: int, end: int | None = None, properties=OLD, **more) -> Version:
    return Version(day(begin), OPEN if end is None else day(end), properties, **more)


def says(begin: int | None = None, end: int | None = None, properties=OLD) -> Saying:
    return Saying(
        None if begin is None else day(begin),
        None if end is None else day(end),
        properties,
        "record/2",
    )


def after(believed: list[Version], change: Change) -> list[Version]:
    """What is believed once a change is written."""
    gone = [version for version, _ in change.superseded]
    assert all(version in believed for version in gone)
    kept = [version for version in believed if version not in gone]
    return sorted(kept + [version for version, _ in change.stated], key=lambda one: one.valid_from)


def spans(versions: list[Version]) -> list[tuple[int, int | None, object]]:
    return [
        (
            (version.valid_from - FIRST).days,
            None if version.valid_to == OPEN else (version.valid_to - FIRST).days,
            version.properties,
        )
        for version in versions
    ]


def outcome(believed: list[Version], saying: Saying | None, at: int, correction: str = ""):
    change = restate(believed, saying, effective=day(at), correction=correction)
    return spans(after(believed, change))


def test_a_fact_no_longer_stated_ends_on_the_day_of_the_delivery() -> None:
    assert outcome([held(0)], None, 10) == [(0, 10, OLD)]


def test_a_fact_withdrawn_before_it_began_is_not_history() -> None:
    assert outcome([held(20)], None, 10) == []


def test_a_withdrawal_also_ends_what_was_known_to_follow() -> None:
    assert outcome([held(0, 30), held(30, properties=NEW)], None, 10) == [(0, 10, OLD)]


def test_a_withdrawal_ends_every_version_after_an_earlier_day() -> None:
    assert outcome([held(0, 20), held(20, properties=NEW)], None, 10) == [(0, 10, OLD)]


def test_a_withdrawn_correction_leaves_no_history_of_the_world() -> None:
    assert outcome([held(0)], None, 10, "typing error") == []


def test_a_withdrawn_plan_is_closed_in_recorded_time() -> None:
    change = restate([held(20, properties=PLAN)], None, effective=day(10))

    assert change == Change([(held(20, properties=PLAN), "no longer announced")], [])


def test_a_plan_that_came_true_gives_way_to_a_fact_of_its_own_day() -> None:
    believed = [held(0, properties=PLAN)]

    assert outcome(believed, says(12, properties=()), 15) == [(12, None, ())]
    assert outcome(believed, says(properties=()), 15) == [(15, None, ())]


def test_a_changed_property_splits_an_undated_fact_on_the_day_of_the_delivery() -> None:
    assert outcome([held(0)], says(properties=NEW), 10) == [(0, 10, OLD), (10, None, NEW)]


def test_a_changed_property_with_a_later_start_splits_on_that_start() -> None:
    assert outcome([held(0)], says(5, properties=NEW), 10) == [(0, 5, OLD), (5, None, NEW)]


def test_a_change_after_a_known_end_leaves_the_days_between_empty() -> None:
    assert outcome([held(0, 10)], says(20, properties=NEW), 5) == [(0, 10, OLD), (20, None, NEW)]


def test_a_corrected_property_replaces_the_version_from_its_start() -> None:
    assert outcome([held(0)], says(properties=NEW), 10, "was wrong") == [(0, None, NEW)]


def test_a_moved_start_is_a_correction() -> None:
    assert outcome([held(5)], says(2), 10) == [(2, None, OLD)]
    assert outcome([held(2)], says(5), 10) == [(5, None, OLD)]


def test_a_known_end_is_taken_over_and_taken_back() -> None:
    assert outcome([held(0)], says(end=30), 10) == [(0, 30, OLD)]
    assert outcome([held(0, 30)], says(), 10) == [(0, None, OLD)]


def test_an_assumed_start_gives_way_to_an_end_before_it() -> None:
    change = restate([held(10, assumed_from=True)], says(end=5), effective=day(12))

    assert after([held(10, assumed_from=True)], change) == [
        Version(UNKNOWN_START, day(5), OLD, True, "record/2")
    ]


def test_a_return_to_the_old_value_drops_the_announced_change() -> None:
    believed = [held(0, 30), held(30, properties=NEW)]

    assert outcome(believed, says(0), 10) == [(0, None, OLD)]


def test_a_correction_reaching_back_shortens_what_was_before_it() -> None:
    believed = [held(0, 20), held(20, properties=NEW)]

    assert outcome(believed, says(10, properties=NEW), 30) == [(0, 10, OLD), (10, None, NEW)]


def test_a_fact_said_again_after_its_end_keeps_what_was_before() -> None:
    assert outcome([held(0, 10)], says(5, properties=NEW), 20) == [(0, 5, OLD), (5, None, NEW)]
    assert outcome([held(0, 10)], says(), 20) == [(0, 10, OLD), (20, None, OLD)]
    assert outcome([held(0, 10)], says(0), 20) == [(0, None, OLD)]


def test_an_undated_fact_with_a_past_end_began_at_an_unknown_day() -> None:
    first = first_statement(says(end=5), day(10))

    assert (first.valid_from, first.valid_to, first.assumed_from) == (UNKNOWN_START, day(5), True)
    assert spans([first_statement(says(), day(10))]) == [(10, None, OLD)]


def test_tense_follows_the_day() -> None:
    version = held(10, 20)

    assert [tense(version, day(number)) for number in (9, 10, 19, 20)] == [
        "PLANNED_",
        "",
        "",
        "FORMER_",
    ]
    assert [due_on(version, day(number)) for number in (9, 10, 20)] == [day(10), day(20), None]


def test_an_announced_fact_stays_announced_when_its_day_passes() -> None:
    version = held(10, 20, PLAN)

    assert [tense(version, day(number)) for number in (9, 15, 20)] == [
        "PLANNED_",
        "PLANNED_",
        "FORMER_",
    ]
    assert [due_on(version, day(number)) for number in (9, 15, 20)] == [day(20), day(20), None]
    assert due_on(held(10, properties=PLAN), day(9)) is None


PROPERTIES = st.sampled_from([(), OLD, NEW, PLAN])


@st.composite
def histories(draw) -> list[Version]:
    cuts = draw(st.lists(st.integers(0, 40), max_size=6, unique=True).map(sorted))
    open_end = draw(st.booleans())
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    versions = [held(begin, end, draw(PROPERTIES)) for begin, end in pairs]
    if open_end and len(cuts) % 2:
        versions.append(held(cuts[-1], None, draw(PROPERTIES)))
    return versions


@st.composite
def sayings(draw) -> Saying:
    begin = draw(st.none() | st.integers(0, 40))
    end = draw(st.none() | st.integers(1, 41).map(lambda length: (begin or 0) + length))
    return says(begin, end, draw(PROPERTIES))


def on(versions: list[Version], number: int) -> list[object]:
    return [
        version.properties
        for version in versions
        if version.valid_from <= day(number) < version.valid_to
    ]


@given(histories(), st.none() | sayings(), st.integers(0, 40), st.sampled_from(["", "was wrong"]))
@example([held(0, 30), held(30, properties=NEW)], says(0), 10, "")
def test_whatever_is_said_believed_versions_never_overlap(believed, saying, at, correction) -> None:
    change = restate(believed, saying, effective=day(at), correction=correction)

    now = after(believed, change)

    assert all(len(on(now, number)) <= 1 for number in range(90))
    assert all(version.valid_from < version.valid_to for version in now)


@given(histories(), sayings(), st.integers(0, 40))
def test_a_dated_saying_is_believed_on_every_day_it_speaks_of(believed, saying, at) -> None:
    change = restate(believed, saying, effective=day(at))

    if saying.valid_from is not None:
        now = after(believed, change)
        first, last = saying.valid_from, saying.valid_to or OPEN
        days = [number for number in range(90) if first <= day(number) < last]
        assert all(on(now, number) == [saying.properties] for number in days)


@given(histories(), sayings(), st.integers(0, 40), st.sampled_from(["", "was wrong"]))
def test_nothing_is_believed_that_nobody_said(believed, saying, at, correction) -> None:
    change = restate(believed, saying, effective=day(at), correction=correction)

    now = after(believed, change)
    for number in range(90):
        assert set(on(now, number)) <= {*on(believed, number), saying.properties}


@given(histories(), st.integers(0, 40))
def test_after_a_withdrawal_nothing_holds_and_nothing_earlier_is_lost(believed, at) -> None:
    now = after(believed, restate(believed, None, effective=day(at)))

    assert all(on(now, number) == [] for number in range(at, 90))
    plain = [version for version in believed if not version.planned]
    assert all(set(on(plain, number)) <= set(on(now, number)) for number in range(at))


@given(histories(), sayings(), st.integers(0, 80))
def test_saying_the_same_again_changes_nothing(believed, saying, at) -> None:
    assume(all(version.valid_from <= day(at) for version in believed))

    now = after(believed, restate(believed, saying, effective=day(at)))

    assert not restate(now, saying, effective=day(at))
