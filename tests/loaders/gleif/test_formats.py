"""One record says the same in every format it comes in."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from graph.errors import SourceError
from loaders.source import Delivery, Extracted, Ignored, RawRecord, Source

LEI_XML = """<?xml version="1.0" encoding="UTF-8"?>
<lei:LEIData xmlns:lei="http://www.gleif.org/data/schema/leidata/2016"
  xmlns:gleif="http://www.gleif.org/data/schema/golden-copy/extensions/1.0">
 <lei:LEIHeader><lei:ContentDate>2023-06-05T08:20:51Z</lei:ContentDate>
  <lei:FileContent>GLEIF_FULL_PUBLISHED</lei:FileContent>
  <lei:RecordCount>1</lei:RecordCount></lei:LEIHeader>
 <lei:LEIRecords>
  <lei:LEIRecord><lei:LEI>{lei}</lei:LEI>
   <lei:Entity><lei:LegalName xml:lang="sv">Söder &amp; Co</lei:LegalName>
    <lei:OtherEntityNames>
     <lei:OtherEntityName xml:lang="sv" type="PREVIOUS_LEGAL_NAME">Norr</lei:OtherEntityName>
    </lei:OtherEntityNames>
    <lei:HeadquartersAddress xml:lang="sv">
     <lei:FirstAddressLine>A 1</lei:FirstAddressLine>
     <lei:AdditionalAddressLine>B</lei:AdditionalAddressLine>
     <lei:AdditionalAddressLine>C</lei:AdditionalAddressLine>
     <lei:City>Lund</lei:City><lei:Country>SE</lei:Country>
    </lei:HeadquartersAddress>
    <lei:LegalForm><lei:EntityLegalFormCode>XJHM</lei:EntityLegalFormCode></lei:LegalForm>
    <lei:EntityStatus>INACTIVE</lei:EntityStatus>
    <lei:SuccessorEntity><lei:SuccessorLEI>{heir}</lei:SuccessorLEI></lei:SuccessorEntity>
    <lei:LegalEntityEvents>
     <lei:LegalEntityEvent group_type="STANDALONE" event_status="COMPLETED">
      <lei:LegalEntityEventType>ABSORPTION</lei:LegalEntityEventType>
      <lei:LegalEntityEventEffectiveDate>2020-12-31T23:00:00Z</lei:LegalEntityEventEffectiveDate>
      <lei:AffectedFields><lei:AffectedField
        field_xpath="/lei:LEIData/lei:SuccessorEntity/lei:SuccessorLEI">{heir}</lei:AffectedField>
      </lei:AffectedFields>
     </lei:LegalEntityEvent>
    </lei:LegalEntityEvents>
   </lei:Entity>
   <lei:Registration><lei:LastUpdateDate>2021-02-01T10:00:00Z</lei:LastUpdateDate>
    <lei:RegistrationStatus>RETIRED</lei:RegistrationStatus></lei:Registration>
   <lei:Extension><gleif:Geocoding><gleif:lat>1.0</gleif:lat></gleif:Geocoding></lei:Extension>
  </lei:LEIRecord>
 </lei:LEIRecords>
