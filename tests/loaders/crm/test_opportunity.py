"""What a row of an opportunity says."""

from __future__ import annotations

from datetime import date

import pytest

from graph.errors import RecordRejected
from tests.loaders.crm.conftest import ACME, mapped, said


class TestOpportunity:
    def test_money_needs_a_currency_and_is_reported_without_one(self) -> None:
        row = {"id": "006A", "stage_name": "Won", "account_id": ACME, "amount": "1200.5"}
        guessed = mapped("opportunity", **row)
        told = mapped("opportunity", **row, **{"--option currency": "EUR"})

        assert guessed.nodes[0].properties["amount"] is None
        assert guessed.unknown == ["amount (its currency is not told: give --option currency=EUR)"]
        said_of_it = told.nodes[0].properties
        assert {name: value for name, value in said_of_it.items() if value is not None} == {
            "stage": "Won",
            "amount": 120050,
            "currency": "EUR",
        }
        assert said(told) == {("crm:opportunity:006A", "CONCERNS", f"crm:account:{ACME}")}

    def test_one_that_is_closed_and_not_won_was_lost_on_the_day_of_its_stage(self) -> None:
        row = {
            "id": "006A",
            "stage_name": "Closed Lost",
            "type": "Renewal",
            "probability": "0",
            "close_date": "2026-11-30",
            "last_stage_change_date": "2026-11-20",
            "is_closed": "true",
        }

        lost = mapped("opportunity", **row, is_won="false").nodes[0].properties
        won = mapped("opportunity", **row, is_won="true").nodes[0].properties

        assert (lost["lost_on"], won["lost_on"]) == (date(2026, 11, 20), None)
        assert (lost["kind"], lost["probability"]) == ("Renewal", 0.0)

    def test_it_concerns_what_other_systems_name(self) -> None:
        claims = mapped(
            "opportunity",
            Id="006A",
            StageName="Proposal",
            Site__c="SIT1",
            Agreement_Items__c="A1/1 A1/2",
            Offerings__c="O1",
        )

        assert said(claims) == {
            ("crm:opportunity:006A", "CONCERNS", "inventory:site:SIT1"),
            ("crm:opportunity:006A", "CONCERNS", "contracts:agreement_item:A1/1"),
            ("crm:opportunity:006A", "CONCERNS", "contracts:agreement_item:A1/2"),
            ("crm:opportunity:006A", "CONCERNS", "catalogue:offering:O1"),
        }

    def test_a_chance_beyond_certainty_is_reported_and_left_out(self) -> None:
        claims = mapped("opportunity", id="006A", stage_name="Proposal", probability="130")

        assert claims.nodes[0].properties["probability"] is None
        assert claims.unknown == ["probability (no percentage)"]

    def test_american_days_are_read_as_such_and_31_february_is_refused(self) -> None:
        row = {"opportunity_id": "1", "deal_stage": "Won", "product": "GTXPro"}
        claims = mapped("named_opportunity", **row, close_date="3/1/2017")

        assert claims.nodes[0].properties["close_on"] == date(2017, 3, 1)
        with pytest.raises(RecordRejected, match="is not a day"):
            mapped("named_opportunity", **row, close_date="2/31/2017")

    def test_one_without_an_account_is_kept(self) -> None:
        claims = mapped("named_opportunity", opportunity_id="1", deal_stage="Won", product="A")

        assert said(claims) == {("crm:named_opportunity:1", "CONCERNS", "crm:named_product:A")}
