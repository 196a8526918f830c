"""Reference lists, and files GLEIF does not publish: told by content, refused by name."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from graph.errors import SourceError
from loaders.gleif.content import content_of
from loaders.source import Delivery, Extracted, RawRecord, Source


def until_refused(source: Source, path: Path) -> tuple[list[Extracted], str]:
    """What was read, and what ended the reading ('' for nothing)."""
    found: list[Extracted] = []
    try:
        for item in source.extract(Delivery(path)):
            found.append(item)
    except SourceError as error:
        return found, error.what
    return found, ""


def test_lists_give_one_record_a_code(gleif: Source, tmp_path: Path) -> None:
    elf = tmp_path / "elf.csv"
    elf.write_text(
        "ELF Code,Country Code (ISO 3166-1),Country sub-division code (ISO 3166-2),"
        "Entity Legal Form name Local name,Language,"
        "Entity Legal Form name Transliterated name (per ISO 01-140-10),"
        "Abbreviations Local language,Abbreviations transliterated,ELF Status ACTV/INAC,Colour\n"
        "106J,BY,,Закрытае,Belarusian,Zakrytae,ЗАТ,ZAT,ACTV,\n"
        "106J,BY,,Закрытое,Russian,Zakrytoe,ЗАО,ZAO,ACTV,red\n",
        encoding="utf-8-sig",
    )
    authorities = tmp_path / "ra.csv"
    authorities.write_text(
        "Registration Authority Code,Country,Country Code,International name of Register,"
        "International name of organisation responsible for the Register,Website\n"
        "RA000814,Benin,BJ,,Central Bank,https://bank.example\n"
        "RA000814,Burkina Faso,BF,,Central Bank,https://bank.example\n",
        encoding="utf-8-sig",
    )

    claims = [
        gleif.transform(item)
        for item in gleif.extract(Delivery(tmp_path))
        if isinstance(item, RawRecord)
    ]

    assert [(one.nodes[0].ref.reference, one.nodes[0].properties) for one in claims] == [
        (
            "ra:RA000814",
            {
                "code": "RA000814",
                "name": "Central Bank",
                "organisation": "Central Bank",
                "jurisdictions": ["BJ", "BF"],
                "website": "https://bank.example",
            },
        ),
        (
            "elf:106J",
            {
                "code": "106J",
                "name": "Закрытае",
                "other_names": ["Закрытое", "Zakrytae", "Zakrytoe"],
                "abbreviations": ["ЗАТ", "ZAT", "ЗАО", "ZAO"],
                "jurisdiction": "BY",
                "status": "ACTIVE",
            },
        ),
    ]
    assert [one.unknown for one in claims] == [[], ["Colour"]]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{"generated_at": "x", "direct_children": []}', "holds a tree that somebody made"),
        ('[{"statementID": "1"}]', "holds BODS statements"),
        ('[["A", "B", "OWNS"]]', "holds edges that somebody made"),
        ('{"weather": "rain"}', "holds JSON of no shape that GLEIF publishes"),
    ],
    ids=["tree", "BODS", "edges", "anything"],
)
def test_what_others_derived_is_refused_by_name_after_the_rest_was_read(
    gleif: Source, words: Any, tmp_path: Path, text: str, what: str
) -> None:
    words.write(tmp_path / "z.csv", [words.company(1)])
    (tmp_path / "a.json").write_text(text)

    found, refused = until_refused(gleif, tmp_path)

    assert len(found) == 1
    assert refused.startswith(f"a.json {what}")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the file is empty [{path}] -> fetch it again"),
        (b"\xef\xbb\xbf \n", "the file is empty [{path}] -> fetch it again"),
        (
            "LEI,Entity.LegalName\n".encode("utf-16"),
            "the file is UTF-16, and GLEIF's are UTF-8 [{path}:1] -> "
            "convert it to UTF-8, or fetch it again",
        ),
        (
            b"<html/>",
            "the root element is html, not LEIData, RelationshipData, ReportingExceptionData "
            "[{path}:1] -> give a file of LEI-CDF, RR-CDF or reporting exceptions",
        ),
        (
            b"id;name\n1;Alpha\n",
            "the header is of no list that GLEIF publishes: id;name [{path}:1] -> give the golden "
            "copy, the ELF list or the RA list; if GLEIF changed its columns, mend "
            "loaders/gleif/content.py",
        ),
    ],
    ids=["empty", "blank", "UTF-16", "HTML", "other columns"],
)
def test_a_file_of_no_known_kind_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "delivery.csv"
    path.write_bytes(content)

    with pytest.raises(SourceError) as caught:
        content_of(path)

    assert caught.value.sentence == sentence.format(path=path)


def test_every_field_of_the_real_files_is_mapped_or_left_out_by_name(
    gleif: Source, shared: Path
) -> None:
    unknown, records, refusing = Counter[str](), 0, []
    for folder in ("gleif_csv_ft", "gleif_cdf_xml", "gleif_api_allianz", "gleif_api_british"):
        found, refused = until_refused(gleif, shared / "legal_entities" / folder)
        refusing += [folder] if refused else []
        for item in found:
            if isinstance(item, RawRecord):
                unknown.update(gleif.transform(item).unknown)
                records += 1

    assert refusing == ["gleif_cdf_xml", "gleif_api_allianz"]
    assert (records, unknown) == (855, Counter())
