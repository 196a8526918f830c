"""The lint: one thing broken, one fault with its line and how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.model.catalogue import LABELS
from graph.model.holdings import HOLDINGS
from rules.engine.files.fault import Fault
from rules.engine.files.format import read_pair
from rules.engine.files.held import HELD, OLDEST, absent
from rules.engine.files.lint import CHECKS, lint
from tests.rules.engine.sample import write_rule

IDS = frozenset({"contract_is_not_renewed", "customer_in_financial_distress"})


def faults(path: Path) -> list[Fault]:
    """What the lint says of a rule."""
    return lint(read_pair(path), IDS)


def test_a_rule_in_order_has_no_fault(tmp_path: Path) -> None:
    assert faults(write_rule(tmp_path)) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "reason", "mend"),
    [
        (
            "id: contract_is_not",
            "id: contract_was_not",
            1,
            "the id is contract_was_not_renewed, the file contract_is_not_renewed.yaml",
            "contract_is_not_renewed",
        ),
        (
            "subject: AgreementItem",
            "subject: AgrementItem",
            6,
            "the model has no label AgrementItem",
            "did you mean AgreementItem?",
        ),
        (
            "evidence: [agreement_id, item_id]",
            "evidence: [agreement, item_id]",
            12,
            "evidence names agreement, which the statement does not return",
            "did you mean agreement_id?",
        ),
        (
            "on {ends_on} and",
            "on {end_on} and",
            8,
            "the message names {end_on}, which the statement does not return",
            "did you mean {ends_on}?",
        ),
        (
            "known_gaps:",
            "inhibited_by: [customer_in_financial_distres]\nknown_gaps:",
            18,
            "it yields to customer_in_financial_distres, which is no rule",
            "did you mean customer_in_financial_distress?",
        ),
        (
            "expect: [{item_id: i, act_by: 2027-01-01}]",
            "expect: []",
            24,
            "0 fire and 3 must not; at least 1 and 2",
            "expect: []",
        ),
        (
            "{horizon_days: 90}",
            "{horizon_days: 9}",
            31,
            "the parameter horizon_days: 9 is below 30 days",
            "did you mean horizon_days?",
        ),
        (
            "(:AgreementItem {id: 'r'})",
            "(:AgreementItem {idd: 'r'})",
            29,
            "the model has no property idd",
            "did you mean id?",
        ),
        (
            "-[:RENEWS]->(i)",
            "-[:RENEWS]->(i",
            29,
            "1 brackets are never closed",
            "close or remove it",
        ),
        (
            "(a:Agreement {id: 'a'})",
            "(a:Agreement {id: 'a'}))",
            21,
            ") closes nothing",
            "close or remove it",
        ),
        (
            "CREATE (a)-[:HAS_ITEM]->(:AgreementItem",
            "CREATE (a)<-[:HAS_ITEM]-(:AgreementItem",
            22,
            "HAS_ITEM is written the wrong way round",
            "(:Agreement)-[:HAS_ITEM]->(:AgreementItem)",
        ),
    ],
)
def test_a_fault_in_the_yaml_names_its_line(
    tmp_path: Path, old: str, new: str, line: int, reason: str, mend: str
) -> None:
    path = write_rule(tmp_path, yaml=(old, new))

    assert faults(path) == [Fault(f"{path}:{line}", reason, mend)]


@pytest.mark.parametrize(
    ("old", "new", "line", "reason", "mend"),
    [
        ("HAS_ITEM", "HAS_ITEMS", 4, "the model has no type HAS_ITEMS", "did you mean HAS_ITEM?"),
        (
            "item.ends_on - dur",
            "item.end_on - dur",
            10,
            "the model has no property end_on",
            "did you mean ends_on?",
        ),
        (
            "-[:HAS_ITEM]->",
            "<-[:HAS_ITEM]-",
            4,
            "HAS_ITEM is written the wrong way round",
            "(:Agreement)-[:HAS_ITEM]->(:AgreementItem)",
        ),
        (
            "-[:HAS_ITEM]->",
            "-[:HAS_COMMITMENT]->",
            4,
            "the model has no HAS_COMMITMENT from Agreement to AgreementItem",
            "(:Agreement)-[:HAS_COMMITMENT]->(:Commitment)",
        ),
        (
            "[:RENEWS]",
            "[:RENEWS*]",
            6,
            "a path without an upper bound",
            "[:PARENT_IN*0..64]",
        ),
        (
            "{days: 90}",
            "{days: $notice}",
            10,
            "$notice is not declared",
            "parameters: notice: {default: 30, unit: days, means: What it decides.}",
        ),
        (
            "ORDER BY item_id",
            "ORDER BY ends_on",
            12,
            "the order leaves out item_id",
            "ORDER BY item_id",
        ),
        (
            "RETURN item.id",
            "SET item.name = 'x' RETURN item.id",
            1,
            "a rule reads, and this one holds a clause that writes",
            "return what was found; the engine writes the signal",
        ),
    ],
)
def test_a_fault_in_the_cypher_names_its_line(
    tmp_path: Path, old: str, new: str, line: int, reason: str, mend: str
) -> None:
    path = write_rule(tmp_path, cypher=(old, new))

    assert faults(path) == [Fault(f"{path.with_suffix('.cypher')}:{line}", reason, mend)]


def test_a_parameter_that_is_not_used_is_a_fault(tmp_path: Path) -> None:
    path = write_rule(tmp_path, cypher=("$horizon_days", "365"))

    assert faults(path) == [
        Fault(
            f"{path}:17",
            "the parameter horizon_days is not used",
            "use $horizon_days in contract_is_not_renewed.cypher, or take it out",
        )
    ]


def test_every_check_says_what_it_holds() -> None:
    assert all(check.__doc__ and check.__doc__.endswith(".") for check in CHECKS)


def test_a_rule_that_is_not_limited_to_accounts_is_a_fault(tmp_path: Path) -> None:
    path = write_rule(
        tmp_path, cypher=("UNWIND $account_ids AS account_id\n", "WITH 'a' AS account_id\n")
    )

    (fault,) = faults(path)

    assert fault.reason == "it is not limited to $account_ids"


def test_a_form_that_is_none_of_a_number_is_a_fault(tmp_path: Path) -> None:
    path = write_rule(tmp_path, yaml=("on {ends_on} and", "on {ends_on:%Y} and"))

    assert faults(path) == [Fault(f"{path}:8", "'%Y' is no form of a number", "{ends_on:.0%}")]


def test_a_part_of_a_day_or_of_a_span_is_no_property(tmp_path: Path) -> None:
    path = write_rule(
        tmp_path, cypher=("WHERE $today <", "WHERE 1 < duration.between($today, $today).days <")
    )

    assert faults(path) == []


def test_only_what_the_rule_requires_is_late_in_a_test_and_such_a_test_is_no_near_miss(
    tmp_path: Path,
) -> None:
    path = write_rule(
        tmp_path, yaml=("    parameters: {horizon_days: 90}\n", "    stale: [contract]\n")
    )

    too_few, unknown = faults(path)

    assert too_few.reason == "1 fire and 1 must not; at least 1 and 2"
    assert unknown.reason == "it says that contract is late, which the rule does not require"
    assert unknown.mend == "did you mean contracts?"


def test_what_the_sandbox_has_against_a_text_is_told_by_the_lint(tmp_path: Path) -> None:
    path = write_rule(tmp_path, cypher=("$today < item", "date() < item"))

    where = f"{path.with_suffix('.cypher')}:5"
    assert faults(path) == [Fault(where, "date of the moment", "$today")]


def absence(tmp_path: Path, **yaml: tuple[str, str]) -> Path:
    """The sample, which now also says that nobody sells to the contract's customer."""
    nobody = "AND NOT EXISTS { (agreement)<-[:CONCERNS]-(sale:Opportunity) WHERE sale.stage = 'x' }"
    renewed = "AND NOT EXISTS { (:AgreementItem)-[:RENEWS]->(item) }"
    return write_rule(tmp_path, cypher=(renewed, f"{renewed}\n  {nobody}"), **yaml)


