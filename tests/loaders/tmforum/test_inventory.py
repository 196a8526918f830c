"""Products, services, sites, tickets and alarms keep the standard's states and the day of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graph.errors import RecordRejected


def test_the_published_product_is_realized_by_a_service_of_an_offering(
    say: Callable[..., Any], published: Callable[[str], Any]
) -> None:
    said = say(published("TMF637_Product_Inventory/Product.example.json"))

    me = "tmforum:product:g265-tf85"
    assert said.nodes == {f"Product {me}": {"status": "active", "starts_on": "2017-11-01"}}
    assert said.facts == {(me, "REALIZED_BY", "tmforum:service:123t-78k", "2017-11-01", "")}
    assert said.links == {(me, "OF_OFFERING", "tmforum:product_offering:PO-101-1")}
    assert said.unknown == []


def test_the_published_service_is_active_and_at_an_address_that_is_no_site(
    say: Callable[..., Any], published: Callable[[str], Any]
) -> None:
    said = say(published("TMF638_Service_Inventory/Service.example.json"))

    assert said.nodes == {
        "Service tmforum:service:5351": {
            "name": "vCPE serial 1355615",
            "state": "active",
            "activated_on": "2018-01-15",
        }
    }
    assert (said.facts, said.links, said.unknown) == (set(), set(), [])


def test_the_published_site_has_a_name(
    say: Callable[..., Any], published: Callable[[str], Any]
) -> None:
    said = say(published("TMF674_Geographic_Site/GeographicSite.example.json"))

    assert said.nodes == {"Site tmforum:geographic_site:sd65-8874": {"name": "Marseille Warehouse"}}
    assert (said.facts, said.links, said.unknown) == (set(), set(), [])


def test_the_published_ticket_is_pending_since_its_last_change(
    say: Callable[..., Any], published: Callable[[str], Any]
) -> None:
    said = say(published("TMF621_Trouble_Ticket/TroubleTicket.example.json"))

    assert said.nodes == {
        "TroubleTicket tmforum:trouble_ticket:3180": {
            "status": "pending",
            "status_since": "2019-05-31",
            "severity": "Urgent",
            "opened_at": "2019-05-31 07:34:45.968000+00:00",
        }
    }
    assert (said.facts, said.links, said.unknown) == (set(), set(), [])


def test_the_published_alarm_is_major_and_updated(
    say: Callable[..., Any], published: Callable[[str], Any]
) -> None:
    said = say(published("TMF642_Alarm/Alarm.example.json"))

    assert said.nodes == {
        "Alarm tmforum:alarm:8675309": {
            "severity": "major",
            "state": "updated",
            "raised_at": "2019-07-03 03:32:17.235000+00:00",
        }
    }
    assert (said.facts, said.links, said.unknown) == (set(), set(), [])


def test_a_product_adds_up_its_monthly_prices_and_names_the_item_that_governs_it(
    say: Callable[..., Any],
) -> None:
    euros = {"dutyFreeAmount": {"unit": "EUR", "value": 99.9}}
    said = say(
        {
            "@type": "Product",
            "id": "p",
            "status": "aborted ",
            "terminationDate": "2025-06-30T00:00:00Z",
            "productPrice": [
                {"priceType": "recurring", "recurringChargePeriod": "monthly", "price": euros},
                {
                    "priceType": "recurring",
                    "recurringChargePeriodType": "month",
                    "recurringChargePeriodLength": 1,
                    "price": {"dutyFreeAmount": {"unit": "EUR", "value": 0.1}},
                },
                {"priceType": "recurring", "recurringChargePeriod": "year", "price": euros},
                {"priceType": "oneTime", "price": euros},
            ],
            "agreement": [{"id": "40", "agreementItemId": "2"}, {"id": "41"}],
        }
    )

    assert said.nodes == {
        "Product tmforum:product:p": {
            "status": "aborted",
            "terminates_on": "2025-06-30",
            "price": 10_000,
            "currency": "EUR",
        }
    }
    assert said.facts == {("tmforum:agreement_item:40/2", "GOVERNS", "tmforum:product:p", "", "")}
    assert said.unknown == ["productPrice[recurring year]", "productPrice[oneTime]"]


def test_a_v5_service_has_an_operating_status_and_ends_at_a_site(say: Callable[..., Any]) -> None:
    said = say(
        {
            "@type": "Service",
            "id": "s",
            "state": "suspended",
            "operatingStatus": "degraded",
            "endDate": "2025-01-31T23:59:59Z",
            "place": [
                {"role": "A end", "place": {"@referredType": "GeographicSite", "id": "x"}},
                {"role": "Z end", "id": "y", "@referredType": "GeographicSite"},
            ],
        }
    )

    assert said.nodes == {
        "Service tmforum:service:s": {
            "state": "suspended",
            "operating_status": "degraded",
            "ceased_on": "2025-02-01",
        }
    }
    assert said.facts == {
        ("tmforum:service:s", "DELIVERED_AT", "tmforum:geographic_site:x", "", ""),
        ("tmforum:service:s", "DELIVERED_AT", "tmforum:geographic_site:y", "", ""),
    }


def test_a_site_takes_its_address_from_a_place_given_by_value(say: Callable[..., Any]) -> None:
    said = say(
        {
            "@type": "GeographicSite",
            "id": "x",
            "name": "Lyon",
            "place": [
                {
                    "@type": "GeographicAddress",
                    "streetNr": "5",
                    "streetName": "Rue Haute",
                    "postcode": "69001",
                    "city": "Lyon",
                    "country": "FR",
                }
            ],
            "relatedParty": [
                {"@referredType": "Organization", "id": "500", "role": "Occupant"},
                {"@referredType": "Organization", "id": "501", "role": "landlord"},
            ],
        }
    )

    assert said.nodes == {
        "Site tmforum:geographic_site:x": {
            "name": "Lyon",
            "address": "5 Rue Haute, 69001 Lyon, FR",
            "city": "Lyon",
            "country": "FR",
        }
    }
    assert said.links == {("tmforum:geographic_site:x", "IN_COUNTRY", "country:FR")}
    assert said.facts == {
        ("tmforum:organization:500", "OCCUPIES", "tmforum:geographic_site:x", "", "")
    }


@pytest.mark.parametrize(
    "related",
    [
        {"id": "s", "@referredType": "Service", "role": "affected"},
        {"role": "affected", "entity": {"id": "s", "@referredType": "Service"}},
    ],
)
def test_a_ticket_affects_the_service_it_names(
    say: Callable[..., Any], related: dict[str, Any]
) -> None:
    said = say(
        {
            "@type": "TroubleTicket",
            "id": "t",
            "relatedEntity": [related, {"id": "b", "@referredType": "CustomerBill"}],
        }
    )

    assert said.links == {("tmforum:trouble_ticket:t", "AFFECTS", "tmforum:service:s")}


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("closed", {"status": "closed", "resolved_at": "2025-03-01 09:00:00+00:00"}),
        ("inProgress", {"status": "inProgress"}),
    ],
)
def test_a_ticket_was_resolved_when_its_history_says_unless_it_is_open_again(
    say: Callable[..., Any], status: str, expected: dict[str, Any]
) -> None:
    said = say(
        {
            "@type": "TroubleTicket",
            "id": "t",
            "status": status,
            "statusChange": [
                {"status": "Resolved", "changeDate": "2025-03-01T10:00:00+01:00"},
                {"status": "Pending", "changeDate": "2025-03-02T10:00:00Z"},
            ],
        }
    )

    assert said.nodes["TroubleTicket tmforum:trouble_ticket:t"] == expected


def test_an_alarm_affects_services_and_says_whether_it_is_planned_work(
    say: Callable[..., Any],
) -> None:
    said = say(
        {
            "@type": "Alarm",
            "id": 7,
            "perceivedSeverity": "CRITICAL",
            "state": "cleared",
            "serviceAffecting": True,
            "plannedOutageIndicator": "planned",
            "alarmClearedTime": "2025-03-01T10:00:00Z",
            "affectedService": [{"id": "s"}],
        }
    )

    assert said.nodes == {
        "Alarm tmforum:alarm:7": {
            "severity": "critical",
            "state": "cleared",
            "service_affecting": True,
            "planned": True,
            "cleared_at": "2025-03-01 10:00:00+00:00",
        }
    }
    assert said.links == {("tmforum:alarm:7", "AFFECTS", "tmforum:service:s")}


@pytest.mark.parametrize(
    ("field", "payload"),
    [
        ("status", {"@type": "Product", "status": "sleeping"}),
        ("state", {"@type": "Service", "state": "running"}),
        ("operatingStatus", {"@type": "Service", "operatingStatus": "fine"}),
        ("status", {"@type": "TroubleTicket", "status": "lost"}),
        ("creationDate", {"@type": "TroubleTicket", "creationDate": "2025-02-30T10:00:00Z"}),
        ("perceivedSeverity", {"@type": "Alarm", "perceivedSeverity": "bad"}),
        ("plannedOutageIndicator", {"@type": "Alarm", "plannedOutageIndicator": "perhaps"}),
    ],
)
def test_a_word_that_the_standard_does_not_have_rejects_by_field(
    say: Callable[..., Any], field: str, payload: dict[str, Any]
) -> None:
    with pytest.raises(RecordRejected) as rejected:
        say({"id": "x", **payload})

    assert rejected.value.where == field
