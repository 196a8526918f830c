"""What people do about signals: answers, snoozes, outcomes, and taking them back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from graph.connection import BatchSession
from graph.errors import NotFound, UsageError
from rules.engine.files.format import Pair
from rules.engine.judged.claims import doubts
from rules.engine.life.answering import Answer, Person, answer, note_outcome, take_back
from rules.engine.runs.run import Order, run_rules
from tests.rules.engine.carrier import Carrier, build
from tests.rules.engine.sample import write_rule
from tests.rules.engine.test_run import OF_CUSTOMERS

ADA = Person("ada", datetime(2026, 10, 1, 9, tzinfo=UTC))
LATER = replace(ADA, now=datetime(2026, 10, 1, 10, tzinfo=UTC))


@pytest.fixture
def carrier(batches: BatchSession, tmp_path: Path) -> Carrier:
    carrier = build(batches, write_rule(tmp_path, yaml=("experimental", "stable")))
    carrier.run()
    return carrier


@pytest.fixture
def signal(carrier: Carrier) -> str:
    return str(carrier.signal("id")[0])


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("acted", "actioned"),
        ("already_known", "closed"),
        ("not_mine", "open"),
        ("customer_declined", "closed"),
        ("duplicate", "closed"),
    ],
)
def test_an_answer_is_kept_with_its_reason_and_leads_to_a_state(
    carrier: Carrier, signal: str, kind: str, state: str
) -> None:
    told = answer(carrier.session, signal[:8], Answer(kind, "we spoke"), ADA)

    assert told == {"signal_id": signal, "rule_id": "contract_is_not_renewed", "state": state}
    assert carrier.session.rows(
        "MATCH (d:Disposition)-[:ON_SIGNAL]->(s) RETURN d.kind, d.reason, d.by, s.id"
    ) == [(kind, "we spoke", "ada", signal)]


def test_an_answer_can_be_taken_back(carrier: Carrier, signal: str) -> None:
    answer(carrier.session, signal, Answer("duplicate", "seen before"), ADA)
    assert take_back(carrier.session, signal, LATER)["state"] == "open"
    with pytest.raises(UsageError, match="no answer stands"):
        take_back(carrier.session, signal, LATER)


def test_what_was_answered_stays_so_though_it_is_found_again(carrier: Carrier, signal: str) -> None:
    answer(carrier.session, signal, Answer("customer_declined", "no money"), ADA)
    carrier.run(date(2026, 10, 2))
    assert carrier.states() == {"i": "closed"}


def test_what_is_answered_while_rules_run_stays_as_it_was_answered(
    carrier: Carrier, signal: str
) -> None:
    def ask(pair: Pair, parameters: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        answer(carrier.session, signal, Answer("duplicate", "seen before"), LATER)
        return []

    for source in ("paper", "register"):
        carrier.load(source, date(2026, 10, 2))
    order = Order(carrier.pairs, date(2026, 10, 2), datetime(2026, 10, 2, 7, tzinfo=UTC))
    run_rules(carrier.session, order, ask)

    assert carrier.signal("state", "state_reason") == ("closed", "seen before")
    told = carrier.session.rows(
        "MATCH (e:Event) WHERE e.subject STARTS WITH 'Signal/' RETURN e.payload ORDER BY e.sequence"
    )
    assert [json.loads(payload)["after"] for (payload,) in told] == ["open", "closed"]


def test_a_snooze_ends_on_its_day(carrier: Carrier, signal: str) -> None:
    answer(carrier.session, signal, Answer("bad_timing", "later", until=date(2026, 10, 3)), ADA)
    carrier.run(date(2026, 10, 2))
    assert carrier.states() == {"i": "snoozed"}
    carrier.run(date(2026, 10, 3))
    assert carrier.states() == {"i": "open"}


def test_a_won_signal_is_closed_with_its_amount(carrier: Carrier, signal: str) -> None:
    note_outcome(carrier.session, signal, "won", (1_200_000, "EUR"), ADA)
    assert carrier.states() == {"i": "closed"}
    assert carrier.session.rows("MATCH (o:Outcome) RETURN o.kind, o.amount, o.currency") == [
        ("won", 1_200_000, "EUR")
    ]


def test_wrong_data_names_a_value_of_the_evidence_and_its_source(
    carrier: Carrier, signal: str
) -> None:
    answer(carrier.session, signal, Answer("wrong_data", "it was renewed", wrong="i.ends_on"), ADA)
    assert carrier.session.rows(
        "MATCH (d:Disposition) RETURN d.wrong, d.wrong_claim, d.shown_claims"
    ) == [("i.ends_on", "paper AgreementItem.ends_on", ["paper AgreementItem.ends_on"])]
    assert doubts(carrier.session) == {"paper AgreementItem.ends_on": 1 - 1 / 11}


def test_a_value_shown_from_another_record_is_that_sources_claim(
    carrier: Carrier, signal: str
) -> None:
    carrier.session.run(
        "MATCH (item:AgreementItem {id: 'i'}) CREATE (:SourceRecord {id: 'other', system: "
        "'register'})-[:CLAIMS {won: ['ends_on']}]->(item)"
    )
    answer(carrier.session, signal, Answer("wrong_data", "it was renewed", wrong="i.ends_on"), ADA)
    assert list(doubts(carrier.session)) == ["register AgreementItem.ends_on"]


def test_a_fact_may_be_wrong_too(batches: BatchSession, tmp_path: Path) -> None:
    path = write_rule(
        tmp_path, yaml=("evidence: [agreement_id, item_id]", "evidence: [entity_id, customer_id]")
    )
    path.write_text(path.read_text().replace("experimental", "stable"))
    path.with_suffix(".cypher").write_text(OF_CUSTOMERS)
    carrier = build(batches, path)
    carrier.session.run(
        "MATCH ()-[plays:PLAYS]->() SET plays.record = 'said' "
        "CREATE (:SourceRecord {id: 'said', system: 'crm'})"
    )
    carrier.run()
    (id,) = carrier.signal("id")
    (fact,) = carrier.session.row("MATCH ()-[plays:PLAYS]->() RETURN plays.id")
    answer(carrier.session, str(id), Answer("wrong_data", "not theirs", wrong=str(fact)), ADA)
    carrier.session.run("MATCH (s:Signal) SET s.state = 'cleared'")
    carrier.run(date(2026, 10, 2))

    assert list(doubts(carrier.session)) == ["crm PLAYS"]
    parts = json.loads(carrier.signal("score_parts")[0])
    assert (parts["doubted"], parts["reliability"]) == (["crm PLAYS"], 0.9091)


def test_what_rests_on_a_value_called_wrong_is_less_sure_until_the_answer_is_taken_back(
    carrier: Carrier, signal: str
) -> None:
    carrier.say(
        "MATCH (a:Agreement) CREATE (a)-[:HAS_ITEM]->(:AgreementItem "
        "{id: 'other', ends_on: date('2027-05-01')})"
    )
    answer(carrier.session, signal, Answer("wrong_data", "it was renewed", wrong="i.ends_on"), ADA)
    carrier.run(date(2026, 10, 2))
    assert confidences(carrier) == {"i": 1.0, "other": 0.9091}

    take_back(carrier.session, signal, LATER)
    assert doubts(carrier.session) == {}
    carrier.run(date(2026, 10, 3))
    assert confidences(carrier) == {"i": 1.0, "other": 1.0}


def confidences(carrier: Carrier) -> dict[str, float]:
    """Item -> how sure its signal is."""
    rows = carrier.session.rows("MATCH (s:Signal) RETURN s.identity, s.confidence")
    return {identity.split('"')[3]: confidence for identity, confidence in rows}


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (Answer("maybe", "so"), "'maybe' is no answer"),
        (Answer("acted", "  "), "an answer needs a reason"),
        (Answer("bad_timing", "later"), "a snooze needs one end"),
        (Answer("bad_timing", "later", date(2026, 9, 1)), "2026-09-01 is over"),
        (Answer("acted", "so", date(2026, 12, 1)), "acted has no end"),
        (Answer("wrong_data", "so", wrong="x"), "'x' is no part of the evidence"),
        (Answer("wrong_data", "so"), "'nothing' is no part of the evidence"),
        (Answer("acted", "so", wrong="i.ends_on"), "acted calls nothing wrong"),
    ],
)
def test_what_is_missing_is_refused_with_what_is_allowed(
    carrier: Carrier, signal: str, said: Answer, reason: str
) -> None:
    with pytest.raises(UsageError, match=reason) as error:
        answer(carrier.session, signal, said, ADA)
    assert error.value.remedy
    assert carrier.states() == {"i": "open"}


def test_what_may_be_called_wrong_is_told_the_nearest_first(carrier: Carrier, signal: str) -> None:
    with pytest.raises(UsageError) as error:
        answer(carrier.session, signal, Answer("wrong_data", "so", wrong="i.end_on"), ADA)
    assert error.value.remedy == "one of: i.ends_on"


def test_an_unknown_signal_is_not_found(carrier: Carrier) -> None:
    with pytest.raises(NotFound):
        answer(carrier.session, "nothing", Answer("acted", "so"), ADA)