@pytest.mark.parametrize("status", ["experimental", "shadow", "stable", "deprecated"])
def test_a_rule_of_any_status_that_says_what_is_not_there_requires_a_source_that_would_know(
    tmp_path: Path, status: str
) -> None:
    path = absence(tmp_path, yaml=("experimental", status))

    assert faults(path) == [
        Fault(
            f"{path.with_suffix('.cypher')}:7",
            "it says that there is no Opportunity, and requires no source that would know",
            "requires: - {crm: PT48H}",
        )
    ]


def test_a_rule_that_requires_it_has_no_fault(tmp_path: Path) -> None:
    crm = ("  - {contracts:", "  - {crm: PT48H}\n  - {contracts:")
    assert faults(absence(tmp_path, yaml=crm)) == []


def test_who_holds_a_label_is_said_in_words_of_the_model() -> None:
    assert HELD.keys() <= LABELS.keys()
    held = {source for sources in HELD.values() for source in sources}
    assert held <= OLDEST.keys() <= HOLDINGS.keys()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("MATCH (a)\nWHERE NOT EXISTS {\n (a)<-[:ON]-(bill:Bill) }", [("Bill", 3)]),
        ("MATCH (a) WHERE NOT EXISTS { MATCH (a)--(b:Bill) WHERE EXISTS { (b)--(c:Charge) } }",
         [("Bill", 1), ("Charge", 1)]),
        ("MATCH (a) WHERE EXISTS { (a)--(bill:Bill) }", []),
        ("MATCH (a) WHERE NOT EXISTS { (a)--(:Product)--(s:Service) } MATCH (b:Bill)",
         [("Service", 1)]),
        ("MATCH (a) WHERE NOT EXISTS { (a)--(e:LegalEntity {id: 'x'}) } MATCH (b:Bill)", []),
    ],
)  # fmt: skip
def test_what_is_looked_for_in_vain_is_what_has_a_variable(
    text: str, found: list[tuple[str, int]]
) -> None:
    assert list(absent(text)) == found
