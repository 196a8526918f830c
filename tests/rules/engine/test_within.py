"""Rules within one company: what changes is looked for in the companies that it touches alone."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from graph.connection import BatchSession
from rules.engine.files.format import read_pair
from rules.engine.files.lint import lint
from tests.rules.engine.changing import Changing, changing
from tests.rules.engine.sample import write_rule

RULE = "contract_is_not_renewed"
WITHIN = ("status: experimental\n", "status: stable\nwithin: company\n")
BRANCHES = """
UNWIND $names AS name
MATCH (top:LegalEntity {id: 'alpha-top'})
CREATE (top)<-[:PARENT_IN {view: 'commercial', controlling: true}]-(entity:LegalEntity {id: name})
CREATE (entity)-[:PLAYS]->(:Customer {id: name + '-customer'})-[:PARTY_TO]->
       (a:Agreement {id: name + '-paper'})-[:HAS_ITEM]->
       (i:AgreementItem {id: name + '-item', ends_on: date('2027-04-01')})
CREATE (i)-[:GOVERNS]->(:Product {id: name + '-product'})
"""
RENEW = "MATCH (i:AgreementItem {id: '%s-item'}) CREATE (:AgreementItem {id: 'r'})-[:RENEWS]->(i)"
SHARE = """
MATCH (i:AgreementItem {id: '%s-item'}), (p:Product {id: '%s-product'}) CREATE (i)-[:GOVERNS]->(p)
"""
GIVE = """
MATCH (:Agreement)-[old:HAS_ITEM]->(i:AgreementItem {id: '%s-item'}), (a:Agreement {id: '%s-paper'})
DELETE old CREATE (a)-[:HAS_ITEM]->(i)
"""


@pytest.fixture
def carrier(batches: BatchSession, tmp_path: Path) -> Changing:
    """Account alpha of four companies, and beta of one."""
    pair = read_pair(write_rule(tmp_path, yaml=WITHIN))
    carrier = changing(batches, [pair], "alpha", "beta")
    batches.run(BRANCHES, names=["north", "south", "west"])
    carrier.say("RETURN 1 AS nothing")
    carrier.full()
    return carrier


def test_the_company_that_a_change_touches_is_asked_for_alone(carrier: Changing) -> None:
    carrier.change(RENEW % "south", "AgreementItem/r")
    report = carrier.changes()
    assert carrier.asked == [(RULE, ("south",))]
    assert report.asked == {RULE: "AgreementItem"}
    assert carrier.states() == {
        "alpha-item": "open", "beta-item": "open", "north-item": "open",
        "south-item": "cleared", "west-item": "open",
    }  # fmt: skip


def test_companies_that_share_what_they_buy_are_asked_for_together(carrier: Changing) -> None:
    carrier.say(SHARE % ("north", "south"))
    carrier.change(RENEW % "south", "AgreementItem/r")
    carrier.changes()
    assert carrier.asked == [(RULE, ("north", "south"))]


def test_what_reaches_an_account_past_its_companies_is_asked_for_in_all_of_it(
    carrier: Changing,
) -> None:
    carrier.change("MATCH (a:Account {id: 'alpha'}) SET a.name = 'Alpha'", "Account/alpha")
    carrier.changes()
    assert carrier.asked == [(RULE, ("alpha",))]


def test_a_contract_that_another_company_takes_over_is_looked_for_at_both(
    carrier: Changing,
) -> None:
    carrier.change(GIVE % ("south", "beta"), "AgreementItem/south-item", "Agreement/south-paper")
    carrier.changes()
    assert carrier.asked[0] == (RULE, ("south", "beta-top"))
    whose = "MATCH (:AgreementItem {id: 'south-item'})<-[:ABOUT]-(s)-[:OF_ACCOUNT]->(a) RETURN a.id"
    assert carrier.session.rows(whose) == [("beta",)]


def test_a_signal_about_what_no_company_has_any_more_is_cleared(carrier: Changing) -> None:
    gone = "MATCH ()-[old:HAS_ITEM]->(:AgreementItem {id: 'south-item'}) DELETE old"
    carrier.change(gone, "AgreementItem/south-item")
    carrier.changes()
    assert carrier.asked == [(RULE, ("alpha",))]
    assert carrier.states()["south-item"] == "cleared"


@pytest.mark.parametrize("seed", range(6))
def test_a_full_run_after_one_over_changes_finds_nothing_else(carrier: Changing, seed: int) -> None:
    chance, names = random.Random(seed), ["north", "south", "west", "alpha", "beta"]
    for number in range(4):
        one, other = chance.sample(names[:3], 2)
        cypher, subjects = chance.choice(
            [
                ((RENEW % one).replace("'r'", f"'r{number}'"), [f"AgreementItem/r{number}"]),
                (SHARE % (one, other), [f"AgreementItem/{one}-item"]),
                (GIVE % (one, other), [f"AgreementItem/{one}-item"]),
                (GIVE % (one, "beta"), [f"AgreementItem/{one}-item"]),
                (f"MATCH (i:AgreementItem {{id: '{one}-item'}}) SET i.ends_on = date('2027-05-01')",
                 [f"AgreementItem/{one}-item"]),
                (f"MATCH (e:LegalEntity {{id: '{one}'}})-[old:PARENT_IN]->() DELETE old",
                 [f"LegalEntity/{one}"]),
            ]
        )  # fmt: skip
        carrier.change(cypher, *subjects)
    report = carrier.changes()
    assert report.mode == "change_set"
    narrow = carrier.held()
    carrier.full()
    assert carrier.held() == narrow


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("{view: 'commercial', nearest: true}", "{nearest: true}", 2, "it does not begin with"),
        ("ORDER BY account.id\n", "WHERE account_id <> '' ORDER BY account.id\n", 7, "it looks at"),
        ("ORDER BY account.id\n", "WHERE EXISTS { (account)<-[:FOR_ACCOUNT]-() }\n", 7, "it looks"),
        ("ORDER BY account.id\n", "WHERE EXISTS { ()-[:FOR_ACCOUNT]->(account) }\n", 7, "it looks"),
    ],
)
def test_a_rule_within_one_company_does_not_look_at_its_whole_account(
    tmp_path: Path, old: str, new: str, line: int, reason: str
) -> None:
    path = write_rule(tmp_path, yaml=WITHIN, cypher=(old, new))
    found = [one for one in lint(read_pair(path), frozenset({RULE})) if "it " in one.reason[:3]]
    assert [one.where for one in found] == [f"{path.with_suffix('.cypher')}:{line}"]
    assert found[0].reason.startswith(reason)


def test_a_finding_about_an_account_is_not_within_one_company(tmp_path: Path) -> None:
    path = write_rule(tmp_path, yaml=WITHIN)
    told = path.read_text(encoding="utf-8")
    about = told.replace("subject: AgreementItem", "subject: Account")
    path.write_text(about, encoding="utf-8")
    (fault,) = lint(read_pair(path), frozenset({RULE}))
    assert (fault.where, fault.reason) == (f"{path}:4", "a finding about an account is not")
