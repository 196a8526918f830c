"""The life of a signal as a plain function: invariants over any sequence of days."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rules.engine.life.lifecycle import LIVING, State, blinded, found, hidden, inhibited, missed

DAY = date(2026, 10, 1)
SIGHTS = st.lists(
    st.sampled_from(["found", "missed", "blind", "blind row", "corrected"]), max_size=12
)
STATES = st.sampled_from(["candidate", "open", "acknowledged", "actioned"])


def live(state: State, sight: str, day: date) -> State:
    """One day of a signal's life."""
    if sight == "found":
        return found(state, today=day, evidence="e")
    if sight == "blind row":
        return blinded(state, "a month is missing")
    doubt = "billing is late" if sight == "blind" else ""
    reason = "a fact was corrected" if sight == "corrected" else ""
    return missed(state, doubt=doubt, retracted=reason, clears_if="it is renewed")


@given(first=STATES, sights=SIGHTS)
def test_only_a_day_on_which_it_could_be_seen_and_was_not_ends_a_signal(
    first: str, sights: list[str]
) -> None:
    state = State(first)
    for number, sight in enumerate(sights):
        before, state = state, live(state, sight, DAY + timedelta(days=number))
        if sight == "found":
            assert state.state in LIVING - {"blind"}
        elif before.state in LIVING:
            ends = {"missed": "cleared", "corrected": "retracted"}.get(sight, "blind")
            assert state.state == ends
            assert state.reason
        else:
            assert state == before


@given(first=STATES, nights=st.integers(1, 5))
def test_blind_days_change_nothing_of_what_it_is(first: str, nights: int) -> None:
    state = State(first)
    for _ in range(nights):
        state = blinded(state, "billing is late")
    assert found(state, today=DAY, evidence="e").state == first


@given(first=st.sampled_from(["candidate", "open", "acknowledged"]), runs=st.integers(1, 4))
def test_what_yields_is_what_it_was_once_nothing_suppresses_it(first: str, runs: int) -> None:
    state = State(first)
    for _ in range(runs):
        state = inhibited(state, "yields to a fault")
        assert state.state == "inhibited"
    assert inhibited(state, "").state == first


@given(until=st.dates(DAY - timedelta(days=5), DAY + timedelta(days=5)))
def test_a_snooze_holds_until_its_day_though_a_source_was_late_meanwhile(until: date) -> None:
    snoozed = State("snoozed", "budget freeze", "open", until)
    back = found(blinded(snoozed, "late"), today=DAY, evidence="e")
    assert back.state == ("open" if until <= DAY else "snoozed")


@given(first=st.sampled_from(["candidate", "open", "acknowledged"]), runs=st.integers(1, 4))
def test_what_a_rule_in_shadow_found_is_what_it_was_once_the_rule_is_shown(
    first: str, runs: int
) -> None:
    state = State(first)
    for _ in range(runs):
        state = hidden(found(state, today=DAY, evidence="e"), "the rule is in shadow")
        assert state == State("withheld", "the rule is in shadow", first)
    assert hidden(found(state, today=DAY, evidence="e"), "").state == first


def test_what_somebody_works_at_is_not_hidden() -> None:
    assert hidden(State("actioned", "call on Monday"), "the rule is in shadow") == State(
        "actioned", "call on Monday"
    )


def test_a_blind_day_in_shadow_forgets_nothing_and_a_second_look_changes_nothing() -> None:
    withheld = hidden(State("acknowledged"), "in shadow")
    again = hidden(found(blinded(withheld, "late"), today=DAY, evidence="e"), "in shadow")

    assert withheld == again == State("withheld", "in shadow", "acknowledged")
    assert hidden(found(again, today=DAY, evidence="e"), "in shadow") == again
