"""What rows of Dataverse say."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from graph.errors import RecordRejected
from tests.loaders.crm_emea.conftest import (
    ACCOUNT,
    SELLING,
    SHOWN,
    USER,
    account,
    mapped,
    said,
    shown,
)


class TestAccount:
    def test_below_its_parent_it_is_covered_by_its_owner(self) -> None:
        claims = account(
            _parentaccountid_value="acc-17",
            _ownerid_value="use-7",
            createdon="2019-04-01T08:00:00Z",
        )

        company, begins = "crm_emea:account:acc-18", date(2019, 4, 1)
        assert said(claims) == {
            (company, "HAS_NAME", "name:trading::Nordholm AG", None, None),
            (company, "PLAYS", "crm_emea:customer:acc-18", begins, None),
            (company, "PARENT_IN", "crm_emea:account:acc-17", None, None),
            ("crm_emea:user:use-7", "COVERS", company, None, None),
        }

    def test_at_the_top_it_roots_an_account_with_the_words_that_a_person_sees(self) -> None:
        claims = account(
            customertypecode=3,
            industrycode=12,
            accountratingcode=1,
            **{f"customertypecode{SHOWN}": "Customer", f"accountratingcode{SHOWN}": "gold"},
        )

        assert shown(claims, "Account") == {"name": "Nordholm AG", "segment": "12", "tier": "gold"}
        assert shown(claims, "Customer") == {"status": "Customer", "segment": "12"}
        assert claims.unknown == []

    def test_its_numbers_stand_in_columns_with_a_prefix(self) -> None:
        claims = account(
            fpr_lei="5493001KJTIIGC8Y1R12",
            new_vatnumber="CHE-107.787.577 IVA",
            fpr_dunsnumber="31415926",
            fpr_registrationnumber="CHE-107.787.577",
            fpr_registrationauthority="RA000548",
            fpr_mood="good",
        )

        assert {
            (one.properties["scheme"], one.properties["value"], one.properties["is_valid"])
            for one in claims.nodes
            if one.ref.label == "Identifier"
        } == {
            ("lei", "5493001KJTIIGC8Y1R12", True),
            ("vat", "CHE107787577IVA", True),
            ("duns", "31415926", False),
            ("registry", "CHE-107.787.577", True),
        }
        assert claims.unknown == ["fpr_mood"]

    def test_a_country_in_words_is_no_code(self) -> None:
        words = account(address1_line1="Rue 1", address1_city="Genève", address1_country="Suisse")
        code = account(address1_city="Basel", address1_country="CH")

        assert shown(words, "LegalEntity") == {
            "name": "Nordholm AG",
            "hq_address": "Rue 1, Genève, Suisse",
            "hq_city": "Genève",
        }
        assert words.odd == ["a country in words: it stands in the address only"]
        assert (shown(code, "LegalEntity")["hq_country"], code.odd) == ("CH", [])

    def test_a_merged_one_is_over_and_the_same_as_its_master(self) -> None:
        claims = account(merged=True, _masterid_value="acc-1", modifiedon="2026-10-02T01:00:00")

        assert [(one.reference, two.reference) for one, two, _ in claims.same] == [
            ("crm_emea:account:acc-18", "crm_emea:account:acc-1")
        ]
        ends = {fact.type: fact.valid_to for fact in claims.facts}
        assert ends == {
            "HAS_NAME": None,
            "PLAYS": date(2026, 10, 2),
            "ROOTED_AT": date(2026, 10, 2),
        }

    def test_an_inactive_one_keeps_what_it_said(self) -> None:
        claims = mapped("account", "acc-18", **{**ACCOUNT, "statecode": 1})

        assert shown(claims, "Customer") == {"status": "inactive"}
        assert [fact.valid_to for fact in claims.facts] == [None, None, None]

    @pytest.mark.parametrize(
        ("wrong", "why"),
        [
            ({"statecode": 7}, "7 is not one of 0, 1"),
            ({"merged": "maybe"}, "'maybe' is neither true nor false"),
            ({"createdon": "01.04.2019"}, "is not a day"),
            ({"name": "  "}, "has no name"),
        ],
    )
    def test_what_is_not_understood_is_refused(self, wrong: dict[str, Any], why: str) -> None:
        with pytest.raises(RecordRejected, match=why):
            mapped("account", "acc-18", **{**ACCOUNT, **wrong})


class TestOpportunity:
    def test_it_is_sold_to_the_company_of_its_account(self) -> None:
        claims = mapped(
            "opportunity",
            "opp-1",
            **SELLING,
            _parentaccountid_value="acc-18",
            estimatedvalue=1200.5,
            isocurrencycode="CHF",
            closeprobability=40,
            estimatedclosedate="2026-12-01",
            fpr_stagesince="2026-10-05",
            fpr_siteid="SIT1",
            fpr_agreementitemids="A1/1",
        )

        assert shown(claims, "Opportunity") == {
            "stage": "Proposal",
            "stage_since": date(2026, 10, 5),
            "probability": 0.4,
            "amount": 120050,
            "currency": "CHF",
            "close_on": date(2026, 12, 1),
        }
        assert said(claims) == {
            ("crm_emea:opportunity:opp-1", "CONCERNS", "crm_emea:account:acc-18"),
            ("crm_emea:opportunity:opp-1", "CONCERNS", "inventory:site:SIT1"),
            ("crm_emea:opportunity:opp-1", "CONCERNS", "contracts:agreement_item:A1/1"),
        }

    def test_one_that_was_lost_has_the_day(self) -> None:
        claims = mapped("opportunity", "opp-1", statecode=2, actualclosedate="2026-11-03T00:00:00Z")

        assert shown(claims, "Opportunity") == {
            "stage": "lost",
            "close_on": date(2026, 11, 3),
            "lost_on": date(2026, 11, 3),
        }

    def test_money_without_a_currency_and_a_chance_beyond_certainty_are_reported(self) -> None:
        claims = mapped("opportunity", "opp-1", **SELLING, estimatedvalue=5, closeprobability=130)

        assert shown(claims, "Opportunity") == {"stage": "Proposal"}
        assert claims.unknown == [
            "estimatedvalue (its currency is not told: send isocurrencycode)",
            "closeprobability (no percentage)",
        ]


def test_a_user_is_in_the_team_of_the_business_unit_while_enabled() -> None:
    unit = {"_businessunitid_value": "bu-1", f"_businessunitid_value{SHOWN}": "Paris"}
    enabled, disabled = (
        mapped("systemuser", "use-7", **USER, **unit, isdisabled=flag) for flag in (False, True)
    )

    assert said(enabled) == {("crm_emea:user:use-7", "MEMBER_OF", "crm_emea:team:bu-1", None, None)}
    assert shown(enabled, "Team") == {"name": "Paris"}
    assert said(disabled) == set()


def test_a_call_is_with_the_company_and_says_nothing_of_people() -> None:
    claims = mapped(
        "phonecall",
        "act-1",
        activityid="act-1",
        activitytypecode="phonecall",
        actualstart="2026-07-01T09:30:00",
        subject="Anne on renewal",
        _regardingobjectid_value="acc-18",
    )

    assert said(claims) == {("crm_emea:activity:act-1", "WITH", "crm_emea:account:acc-18")}
    assert shown(claims, "Interaction") == {
        "kind": "phonecall",
        "at": datetime(2026, 7, 1, 7, 30, tzinfo=UTC),
    }
    assert claims.unknown == []
