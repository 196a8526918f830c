"""A rule below its bar goes to shadow by itself, says so, and comes back when a person says."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from graph.connection import BatchSession
from rules.engine.life.answering import Answer, Person, answer, take_back
from rules.engine.life.demotion import demotions, lift, standing
from rules.engine.life.status import statuses
from tests.rules.engine.carrier import TODAY, Carrier, build
from tests.rules.engine.sample import write_rule

RULE = "contract_is_not_renewed"
BAR = ("parameters:", "bar: {precision: 0.5, answers: 3, days: 30}\nparameters:")
MORE = """
MATCH (a:Agreement) UNWIND ['j', 'k', 'l', 'm'] AS id
CREATE (a)-[:HAS_ITEM]->(:AgreementItem {id: id, ends_on: date('2027-05-01')})
"""
REASON = "33% of 3 answers in 30 days acted on it; its bar is 50% of 3"


@pytest.fixture
def carrier(batches: BatchSession, tmp_path: Path) -> Carrier:
    path = write_rule(tmp_path, yaml=BAR)
    path.write_text(path.read_text().replace("experimental", "stable"))
    carrier = build(batches, path)
    carrier.say(MORE)
    carrier.run()
    return carrier


def person(day: date) -> Person:
    """Who answers at nine o'clock of a day."""
    return Person("ada", datetime.combine(day, time(9), UTC))


def say(carrier: Carrier, on: date = TODAY, /, **answers: str) -> None:
    """Answer the signals of these items."""
    for item, kind in answers.items():
        answer(carrier.session, id_of(carrier, item), Answer(kind, "so it is"), person(on))


def id_of(carrier: Carrier, item: str) -> str:
    """The signal of an item."""
    told = carrier.session.rows("MATCH (s:Signal) RETURN s.identity, s.id")
    return next(str(id) for identity, id in told if f'"{item}"' in identity)


def day(after: int) -> date:
    """So many days after the first run."""
    return TODAY + timedelta(days=after)


def test_below_its_bar_a_rule_is_in_shadow_and_its_signals_are_shown_to_nobody(
    carrier: Carrier,
) -> None:
    say(carrier, i="acted", j="duplicate", k="already_known")

    carrier.run(day(1))

    assert carrier.states() == {
        "i": "actioned", "j": "closed", "k": "closed", "l": "withheld", "m": "withheld",
    }  # fmt: skip
    (reason,) = carrier.session.row(
        "MATCH (s:Signal {state: 'withheld'}) RETURN DISTINCT s.state_reason"
    )
    assert reason == f"the rule put itself in shadow on {day(1)}: {REASON}"
    assert carrier.session.rows(
        "MATCH (d:Demotion) RETURN d.rule, d.reason, d.acted, d.against"
    ) == [(RULE, REASON, 1, 2)]


def test_it_is_noted_once_and_stays_so_however_often_rules_run(carrier: Carrier) -> None:
    say(carrier, i="acted", j="duplicate", k="already_known")
    for after in (1, 2, 3):
        carrier.run(day(after))

    assert [one.on for one in demotions(carrier.session).values()] == [day(1)]
    assert carrier.states()["l"] == "withheld"


@pytest.mark.parametrize(
    "answers",
    [
        {"i": "acted", "j": "duplicate"},
        {"i": "acted", "j": "acted", "k": "duplicate"},
        {"i": "acted", "j": "duplicate", "k": "not_mine", "l": "not_mine"},
    ],
    ids=["too few answers", "half was acted on", "answers that do not judge"],
)
def test_what_is_not_below_the_bar_stays_shown(carrier: Carrier, answers: dict[str, str]) -> None:
    say(carrier, TODAY, **answers)
    carrier.run(day(1))

    assert demotions(carrier.session) == {}
    assert carrier.states()["m"] == "open"


def test_an_answer_taken_back_and_an_old_one_do_not_count(carrier: Carrier) -> None:
    say(carrier, i="acted", j="duplicate", k="already_known")
    take_back(carrier.session, id_of(carrier, "k"), person(day(1)))
    carrier.run(day(1))
    assert demotions(carrier.session) == {}

    say(carrier, day(40), k="already_known")
    carrier.run(day(41))
    assert demotions(carrier.session) == {}


def test_of_several_answers_to_one_signal_the_newest_that_judges_counts(carrier: Carrier) -> None:
    say(carrier, i="acted", j="duplicate", k="acted")
    answer(
        carrier.session,
        id_of(carrier, "k"),
        Answer("wrong_data", "it was renewed", wrong="k.ends_on"),
        person(day(1)),
    )
    carrier.run(day(2))
    assert standing(demotions(carrier.session))[RULE].reason == REASON


def test_a_person_shows_it_again_and_older_answers_count_no_more(carrier: Carrier) -> None:
    say(carrier, i="acted", j="duplicate", k="already_known")
    carrier.run(day(1))

    lifted = lift(carrier.session, RULE, person(day(1)))
    carrier.run(day(2))

    assert [one.told for one in lifted] == [f"put itself in shadow on {day(1)}: {REASON}"]
    assert standing(demotions(carrier.session)) == {}
    assert carrier.states()["l"] == "open"
    assert lift(carrier.session, RULE, person(day(2))) == []


def test_the_status_of_a_rule_says_all_of_it(carrier: Carrier) -> None:
    say(carrier, i="acted", j="duplicate", k="already_known")
    carrier.run(day(1))

    (one,) = statuses(carrier.session, carrier.pairs, person(day(2)).now)

    digest = carrier.pairs[0].digest[:8]
    assert (one.rule, one.status, one.version, one.ran) == (RULE, "shadow", digest, digest)
    assert (one.last_run, one.result) == (day(1), "COMPLETE")
    assert (one.found, one.opened, one.cleared, one.blind, one.waiting) == (5, 0, 0, 0, 0)
    assert (one.answers, one.precision, one.bar, one.bar_answers) == (3, 1 / 3, 0.5, 3)
    assert one.because == f"put itself in shadow on {day(1)}: {REASON}"


def test_a_rule_that_never_ran_has_a_status(batches: BatchSession, tmp_path: Path) -> None:
    carrier = build(batches, write_rule(tmp_path))

    (one,) = statuses(carrier.session, carrier.pairs, person(TODAY).now)

    assert (one.status, one.ran, one.last_run, one.found, one.waiting) == (
        "experimental", None, None, None, 0,
    )  # fmt: skip
    assert (one.answers, one.precision, one.because) == (0, None, None)
