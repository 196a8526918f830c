"""What an LEI record says of one company."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from graph.errors import RecordRejected
from graph.facts.claims import Claims

Said = Callable[[str, dict[str, Any]], Claims]


def entity(claims: Claims) -> dict[str, Any]:
    return next(node.properties for node in claims.nodes if node.ref.label == "LegalEntity")


def names(claims: Claims) -> list[tuple[Any, ...]]:
    """Kind, language, value, from and to of every name."""
    values = {node.ref: node.properties for node in claims.nodes if node.ref.label == "Name"}
    return [
        (
            values[fact.end]["kind"],
            values[fact.end]["language"],
            values[fact.end]["value"],
            fact.valid_from,
            fact.valid_to,
        )
        for fact in claims.facts
        if fact.type == "HAS_NAME"
    ]


def numbers(claims: Claims) -> list[tuple[Any, ...]]:
    return [
        tuple(node.properties[name] for name in ("scheme", "issuer", "value", "is_valid"))
        for node in claims.nodes
        if node.ref.label == "Identifier"
    ]


def links(claims: Claims) -> list[tuple[str, str, str]]:
    return [(link.start.reference, link.type, link.end.reference) for link in claims.links]


def test_a_company_with_address_register_and_form(said: Said, words: Any) -> None:
    row = words.company(
        1,
        created="2006-10-12T22:00:00Z",
        register="RA000304",
        registered_as="HRB 164232",
        **{
            "Entity.LegalName.xmllang": "de",
            "Entity.LegalJurisdiction": "DE",
            "Entity.EntityCategory": "GENERAL",
            "Entity.LegalForm.EntityLegalFormCode": "SGST",
            "Entity.LegalAddress.FirstAddressLine": "Königinstr. 28",
            "Entity.LegalAddress.PostalCode": "80802",
            "Entity.LegalAddress.City": "München",
            "Entity.LegalAddress.Region": "DE-BY",
            "Entity.LegalAddress.Country": "DE",
            "Entity.HeadquartersAddress.FirstAddressLine": "One Plaza",
            "Entity.HeadquartersAddress.AdditionalAddressLine.1": "3rd Floor",
            "Entity.HeadquartersAddress.City": "Greenwich",
            "Entity.HeadquartersAddress.Country": "US",
        },
    )

    claims = said("lei_record", row)

    assert entity(claims) == {
        "lei": words.lei(1),
        "name": "Alpha AG",
        "jurisdiction": "DE",
        "legal_form": "SGST",
        "legal_form_name": None,
        "category": "GENERAL",
        "status": "ACTIVE",
        "status_since": None,
        "registration_status": "ISSUED",
        "created_on": date(2006, 10, 13),
        "ended_on": None,
        "legal_address": "Königinstr. 28, 80802 München, DE",
        "hq_address": "One Plaza, 3rd Floor, Greenwich, US",
        "hq_city": "Greenwich",
        "hq_country": "US",
    }
    assert numbers(claims) == [
        ("lei", None, words.lei(1), True),
        ("registry", "RA000304", "HRB 164232", True),
    ]
    assert links(claims) == [
        (f"lei:{words.lei(1)}", "HAS_FORM", "elf:SGST"),
        ("identifier:registry:RA000304:HRB 164232", "ISSUED_BY", "ra:RA000304"),
    ]
    assert claims.happened_on == date(2025, 6, 1)
    assert claims.unknown == []


def test_every_kind_of_name_is_kept_once(said: Said, words: Any) -> None:
    other = "Entity.OtherEntityNames.OtherEntityName"
    latin = "Entity.TransliteratedOtherEntityNames.TransliteratedOtherEntityName.1"
    row = words.company(
        1,
        "Альфа",
        **{
            "Entity.LegalName.xmllang": "ru",
            f"{other}.1": "Alpha",
            f"{other}.1.type": "TRADING_OR_OPERATING_NAME",
            f"{other}.1.xmllang": "en",
            f"{other}.2": "Alpha SA",
            f"{other}.2.type": "ALTERNATIVE_LANGUAGE_LEGAL_NAME",
            f"{other}.2.xmllang": "fr",
            f"{other}.3": "Старая Альфа",
            f"{other}.3.type": "PREVIOUS_LEGAL_NAME",
            f"{other}.4": "Alpha",
            f"{other}.4.type": "TRADING_OR_OPERATING_NAME",
            f"{other}.4.xmllang": "en",
            latin: "Alfa",
            f"{latin}.type": "PREFERRED_ASCII_TRANSLITERATED_LEGAL_NAME",
        },
    )

    assert names(said("lei_record", row)) == [
        ("legal", "ru", "Альфа", None, None),
        ("trading", "en", "Alpha", None, None),
        ("legal", "fr", "Alpha SA", None, None),
        ("former", None, "Старая Альфа", None, None),
        ("transliterated", None, "Alfa", None, None),
    ]


def renamed(words: Any, *effective: str, status: str = "COMPLETED") -> dict[str, str]:
    row: dict[str, str] = words.company(
        1,
        "New AG",
        **{
            "Entity.OtherEntityNames.OtherEntityName.1": "Old AG",
            "Entity.OtherEntityNames.OtherEntityName.1.type": "PREVIOUS_LEGAL_NAME",
        },
    )
    for number, when in enumerate(effective, 1):
        row |= words.event("CHANGE_LEGAL_NAME", when, status, n=number)
    return row


def test_the_only_change_of_name_dates_both_names(said: Said, words: Any) -> None:
    claims = said("lei_record", renamed(words, "2021-11-01T23:00:00Z"))

    assert names(claims) == [
        ("legal", None, "New AG", date(2021, 11, 2), None),
        ("former", None, "Old AG", None, date(2021, 11, 2)),
    ]


@pytest.mark.parametrize(
    ("effective", "status"),
    [
        (("2021-11-01T00:00:00Z", "2023-01-01T00:00:00Z"), "COMPLETED"),
        (("2021-11-01T00:00:00Z",), "IN_PROGRESS"),
        ((), "COMPLETED"),
    ],
    ids=["two changes", "in progress", "none"],
)
def test_no_other_change_of_name_dates_a_name(
    said: Said, words: Any, effective: tuple[str, ...], status: str
) -> None:
    claims = said("lei_record", renamed(words, *effective, status=status))

    assert [name[3:] for name in names(claims)] == [(None, None), (None, None)]


def test_a_wrong_checksum_is_kept_and_flagged(said: Said, words: Any) -> None:
    row = {**words.company(1), "LEI": "0292001629A3Q7XJ0D13"}

    claims = said("lei_record", row)

    assert entity(claims)["lei"] == "0292001629A3Q7XJ0D13"
    assert numbers(claims) == [("lei", None, "0292001629A3Q7XJ0D13", False)]


@pytest.mark.parametrize("value", ["", "529900", "5299-0000-0000-0000-1"])
def test_what_has_not_the_form_of_an_lei_is_rejected(said: Said, words: Any, value: str) -> None:
    with pytest.raises(RecordRejected, match="is not an LEI: twenty letters and digits") as caught:
        said("lei_record", {**words.company(1), "LEI": value})

    assert (caught.value.where, caught.value.remedy) == ("LEI", "ask the issuer of the LEI")


@pytest.mark.parametrize("code", ["RA777777", "RA888888", "RA999999"])
def test_a_number_of_no_listed_register_joins_no_one(said: Said, words: Any, code: str) -> None:
    claims = said("lei_record", words.company(1, register=code, registered_as="4988"))

    assert numbers(claims)[1:] == [("unlisted_registry", None, "4988", True)]
    assert links(claims) == []


@pytest.mark.parametrize("code", ["8888", "9999"])
def test_a_code_for_no_legal_form_is_shown_and_leads_nowhere(
    said: Said, words: Any, code: str
) -> None:
    row = words.company(
        1,
        **{
            "Entity.LegalForm.EntityLegalFormCode": code,
            "Entity.LegalForm.OtherLegalForm": "LIMITED",
        },
    )

    claims = said("lei_record", row)

    shown = entity(claims)
    assert (shown["legal_form"], shown["legal_form_name"]) == (code, "LIMITED")
    assert links(claims) == []


def test_31_february_is_rejected_with_its_field(said: Said, words: Any) -> None:
    with pytest.raises(RecordRejected) as caught:
        said("lei_record", words.company(1, created="2019-02-31T00:00:00Z"))

    assert caught.value.sentence == (
        "'2019-02-31T00:00:00Z' is not a day [Entity.EntityCreationDate] -> "
        "ask the issuer of the LEI to mend it; GLEIF writes ISO 8601"
    )


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("1905-03-01T00:00:00Z", date(1905, 3, 1)),
        ("2018-11-19T11:59:00.000Z", date(2018, 11, 19)),
        ("2018-11-19T12:00:00Z", date(2018, 11, 20)),
        ("2018-12-31T23:00:00+00:00", date(2019, 1, 1)),
        ("2018-12-31", date(2018, 12, 31)),
        ("1514764800000", date(2018, 1, 1)),
        ("-86400000", date(1969, 12, 31)),
    ],
)
def test_a_stamp_means_the_day_where_it_was_set(
    said: Said, words: Any, stamp: str, expected: date
) -> None:
    assert entity(said("lei_record", words.company(1, created=stamp)))["created_on"] == expected


def test_an_unknown_field_or_value_is_reported(said: Said, words: Any) -> None:
    row = words.company(
        1,
        **{
            "Entity.Colour": "red",
            "Entity.EntityCategory": "CLUB",
            "Entity.OtherEntityNames.OtherEntityName.1": "A",
            "Entity.OtherEntityNames.OtherEntityName.1.type": "NICKNAME",
            "Entity.LegalEntityEvents.LegalEntityEvent.1.Weather": "rain",
            "Registration.ManagingLOU": words.lei(9),
        },
    )

    claims = said("lei_record", row)

    assert entity(claims)["category"] is None
    assert sorted(claims.unknown) == [
        "Entity.Colour",
        "Entity.EntityCategory=CLUB",
        "Entity.LegalEntityEvents.LegalEntityEvent.1.Weather",
        "Entity.OtherEntityNames.type=NICKNAME",
    ]