</lei:LEIData>"""

RR_XML = """<rr:RelationshipData xmlns:rr="http://www.gleif.org/data/schema/rr/2016"><rr:Header/>
<rr:RelationshipRecords><rr:RelationshipRecord><rr:Relationship>
<rr:StartNode><rr:NodeID>{lei}</rr:NodeID><rr:NodeIDType>LEI</rr:NodeIDType></rr:StartNode>
<rr:EndNode><rr:NodeID>{heir}</rr:NodeID><rr:NodeIDType>LEI</rr:NodeIDType></rr:EndNode>
<rr:RelationshipType>IS_DIRECTLY_CONSOLIDATED_BY</rr:RelationshipType>
<rr:RelationshipPeriods>
<rr:RelationshipPeriod><rr:StartDate>2018-01-01</rr:StartDate><rr:EndDate>2018-12-31</rr:EndDate>
<rr:PeriodType>ACCOUNTING_PERIOD</rr:PeriodType></rr:RelationshipPeriod>
<rr:RelationshipPeriod><rr:StartDate>2012-01-01</rr:StartDate>
<rr:PeriodType>RELATIONSHIP_PERIOD</rr:PeriodType></rr:RelationshipPeriod>
</rr:RelationshipPeriods>
<rr:RelationshipStatus>ACTIVE</rr:RelationshipStatus>
<rr:RelationshipQualifiers><rr:RelationshipQualifier>
<rr:QualifierDimension>ACCOUNTING_STANDARD</rr:QualifierDimension>
</rr:RelationshipQualifier></rr:RelationshipQualifiers>
</rr:Relationship></rr:RelationshipRecord></rr:RelationshipRecords></rr:RelationshipData>"""

REPEX_XML = """<repex:ReportingExceptionData xmlns:repex="http://www.gleif.org/data/schema/repex/2016">
<repex:ReportingExceptions><repex:Exception><repex:LEI>{lei}</repex:LEI>
<repex:ExceptionCategory>DIRECT_ACCOUNTING_CONSOLIDATION_PARENT</repex:ExceptionCategory>
<repex:ExceptionReason>NON_PUBLIC</repex:ExceptionReason>
<repex:ExceptionReason>NO_LEI</repex:ExceptionReason>
</repex:Exception></repex:ReportingExceptions></repex:ReportingExceptionData>"""


def read(source: Source, path: Path) -> tuple[list[Extracted], Delivery]:
    delivery = Delivery(path)
    return list(source.extract(delivery)), delivery


def payloads(source: Source, path: Path) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (item.record_type, item.native_id, item.payload)
        for item in read(source, path)[0]
        if isinstance(item, RawRecord)
    ]


def columns(words: Any) -> dict[str, str]:
    other, event = (
        "Entity.OtherEntityNames.OtherEntityName.1",
        "Entity.LegalEntityEvents.LegalEntityEvent.1",
    )
    return {
        "LEI": words.lei(1),
        "Entity.LegalName": "Söder & Co",
        "Entity.LegalName.xmllang": "sv",
        other: "Norr",
        f"{other}.xmllang": "sv",
        f"{other}.type": "PREVIOUS_LEGAL_NAME",
        "Entity.HeadquartersAddress.xmllang": "sv",
        "Entity.HeadquartersAddress.FirstAddressLine": "A 1",
        "Entity.HeadquartersAddress.AdditionalAddressLine.1": "B",
        "Entity.HeadquartersAddress.AdditionalAddressLine.2": "C",
        "Entity.HeadquartersAddress.City": "Lund",
        "Entity.HeadquartersAddress.Country": "SE",
        "Entity.LegalForm.EntityLegalFormCode": "XJHM",
        "Entity.EntityStatus": "INACTIVE",
        "Entity.SuccessorEntity.1.SuccessorLEI": words.lei(2),
        f"{event}.group_type": "STANDALONE",
        f"{event}.event_status": "COMPLETED",
        f"{event}.LegalEntityEventType": "ABSORPTION",
        f"{event}.LegalEntityEventEffectiveDate": "2020-12-31T23:00:00Z",
        f"{event}.AffectedFields.1.AffectedField": words.lei(2),
        f"{event}.AffectedFields.1.field_xpath": (
            "/lei:LEIData/lei:SuccessorEntity/lei:SuccessorLEI"
        ),
        "Registration.LastUpdateDate": "2021-02-01T10:00:00Z",
        "Registration.RegistrationStatus": "RETIRED",
    }


def test_a_record_is_the_same_as_csv_and_as_xml(gleif: Source, words: Any, tmp_path: Path) -> None:
    xml = tmp_path / "a.xml"
    xml.write_text(LEI_XML.format(lei=words.lei(1), heir=words.lei(2)), encoding="utf-8")
    table = words.write(tmp_path / "a.csv", [columns(words)])

    assert payloads(gleif, xml) == [("lei_record", words.lei(1), columns(words))]
    assert payloads(gleif, table) == payloads(gleif, xml)


def test_the_header_of_xml_says_what_the_delivery_is(
    gleif: Source, words: Any, tmp_path: Path
) -> None:
    xml = tmp_path / "a.xml"
    xml.write_text(LEI_XML.format(lei=words.lei(1), heir=words.lei(2)), encoding="utf-8")

    _, delivery = read(gleif, xml)
    assert (delivery.watermark, delivery.full, delivery.expected, delivery.covered) == (
        "2023-06-05T08:20:51Z",
        True,
        1,
        {"lei_record"},
    )

    xml.write_text(xml.read_text("utf-8").replace("GLEIF_FULL", "GLEIF_DELTA"), encoding="utf-8")
    assert read(gleif, xml)[1].full is False


def test_relationships_and_exceptions_have_the_columns_names_too(
    gleif: Source, words: Any, tmp_path: Path
) -> None:
    child, parent = words.lei(1), words.lei(2)
    (tmp_path / "rr.xml").write_text(RR_XML.format(lei=child, heir=parent))
    (tmp_path / "repex.xml").write_text(REPEX_XML.format(lei=child))

    row = words.parent(1, 2)
    del row["Registration.RegistrationStatus"], row["Registration.LastUpdateDate"]
    row |= words.period("2018-01-01", "2018-12-31", "ACCOUNTING", n=1)
    row |= words.period("2012-01-01", n=2)
    row["Relationship.Qualifiers.1.QualifierDimension"] = "ACCOUNTING_STANDARD"
    del row["Relationship.Period.2.endDate"]
    assert payloads(gleif, tmp_path) == [
        ("relationship_record", f"{child}|IS_DIRECTLY_CONSOLIDATED_BY|{parent}", row),
        (
            "reporting_exception",
            f"{child}|DIRECT_ACCOUNTING_CONSOLIDATION_PARENT",
            {
                "LEI": child,
                "Exception.Category": "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT",
                "Exception.Reason.1": "NON_PUBLIC",
                "Exception.Reason.2": "NO_LEI",
            },
        ),
    ]


def test_an_answer_of_the_api_says_what_the_golden_copy_says(
    gleif: Source, words: Any, tmp_path: Path
) -> None:
    attributes = {
        "lei": words.lei(1),
        "entity": {
            "legalName": {"name": "Söder & Co", "language": "sv"},
            "otherNames": [{"name": "Norr", "language": "sv", "type": "PREVIOUS_LEGAL_NAME"}],
            "headquartersAddress": {
                "language": "sv",
                "addressLines": ["A 1", "B", "C"],
                "city": "Lund",
                "country": "SE",
                "postalCode": None,
            },
            "legalForm": {"id": "XJHM", "other": None},
            "status": "INACTIVE",
            "successorEntity": {"lei": words.lei(2), "name": None},
            "successorEntities": [{"lei": words.lei(2)}],
            "eventGroups": [
                {
                    "groupType": "STANDALONE",
                    "events": [
                        {
                            "type": "ABSORPTION",
                            "status": "COMPLETED",
                            "effectiveDate": "2020-12-31T23:00:00Z",
                        }
                    ],
                }
            ],
        },
        "registration": {"status": "RETIRED", "lastUpdateDate": "2021-02-01T10:00:00Z"},
        "bic": ["AZSEDEMMXXX"],
    }
    item = {"type": "lei-records", "id": words.lei(1), "attributes": attributes}
    path = tmp_path / "answer.json"
    path.write_text(json.dumps({"data": item}))

    [record], delivery = read(gleif, path)
    assert isinstance(record, RawRecord)
    from_api = gleif.transform(record)
    from_csv = gleif.transform(RawRecord("lei_record", words.lei(1), columns(words)))

    assert from_api.unknown == []
    assert from_api.links == from_csv.links
    assert from_api.facts[:-1] == from_csv.facts
    assert from_api.nodes[:-1] == from_csv.nodes
    assert from_api.nodes[-1].properties == {
        "scheme": "bic",
        "value": "AZSEDEMMXXX",
        "issuer": None,
        "is_valid": True,
    }
    assert (delivery.full, delivery.covered) == (False, set())


def test_an_answer_that_there_is_nothing_is_left_out_by_name(gleif: Source, tmp_path: Path) -> None:
    path = tmp_path / "no_parent.json"
    path.write_text('{"errors": [{"status": "404", "detail": "Related resource not found"}]}')

    assert read(gleif, path)[0] == [Ignored("not_found", "Related resource not found")]


def test_any_other_error_of_the_api_ends_the_delivery(gleif: Source, tmp_path: Path) -> None:
    path = tmp_path / "busy.json"
    path.write_text('{"errors": [{"status": "429", "title": "Too Many Requests"}]}')

    with pytest.raises(SourceError) as caught:
        read(gleif, path)

    assert caught.value.sentence == (
        f"the API answered 429: Too Many Requests [{path}:1] -> "
        "ask the API again, later if it was too often"
    )


@pytest.mark.parametrize("kind", ["IS_FUND-MANAGED_BY", "IS_SUBFUND_OF", "IS_FEEDER_TO"])
def test_ties_of_funds_are_left_out_by_name(
    gleif: Source, words: Any, tmp_path: Path, kind: str
) -> None:
    path = words.write(tmp_path / "rr.csv", [words.parent(1, 2, kind)])

    assert read(gleif, path)[0] == [
        Ignored(kind, "funds are neither owned nor consolidated by this")
    ]
    assert kind in gleif.spec.ignores


def test_a_packed_file_is_read_like_a_plain_one(gleif: Source, words: Any, tmp_path: Path) -> None:
    plain = words.write(tmp_path / "a.csv", [words.company(1)])
    packed = tmp_path / "b.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))

    assert payloads(gleif, packed) == payloads(gleif, plain)
