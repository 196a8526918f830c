"""Runs over what changed: they see what a full run would, and leave all else as it was."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from graph.connection import BatchSession
from rules.engine.files.format import read_pair
from rules.engine.life.answering import Answer, answer
from tests.rules.engine.carrier import TODAY
from tests.rules.engine.changing import Changing, changing
from tests.rules.engine.sample import write_rule
from tests.rules.engine.test_answering import ADA

RENEW = """
MATCH (i:AgreementItem {id: 'alpha-item'}) CREATE (:AgreementItem {id: 'r'})-[:RENEWS]->(i)
"""
WHOSE = """
MATCH (signal:Signal)-[:OF_ACCOUNT]->(account)
RETURN signal.state, account.id, signal.owner ORDER BY signal.identity
"""
FIRST = "MATCH (s:Signal)-[:OF_ACCOUNT]->(:Account {id: 'alpha'}) RETURN s.id"
OF_SITES = """// Companies at sites whose contract ends. One row per item.
UNWIND $account_ids AS account_id
MATCH (:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial'}]-(entity:LegalEntity)
MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(a:Agreement)-[:HAS_ITEM]->(item)
WHERE $today < item.ends_on <= $today + duration({days: $horizon_days})
  AND NOT EXISTS { (entity)-[:OCCUPIES]->(:Site)<-[:OCCUPIES]-(:LegalEntity {status: 'INACTIVE'}) }
RETURN item.id AS item_id, account_id AS account_id, a.id AS agreement_id,
       item.ends_on AS ends_on, item.ends_on AS act_by
ORDER BY item_id
"""


@pytest.fixture
def carrier(batches: BatchSession, tmp_path: Path) -> Changing:
    pair = read_pair(write_rule(tmp_path, yaml=("experimental", "stable")))
    return changing(batches, [pair], "alpha", "beta")


def test_without_a_run_on_the_day_all_accounts_are_looked_at(carrier: Changing) -> None:
    report = carrier.changes(TODAY + timedelta(days=1))
    assert (report.mode, report.because) == ("full", "it is the first run for 2026-10-02")
    assert carrier.asked == [("contract_is_not_renewed", ("alpha", "beta"))]


def test_when_nothing_changed_no_rule_is_asked_and_all_stays_as_it_was(carrier: Changing) -> None:
    before = carrier.held(stamps=True)
    report = carrier.changes()
    assert (report.mode, report.accounts, report.judged) == ("change_set", 0, [])
    assert report.asked == {"contract_is_not_renewed": "nothing that it looks at changed"}
    assert carrier.asked == []
    assert carrier.held(stamps=True) == before


def test_a_change_is_looked_for_in_the_accounts_that_it_touches_alone(carrier: Changing) -> None:
    before = carrier.held(stamps=True)
    carrier.change(RENEW, "AgreementItem/r")

    report = carrier.changes()

    assert carrier.asked == [("contract_is_not_renewed", ("alpha",))]
    assert report.asked == {"contract_is_not_renewed": "AgreementItem"}
    assert carrier.states() == {"alpha-item": "cleared", "beta-item": "open"}
    assert carrier.held(stamps=True)[1] == before[1]
    runs = "MATCH (run:RuleRun) RETURN run.mode, run.found, run.cleared ORDER BY run.started_at"
    assert carrier.session.rows(runs) == [("full", 2, 0), ("change_set", 0, 1)]


def test_what_was_taken_in_is_not_taken_in_again(carrier: Changing) -> None:
    carrier.change(RENEW, "AgreementItem/r")
    carrier.changes()
    assert (carrier.changes().accounts, carrier.asked) == (0, [])


def test_a_rule_that_looks_at_nothing_that_changed_is_not_asked(carrier: Changing) -> None:
    carrier.change("CREATE (:Bill {id: 'b'})", "Bill/b")
    report = carrier.changes()
    assert report.asked == {"contract_is_not_renewed": "nothing that it looks at changed"}
    assert carrier.asked == []


def test_a_rule_whose_files_changed_is_asked_for_all_accounts(
    carrier: Changing, tmp_path: Path
) -> None:
    path = write_rule(tmp_path, yaml=("experimental", "stable"))
    path.write_text(path.read_text(encoding="utf-8").replace("365", "364"), encoding="utf-8")
    carrier.pairs = [read_pair(path)]
    report = carrier.changes()
    assert report.asked == {"contract_is_not_renewed": "its files changed"}
    assert carrier.asked == [("contract_is_not_renewed", ("alpha", "beta"))]


def test_a_source_that_is_loaded_for_the_first_time_may_touch_anything(carrier: Changing) -> None:
    carrier.session.run(
        "MERGE (head:FeedHead {id: 'feed'}) SET head.sequence = coalesce(head.sequence, 0) + 1 "
        "CREATE (:Event {id: 'first', feed_epoch: 1, sequence: head.sequence, "
        "type: 'footprint.source.loaded.v1', subject: 'SourceSystem/crm'})"
    )
    report = carrier.changes()
    assert (report.mode, report.because) == ("full", "crm was loaded for the first time")


def test_a_company_that_moves_takes_its_signals_from_one_account_to_another(
    carrier: Changing,
) -> None:
    carrier.change(
        "MATCH (top:LegalEntity {id: 'alpha-top'})<-[old:ROOTED_AT]-(), "
        "(other:LegalEntity {id: 'beta-top'}) "
        "DELETE old CREATE (top)-[:PARENT_IN {view: 'commercial', controlling: true}]->(other)",
        "LegalEntity/alpha-top",
        "Account/alpha",
    )
    carrier.changes()
    assert carrier.session.rows(WHOSE) == [("open", "beta", "seller of beta")] * 2


def test_what_stands_at_a_site_touches_all_who_are_there(
    batches: BatchSession, tmp_path: Path
) -> None:
    path = write_rule(tmp_path, yaml=("experimental", "stable"))
    path.with_suffix(".cypher").write_text(OF_SITES, encoding="utf-8")
    carrier = changing(batches, [read_pair(path)], "alpha", "beta")
    carrier.say(
        "MATCH (top:LegalEntity {id: 'alpha-top'}) CREATE (top)-[:OCCUPIES]->(:Site {id: 'hall'})"
        "<-[:OCCUPIES]-(:LegalEntity {id: 'stranger'})"
    )
    gone = "MATCH (e:LegalEntity {id: 'stranger'}) SET e.status = 'INACTIVE'"
    carrier.change(gone, "LegalEntity/stranger")
    carrier.changes()
    assert carrier.asked == [("contract_is_not_renewed", ("alpha",))]
    assert carrier.states() == {"alpha-item": "cleared", "beta-item": "open"}


def test_an_answer_counts_at_once_for_all_signals_of_its_rule(carrier: Changing) -> None:
    (id,) = carrier.session.row(FIRST)
    answer(carrier.session, id, Answer("customer_declined", "they left"), ADA)
    before = carrier.held()[1]
    carrier.changes()
    other = carrier.held()[1]
    carrier.full()
    assert carrier.held()[1] == other != before


def test_a_source_that_was_late_is_looked_for_where_it_supplies(carrier: Changing) -> None:
    late = TODAY + timedelta(days=4)
    carrier.full(late)
    assert carrier.states() == {"alpha-item": "blind", "beta-item": "blind"}
    carrier.load("paper", late)
    carrier.load("register", late)
    report = carrier.changes(late)
    assert report.asked == {"contract_is_not_renewed": "it can see again"}
    assert carrier.states() == {"alpha-item": "open", "beta-item": "open"}
