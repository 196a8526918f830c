"""Organizations and customers say who they are, under which names, below whom and in which role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graph.errors import RecordRejected

LEI = "213800WSGIIZCXF1P572"


def test_the_published_organization_is_a_company_with_a_former_name_and_a_legal_parent(
    say: Callable[..., Any], published: Callable[[str], Any]
) -> None:
    said = say(published("TMF632_Party/Organization.example.json"))

    assert said.record == ("organization", "128")
    assert said.nodes == {
        "LegalEntity tmforum:organization:128": {
            "name": "Coffee Do Brazil Fair Trade",
            "legal_form_name": "inc",
            "status": "ACTIVE",
            "created_on": "2015-10-22",
        },
        "Name name:trading::Coffee Do Brazil Fair Trade": {
            "value": "Coffee Do Brazil Fair Trade",
            "kind": "trading",
        },
        "Name name:trading::General Coffee": {"value": "General Coffee", "kind": "trading"},
    }
    me = "tmforum:organization:128"
    assert said.facts == {
        (me, "HAS_NAME", "name:trading::Coffee Do Brazil Fair Trade", "", ""),
        (me, "HAS_NAME", "name:trading::General Coffee", "2015-10-22", "2017-10-22"),
        (me, "PARENT_IN[legal]", "tmforum:organization:800", "", ""),
    }
    assert said.unknown == []


def test_the_published_customer_plays_a_role_for_as_long_as_it_is_valid(
    say: Callable[..., Any], published: Callable[[str], Any]
) -> None:
    said = say(published("TMF629_Customer/Customer.example.json"))

    me = "tmforum:customer:1140"
    assert said.nodes == {
        f"Customer {me}": {"status": "Approved", "status_reason": "Account details checked"}
    }
    assert said.facts == {
        ("tmforum:organization:500", "PLAYS", me, "2018-06-12", "2019-01-11"),
        (me, "BILLED_BY", "tmforum:billing_account:8251", "", ""),
        (me, "PARTY_TO", "tmforum:agreement:4721", "", ""),
    }
    assert said.unknown == []


def test_an_organization_stands_under_its_strongest_identifier_and_its_id_is_the_same(
    say: Callable[..., Any], source: Any, extracted: Callable[..., Any]
) -> None:
    payload = {
        "@type": "Organization",
        "id": "7",
        "name": "Alpha Networks PLC",
        "organizationIdentification": [
            {"identificationType": "VAT number", "identificationId": "GB 980 7806 84"},
            {"identificationType": "LEI", "identificationId": LEI},
            {
                "identificationType": "commercialRegistration",
                "identificationId": "1234",
                "issuingAuthority": "RA000585",
            },
            {
                "identificationType": "commercialRegistration",
                "identificationId": "HRB 77",
                "issuingAuthority": "Amtsgericht Bonn",
            },
        ],
        "externalIdentifier": [
            {"externalIdentifierType": "DUNS", "id": "15-048-3782", "owner": "D&B"}
        ],
    }
    me = f"lei:{LEI}"

    said = say(payload)
    claims = source.transform(extracted(payload)[0])

    assert {fact for fact in said.facts if fact[1] == "HAS_IDENTIFIER"} == {
        (me, "HAS_IDENTIFIER", "identifier:vat:GB980780684", "", ""),
        (me, "HAS_IDENTIFIER", f"identifier:lei:{LEI}", "", ""),
        (me, "HAS_IDENTIFIER", "identifier:registry:RA000585:00001234", "", ""),
        (
            me,
            "HAS_IDENTIFIER",
            "identifier:commercialRegistration:Amtsgericht Bonn:HRB 77",
            "",
            "",
        ),
        (me, "HAS_IDENTIFIER", "identifier:duns:150483782", "", ""),
    }
    assert [(left.reference, right.reference) for left, right, _ in claims.same] == [
        (me, "tmforum:organization:7")
    ]


@pytest.mark.parametrize("value", ["213800WSGIIZCXF1P573", "N/A", ""])
def test_an_identifier_that_fails_its_check_founds_nothing(
    say: Callable[..., Any], value: str
) -> None:
    said = say(
        {
            "@type": "Organization",
            "id": "7",
            "name": "Alpha",
            "organizationIdentification": [
                {"identificationType": "LEI", "identificationId": value}
            ],
        }
    )

    assert "LegalEntity tmforum:organization:7" in said.nodes


@pytest.mark.parametrize(
    ("kind", "view"),
    [
        ("juridical", "legal"),
        ("hierarchical", "commercial"),
        ("functional", "commercial"),
        ("Geographical", "regional"),
    ],
)
def test_a_kind_of_parent_is_read_into_one_view(
    say: Callable[..., Any], kind: str, view: str
) -> None:
    said = say(
        {
            "@type": "Organization",
            "id": "7",
            "organizationParentRelationship": {
                "relationshipType": kind,
                "organization": {"id": "1"},
            },
        }
    )

    assert said.facts == {
        ("tmforum:organization:7", f"PARENT_IN[{view}]", "tmforum:organization:1", "", "")
    }


@pytest.mark.parametrize(
    ("field", "change"),
    [
        (
            "organizationParentRelationship.relationshipType",
            {"organizationParentRelationship": {"organization": {"id": "1"}}},
        ),
        ("status", {"status": "dormant"}),
        ("existsDuring.startDateTime", {"existsDuring": {"startDateTime": "2021-02-31"}}),
        ("existsDuring", {"existsDuring": "2021"}),
    ],
)
def test_what_is_not_understood_of_an_organization_rejects_it_by_field(
    say: Callable[..., Any], field: str, change: dict[str, Any]
) -> None:
    with pytest.raises(RecordRejected) as rejected:
        say({"@type": "Organization", "id": "7", **change})

    assert rejected.value.where == field


def test_an_unknown_field_and_an_unknown_reference_are_reported(say: Callable[..., Any]) -> None:
    said = say(
        {
            "@type": "Organization",
            "id": "7",
            "favouriteColour": "blue",
            "externalReference": [
                {"externalReferenceType": "fleetNumber", "name": "9"},
                {"externalReferenceType": "internetSite", "name": "http://alpha.example"},
            ],
        }
    )

    assert said.unknown == ["favouriteColour", "externalReference[fleetNumber]"]


def test_a_v5_customer_is_read_like_a_v4_one(say: Callable[..., Any]) -> None:
    said = say(
        {
            "@type": "Customer",
            "id": "c1",
            "engagedParty": {"@type": "PartyRef", "@referredType": "Organization", "id": "500"},
            "account": [
                {"@type": "AccountRef", "@referredType": "BillingAccount", "id": "b1"},
                {"@type": "AccountRef", "@referredType": "FinancialAccount", "id": "f1"},
            ],
            "externalIdentifier": [
                {"owner": "crm", "externalIdentifierType": "customer", "id": "77"}
            ],
        }
    )

    assert said.facts == {
        ("tmforum:organization:500", "PLAYS", "tmforum:customer:c1", "", ""),
        ("tmforum:customer:c1", "BILLED_BY", "tmforum:billing_account:b1", "", ""),
    }
    assert said.unknown == []
