"""Which signals yield, in which order the others come, and how many a seller is shown."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from rules.engine.files.format import Rule, read_pair
from rules.engine.judged.evidence import Proof
from rules.engine.judged.sight import Sight, System
from rules.engine.life.capping import MOST_NEW, show
from rules.engine.life.inhibition import inhibit
from rules.engine.life.lifecycle import State
from rules.engine.life.ranking import Confidence, Ranking, Rate, in_base, urgency
from rules.engine.life.signals import Signal
from rules.engine.life.verdicts import Verdict
from tests.rules.engine.sample import write_rule

TODAY = date(2026, 10, 1)


@pytest.fixture
def rules(tmp_path: Path) -> dict[str, Rule]:
    """`broad` yields to `narrow`; `growing` proposes to sell more; `must` is mandatory."""
    plain = read_pair(write_rule(tmp_path)).rule
    told: dict[str, dict[str, Any]] = {
        "narrow": {},
        "broad": {"inhibited_by": ["narrow"]},
        "growing": {"growth": True},
        "must": {"mandatory": True, "inhibited_by": ["narrow"]},
        "arrears_or_disputes_accumulate": {},
    }
    return {id: plain.model_copy(update={"id": id, **one}) for id, one in told.items()}


def signal(rule: str, *, state: str = "open", account: str = "acme", **names: str) -> Signal:
    id = f"{rule}-{'-'.join(names.values())}-{account}"
    made = Signal(id, rule, (), State(state), State(state), message=f"{rule} speaks.")
    made.account, made.names, made.owner = account, names | {"account_id": account}, "ada"
    return made


def states(*signals: Signal) -> list[str]:
    return [one.state.state for one in signals]


def test_a_signal_yields_to_one_about_the_same_narrowest_thing(rules: dict[str, Rule]) -> None:
    by = signal("narrow", service_id="s")
    same, other = signal("broad", service_id="s"), signal("broad", service_id="t")
    wide = signal("broad")
    inhibit([by, same, other, wide], rules, ())
    assert states(by, same, other, wide) == ["open", "inhibited", "open", "inhibited"]
    assert (same.inhibitor, same.state.reason) == (by.id, "yields to narrow: narrow speaks.")


def test_which_of_several_it_yields_to_does_not_depend_on_their_order(
    rules: dict[str, Rule],
) -> None:
    for order in permutations([signal("narrow", service_id=id) for id in "stu"]):
        wide = signal("broad")
        inhibit([*order, wide], rules, ())
        assert wide.inhibitor == "narrow-s-acme"


def test_what_is_blind_gone_or_in_shadow_suppresses_nobody(rules: dict[str, Rule]) -> None:
    for state in ("blind", "withheld", "cleared"):
        yields = signal("broad", service_id="s")
        inhibit([signal("narrow", state=state, service_id="s"), yields], rules, ())
        assert yields.state.state == "open"


def test_a_mandatory_signal_yields_to_nobody(rules: dict[str, Rule]) -> None:
    must = signal("must", service_id="s")
    inhibit([signal("narrow", service_id="s"), must], rules, ())
    assert must.state.state == "open"


def test_trouble_in_the_family_suppresses_what_would_sell_more(rules: dict[str, Rule]) -> None:
    selling, plain = signal("growing", service_id="s"), signal("narrow", service_id="s")
    inhibit([selling, plain], rules, {"acme"})
    assert states(selling, plain) == ["inhibited", "open"]
    inhibit([selling, plain], rules, ())
    assert states(selling, plain) == ["open", "open"]


def test_arrears_suppress_growth_on_the_whole_account_and_no_other(rules: dict[str, Rule]) -> None:
    arrears = signal("arrears_or_disputes_accumulate")
    here, there = signal("growing", service_id="s"), signal("growing", account="zeta")
    inhibit([arrears, here, there], rules, ())
    assert states(here, there) == ["inhibited", "open"]


def test_a_seller_is_shown_the_best_five_and_the_mandatory_beside_them(
    rules: dict[str, Rule],
) -> None:
    waiting = [signal("narrow", state="candidate", service_id=str(at)) for at in range(8)]
    for at, one in enumerate(waiting):
        one.score = float(at)
    must = signal("must", state="candidate")
    assert show([*waiting, must], rules, today=TODAY) == 8 - MOST_NEW
    assert states(*waiting) == ["candidate"] * 3 + ["open"] * MOST_NEW
    assert must.state.state == "open"


def test_what_was_shown_today_counts(rules: dict[str, Rule]) -> None:
    shown = [signal("narrow", service_id=str(at)) for at in range(MOST_NEW)]
    for one in shown:
        one.shown_on = TODAY
    more = signal("narrow", state="candidate", service_id="x")
    assert show([*shown, more], rules, today=TODAY) == 1
    assert show([more], rules, today=TODAY + timedelta(days=1)) == 0


def test_urgency_is_whole_until_two_weeks_are_left_and_halves_with_sixty_days() -> None:
    days = [urgency(TODAY + timedelta(days=left), TODAY) for left in (-5, 14, 74, 134)]
    assert days == [1.0, 1.0, 0.5, 0.25]


def test_rates_cross_to_another_base() -> None:
    found = {("USD", "EUR"): (1.25, TODAY), ("GBP", "EUR"): (0.5, TODAY)}
    assert in_base(found, "EUR") == {"USD": Rate(1.25, TODAY), "GBP": Rate(0.5, TODAY)}
    assert in_base(found, "USD")["GBP"] == Rate(0.4, TODAY)
    assert in_base(found, "USD")["EUR"] == Rate(0.8, TODAY)


@pytest.mark.parametrize(
    ("value", "score"), [(("EUR 100000", "USD 250000"), 450.0), (("CHF 1",), None), ((), None)]
)
def test_a_score_is_money_times_its_parts_and_none_without_a_rate(
    rules: dict[str, Rule], value: tuple[str, ...], score: float | None
) -> None:
    one = signal("narrow", service_id="s")
    one.value, one.act_by = value, TODAY + timedelta(days=74)
    one.opened_at = f"{TODAY - timedelta(days=30)}T07:00:00Z"
    rule = rules["narrow"].model_copy(update={"half_life_days": 30})
    judged = {"narrow": {"": Verdict(14, 6)}}
    rule = rule.model_copy(update={"prior": 0.4, "prior_weight": 10})
    Ranking(TODAY, "EUR", {"USD": Rate(1.25, TODAY)}, judged).rank(one, rule)
    assert one.score == score


def test_a_chance_is_the_prior_then_all_answers_then_those_of_the_segment(
    rules: dict[str, Rule],
) -> None:
    rule = rules["narrow"].model_copy(update={"prior": 0.2, "prior_weight": 10})
    judged = {"narrow": {"banks": Verdict(8, 2), "retail": Verdict(0, 10)}}
    segments = {"acme": "banks", "shop": "retail", "new": "mining", "none": ""}
    ranking = Ranking(TODAY, "EUR", {}, judged, segments)

    assert [round(ranking.chance(rule, account), 3) for account in segments] == [
        0.567, 0.167, 0.333, 0.333,
    ]  # fmt: skip
    assert Ranking(TODAY, "EUR", {}).chance(rule, "acme") == 0.2


def test_confidence_is_the_least_reliable_source_times_freshness_times_identity(
    tmp_path: Path,
) -> None:
    pair = read_pair(write_rule(tmp_path))
    one = signal("narrow")
    doubts = (("paper AgreementItem.ends_on", 0.8), ("paper AgreementItem.name", 0.1))
    one.pair, one.systems = pair, frozenset({"paper"})
    one.proof = Proof("", frozenset(), (), (), doubts=doubts, identity=0.9)
    late = TODAY - timedelta(days=2)
    sight = Sight(TODAY, (System("paper", frozenset({"contracts"}), late),))

    sure = Ranking(TODAY, "EUR", {}, sight=sight).confidence(one, pair.rule)

    # The statement reads the end of an item and not its name; contracts may be two days old.
    assert sure == Confidence(0.8, ("paper AgreementItem.ends_on",), 0.5, 0.9)
    assert sure.all == pytest.approx(0.36)

    one.proof, one.score_parts = None, '{"reliability":0.8,"doubted":["x y.z"],"identity":0.9}'
    assert Ranking(TODAY, "EUR", {}, sight=sight).confidence(one, pair.rule) == Confidence(
        0.8, ("x y.z",), 0.5, 0.9
    )
