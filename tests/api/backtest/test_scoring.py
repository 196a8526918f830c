"""Signals against the truth: what is a hit, missed, not expected, or a near miss."""

from __future__ import annotations

from typing import Any

import pytest

from api.backtest.scoring import Named, is_about, scored

SERVICE = {"service_id": "v1", "service_native": "SER1", "item_id": "i1", "item_native": "ITE1"}
REFERENCES = {"s": "inventory:service:SER1", "i": "contracts:agreement_item:AGR9/ITE1"}


def signal(*identity: tuple[str, str], state: str = "open", **references: str) -> Named:
    return Named("id", "rule", state, "It is so.", identity, references or REFERENCES)


def case(
    state: str = "open", opens_on: str | None = "2026-10-01", **identity: Any
) -> dict[str, Any]:
    return {"rule": "rule", "state": state, "case": "fires", "opens_on": opens_on} | identity


FOUND = signal(("service_id", "s"), ("item_id", "i"))


def test_a_signal_is_about_the_case_whose_ids_its_own_stand_for() -> None:
    assert is_about(FOUND, case(**SERVICE))
    assert not is_about(FOUND, case(**(SERVICE | {"item_native": "ITE2"})))


def test_an_account_is_any_of_the_records_that_it_has() -> None:
    told = signal(("account_id", "a"), ("finding", "arrears"), a="crm_emea:top_account:acc-1")
    records = ["crm_americas:account:7", "crm_emea:account:acc-1"]
    assert is_about(told, case(account_records=records, finding="arrears"))
    assert not is_about(told, case(account_records=records, finding="disputes"))


def test_a_pair_is_the_same_in_both_orders() -> None:
    told = signal(
        ("service_id", "x"), ("other_service_id", "y"), x="inventory:service:2", y="a:b:1"
    )
    assert is_about(told, case(service_native="1", other_service_native="2"))


def test_a_deal_is_the_same_from_the_other_side() -> None:
    identity = (("account_id", "a"), ("entity_id", "x"), ("counterparty_id", "y"))
    told = signal(*identity, a="crm_emea:top_account:2", x="lei:X", y="lei:Y")
    assert is_about(
        told, case(account_records=["crm:account:1"], entity_lei="Y", counterparty_lei="X")
    )


@pytest.mark.parametrize(
    ("cases", "found", "counts"),
    [
        ([case(**SERVICE)], [FOUND], (1, 0, 0, 0)),
        ([case(**SERVICE)], [], (0, 1, 0, 0)),
        ([], [FOUND], (0, 0, 1, 0)),
        ([case("silent", None, **SERVICE)], [FOUND], (0, 0, 1, 1)),
        ([case("silent", "2026-12-01", **SERVICE)], [FOUND], (0, 0, 1, 0)),
        ([case("blind", **SERVICE)], [FOUND], (0, 0, 0, 0)),
    ],
)
def test_hits_missed_not_expected_and_near_misses_are_counted(
    cases: list[dict[str, Any]], found: list[Named], counts: tuple[int, ...]
) -> None:
    result = scored("rule", cases, found)
    assert (len(result.hits), len(result.missed), len(result.wrong), len(result.near)) == counts


def test_a_signal_that_yields_is_not_wrong() -> None:
    yielding = signal(("service_id", "s"), state="inhibited")
    assert scored("rule", [], [yielding]).wrong == []


def test_shares_are_none_where_nothing_is_to_be_shared() -> None:
    empty, full = scored("rule", [], []), scored("rule", [case(**SERVICE)], [FOUND])
    assert (empty.recall, empty.precision) == (None, None)
    assert (full.recall, full.precision) == (1.0, 1.0)
