"""Runs of rules on a real graph: signals open, stay, clear, go blind and come back."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from graph.connection import BatchSession
from rules.engine.judged.evidence import Prover
from rules.engine.judged.finding import Finding
from tests.rules.engine.carrier import TODAY, Carrier, build
from tests.rules.engine.sample import write_rule

RENEW = "MATCH (i:AgreementItem {id: 'i'}) CREATE (:AgreementItem {id: 'r'})-[:RENEWS]->(i)"
LATER = TODAY + timedelta(days=1)
OF_COMPANIES = """// Companies with a contract that ends. One row per company.
UNWIND $account_ids AS account_id
MATCH (:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial'}]-(entity:LegalEntity)
MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(a:Agreement)-[:HAS_ITEM]->(item:AgreementItem)
WHERE $today < item.ends_on <= $today + duration({days: $horizon_days})
WITH entity, account_id, min(item.ends_on) AS ends_on, collect(a.id) AS agreement_ids,
     collect(item.id) AS item_ids
RETURN entity.id AS entity_id, account_id AS account_id, ends_on AS ends_on, ends_on AS act_by,
       item_ids[0] AS item_id, agreement_ids AS agreement_id
ORDER BY entity_id
"""
OF_CUSTOMERS = """// Contracts that end, with who has them. One row per item.
UNWIND $account_ids AS account_id
MATCH (:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial'}]-(entity:LegalEntity)
MATCH (entity)-[:PLAYS]->(customer:Customer)-[:PARTY_TO]->(:Agreement)-[:HAS_ITEM]->(item)
WHERE $today < item.ends_on <= $today + duration({days: $horizon_days})
RETURN item.id AS item_id, account_id AS account_id, item.ends_on AS ends_on,
       item.ends_on AS act_by, entity.id AS entity_id, customer.id AS customer_id
ORDER BY item_id
"""
TWIN = """
MATCH (account:Account)
CREATE (account)-[:ROOTED_AT]->(twin:LegalEntity {id: 'twin'})-[:PLAYS]->(:Customer {id: 'c2'})
CREATE (a:Agreement {id: 'b'})-[:HAS_ITEM]->(:AgreementItem {id: 'i2', ends_on: date('2027-05-01')})
WITH a MATCH (c:Customer {id: 'c2'}) CREATE (c)-[:PARTY_TO]->(a)
"""
RUNS = """
MATCH (run:RuleRun) RETURN run.status, run.found, run.opened, run.kept, run.cleared, run.blind
ORDER BY run.valid_on
"""


@pytest.fixture
def carrier(batches: BatchSession, tmp_path: Path) -> Carrier:
    return build(batches, write_rule(tmp_path, yaml=("experimental", "stable")))


def test_a_finding_opens_a_signal_that_says_what_why_and_by_when(carrier: Carrier) -> None:
    carrier.run()

    assert carrier.signal("state", "message", "act_by", "valid_on", "action", "clears_if") == (
        "open",
        "A contract ends on 1 April 2027 and nobody renews it.",
        "2027-01-01",
        "2026-10-01",
        "Open the renewal; account owner.",
        "a renewal is signed",
    )
    links = "MATCH (:Signal)-[link]->(end) RETURN type(link), end.id ORDER BY type(link), end.id"
    assert carrier.session.rows(links) == [
        ("ABOUT", "i"),
        ("OF_ACCOUNT", "account"),
        ("PROVED_BY", "a"),
        ("PROVED_BY", "i"),
    ]


def test_what_we_note_for_ourselves_of_a_source_is_no_evidence(carrier: Carrier) -> None:
    carrier.say("MATCH (source:SourceSystem {id: 'paper'}) SET source.known_by = 'a run', "
                "source.precedence_since = datetime('2026-10-01T00:00:00Z')")  # fmt: skip
    found = Finding("r", (), "paper", None, {}, "", None, (), {}, "")

    (proof,) = Prover(carrier.session).prove([found])

    (node,) = json.loads(proof.text)["nodes"]
    assert node["properties"] == {"holds": ["contracts"], "name": "paper"}


def test_the_same_finding_again_keeps_its_signal_and_tells_nobody(carrier: Carrier) -> None:
    carrier.run()
    first = carrier.signal("id", "opened_at", "state_since")
    carrier.run(LATER)

    assert carrier.signal("id", "opened_at", "state_since") == first
    assert carrier.signal("valid_on") == ("2026-10-02",)
    assert carrier.session.row("MATCH (e:Event) RETURN count(e)") == (1,)
    assert carrier.session.rows(RUNS) == [("COMPLETE", 1, 1, 0, 0, 0), ("COMPLETE", 1, 0, 1, 0, 0)]


def test_what_is_no_longer_found_is_cleared_with_its_reason_and_comes_back_as_itself(
    carrier: Carrier,
) -> None:
    carrier.run()
    (id,) = carrier.signal("id")
    carrier.say(RENEW)
    carrier.run(LATER)
    assert carrier.signal("state", "state_reason") == (
        "cleared",
        "no longer found; it clears if a renewal is signed",
    )

    carrier.session.run("MATCH (r:AgreementItem {id: 'r'}) DETACH DELETE r")
    carrier.run(LATER + timedelta(days=1))
    assert carrier.signal("id", "state", "state_reason") == (id, "open", "found again")


def test_a_stale_source_clears_nothing_and_opens_nothing(carrier: Carrier) -> None:
    carrier.run()
    carrier.say(RENEW)
    carrier.say(
        "MATCH (a:Agreement) CREATE (a)-[:HAS_ITEM]->(:AgreementItem "
        "{id: 'other', ends_on: date('2027-05-01')})"
    )
    late = TODAY + timedelta(days=3)
    carrier.load("register", late)
    carrier.run(late, fresh=False)
    assert carrier.states() == {"i": "blind"}
    assert carrier.signal("state_reason") == (
        "paper is older than 2 days: its last complete load is of 2026-10-01",
    )

    carrier.run(late + timedelta(days=1))
    assert carrier.states() == {"i": "cleared", "other": "open"}


def test_a_partial_load_is_no_complete_one(carrier: Carrier) -> None:
    carrier.run()
    late = TODAY + timedelta(days=3)
    carrier.load("register", late)
    carrier.load("paper", late, "PARTIAL")
    report = carrier.run(late, fresh=False)

    assert [(one.status, one.reason) for one in report.judged] == [
        ("BLIND", "paper is older than 2 days: its last complete load is of 2026-10-01")
    ]


def test_a_blind_signal_that_is_found_again_is_what_it_was(carrier: Carrier) -> None:
    carrier.run()
    carrier.session.run("MATCH (s:Signal) SET s.state = 'acknowledged'")
    late = TODAY + timedelta(days=3)
    carrier.run(late, fresh=False)
    assert carrier.states() == {"i": "blind"}

    carrier.run(late + timedelta(days=1))
    assert carrier.signal("state", "state_reason") == ("acknowledged", "confirmed again")


def test_a_rule_that_fails_is_shown_as_failing_and_stops_no_other(
    batches: BatchSession, tmp_path: Path
) -> None:
    (tmp_path / "second").mkdir()
    works = write_rule(tmp_path, yaml=("experimental", "stable"))
    breaks = write_rule(tmp_path / "second", cypher=("item.id AS item_id", "null AS item_id"))
    broken = breaks.with_name("broken.yaml")
    broken.write_text(breaks.read_text().replace("id: contract_is_not_renewed", "id: broken"))
    breaks.with_suffix(".cypher").rename(broken.with_suffix(".cypher"))
    carrier = build(batches, works, broken)

    report = carrier.run()

    assert [one.status for one in report.judged] == ["COMPLETE", "FAILED"]
    assert report.judged[1].reason.startswith("a row has no item_id")
    assert carrier.states() == {"i": "open"}


def test_a_rule_in_shadow_is_measured_and_shown_to_nobody(
    batches: BatchSession, tmp_path: Path
) -> None:
    carrier = build(batches, write_rule(tmp_path, yaml=("experimental", "shadow")))
    carrier.run()
    assert carrier.states() == {"i": "withheld"}


def test_a_snoozed_signal_comes_back_on_its_day(carrier: Carrier) -> None:
    carrier.run()
    carrier.session.run(
        "MATCH (s:Signal) SET s.state = 'snoozed', s.resumes_as = 'open', "
        "s.snoozed_until = date('2026-10-03')"
    )
    carrier.run(LATER)
    assert carrier.states() == {"i": "snoozed"}
    carrier.run(date(2026, 10, 3))
    assert carrier.signal("state", "state_reason") == ("open", "snoozed until 2026-10-03")


def test_a_signal_snoozed_until_something_changes_comes_back_then(carrier: Carrier) -> None:
    carrier.run()
    carrier.session.run(
        "MATCH (s:Signal) SET s.state = 'snoozed', s.resumes_as = 'open', "
        "s.snoozed_evidence = s.evidence_hash"
    )
    carrier.run(LATER)
    assert carrier.states() == {"i": "snoozed"}
    carrier.say("MATCH (i:AgreementItem) SET i.monthly_amount = 5")
    carrier.run(LATER + timedelta(days=1))
    assert carrier.signal("state", "state_reason") == ("open", "something changed")


def test_signals_of_two_companies_that_became_one_become_one(
    batches: BatchSession, tmp_path: Path
) -> None:
    path = write_rule(tmp_path, yaml=("identity: [item_id]", "identity: [entity_id]"))
    path.write_text(path.read_text().replace("experimental", "stable"))
    path.with_suffix(".cypher").write_text(OF_COMPANIES)
    carrier = build(batches, path)
    carrier.say(TWIN)
    carrier.run()
    assert carrier.states() == {"entity": "open", "twin": "open"}

    carrier.session.run(
        "MATCH (e:LegalEntity {id: 'entity'}), (t:LegalEntity {id: 'twin'}) "
        "MATCH (a:Agreement {id: 'b'}) "
        "REMOVE t:LegalEntity SET t:EntityAlias CREATE (t)-[:REDIRECTS_TO]->(e) "
        "WITH a DETACH DELETE a"
    )
    carrier.run(LATER)
    assert carrier.states() == {"entity": "open", "twin": "retracted"}


def test_a_signal_whose_proof_was_corrected_is_retracted_and_says_which_fact(
    batches: BatchSession, tmp_path: Path
) -> None:
    path = write_rule(
        tmp_path, yaml=("evidence: [agreement_id, item_id]", "evidence: [entity_id, customer_id]")
    )
    path.write_text(path.read_text().replace("experimental", "stable"))
    cypher = path.with_suffix(".cypher")
    cypher.write_text(OF_CUSTOMERS)
    carrier = build(batches, path)
    carrier.run()
    assert carrier.states() == {"i": "open"}

    carrier.session.run(
        "MATCH (e:LegalEntity)-[old:PLAYS]->(c:Customer) "
        "CREATE (e)-[new:FORMER_PLAYS]->(c) SET new = properties(old), "
        "new.recorded_to = datetime('2026-10-01T12:00:00Z') DELETE old"
    )
    carrier.run(LATER)
    assert carrier.signal("state", "state_reason") == (
        "retracted",
        "what proved it was corrected: PLAYS",
    )
