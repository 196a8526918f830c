"""A finding about a silent source says how many rules it makes blind for the account."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from graph.connection import BatchSession
from rules.engine.files.format import Rule, read_pair
from rules.engine.judged.sight import Sight, System
from rules.engine.life.versions import path_of
from tests.rules.engine.carrier import TODAY, build
from tests.rules.engine.sample import write_rule

SILENT = "account_seen_through_stale_source"


def held(id: str, *holds: str, days: int) -> System:
    """A system that was loaded so many days ago."""
    return System(id, frozenset(holds), TODAY - timedelta(days=days))


SIGHT = Sight(
    TODAY,
    (
        held("bills", "billing", days=5),
        held("other bills", "billing", days=0),
        held("papers", "contracts", days=0),
        held("more", "crm", "orders", days=9),
    ),
)


@pytest.mark.parametrize(
    ("source", "needs", "silences"),
    [
        ("bills", [{"billing": "PT48H"}], True),
        ("bills", [{"contracts": "PT48H"}, {"billing": "PT48H"}], True),
        ("bills", [{"billing": "P7D"}], False),
        ("bills", [{"contracts": "PT48H"}], False),
        ("other bills", [{"billing": "PT48H"}], False),
        ("bills", [{"billing": "PT48H", "contracts": "PT48H"}], False),
        ("bills", [{"billing": "PT48H", "orders": "PT48H"}], True),
        ("bills", [{"billing": "PT48H", "ledger": "PT1H"}], False),
        ("papers", [{"billing": "PT48H"}], False),
    ],
)
def test_a_source_silences_rules_that_need_it_and_nothing_else(
    tmp_path: Path, source: str, needs: list[dict[str, str]], silences: bool
) -> None:
    rule: Rule = read_pair(write_rule(tmp_path)).rule.model_copy(update={"requires": needs})
    assert SIGHT.silences(source, rule, ("bills", "papers", "more")) is silences


def test_the_engine_says_of_how_many_rules(batches: BatchSession, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    needs_bills = write_rule(tmp_path, yaml=("- {contracts: PT48H}", "- {billing: PT48H}"))
    needs_none = write_rule(tmp_path / "other")
    carrier = build(batches, path_of(SILENT), needs_bills, needs_none)

    carrier.run()

    (message,) = carrier.session.row("MATCH (s:Signal {rule: $rule}) RETURN s.message", rule=SILENT)
    assert message == (
        "Billing APAC has been silent since 26 September 2026; 1 rules are blind for Acme."
    )
