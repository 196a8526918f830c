"""Broken deliveries: what was read stays, nothing is closed, and one line says what to do."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.connection import BatchSession
from graph.facts.run import Run
from loaders.source import Delivery, RawRecord, Source

Load = Callable[..., Run]

AGAIN = "fetch the file again and load it again: what was read is skipped"
XML = (
    '<lei:LEIData xmlns:lei="http://www.gleif.org/data/schema/leidata/2016">\n'
    "<lei:LEIHeader><lei:FileContent>GLEIF_FULL_PUBLISHED</lei:FileContent></lei:LEIHeader>\n"
    "<lei:LEIRecords>\n{records}\n</lei:LEIRecords></lei:LEIData>\n"
)
XML_RECORD = (
    "<lei:LEIRecord><lei:LEI>{lei}</lei:LEI><lei:Entity><lei:LegalName>{name}</lei:LegalName>"
    "</lei:Entity></lei:LEIRecord>"
)


def companies(words: Any, count: int) -> list[dict[str, str]]:
    return [words.company(number, f"Company {number}") for number in range(count)]


def standing(batches: BatchSession) -> int:
    """How many records the graph holds as current."""
    return int(
        batches.row(
            "MATCH (record:SourceRecord) WHERE record.recorded_to = "
            "datetime('9999-12-31T00:00:00Z') RETURN count(record)"
        )[0]
    )


def quarantined(batches: BatchSession) -> list[tuple[Any, ...]]:
    return batches.rows(
        "MATCH (item:Quarantined) RETURN item.native_id, item.file, item.line, item.field, "
        "item.reason, item.remedy ORDER BY item.native_id"
    )


def outcome(run: Run) -> tuple[Any, ...]:
    assert run.adds_up
    return run.status, run.closing, run.closed, run.loaded, run.rejected


def test_a_truncated_csv_keeps_what_was_read_and_closes_nothing(
    load: Load, batches: BatchSession, words: Any, tmp_path: Path
) -> None:
    path = words.write(tmp_path / "a.csv", companies(words, 6))
    load("gleif", path, full=True, as_of="2025-07-01")
    text = words.write(path, companies(words, 3)).read_text()
    path.write_text(text[: text.rindex("Company")])

    run = load("gleif", path, full=True, as_of="2025-07-02")

    assert outcome(run) == ("PARTIAL", "none", 0, 0, 0)
    assert run.unchanged == 2
    assert run.reason == (
        f"2 fields where the header has 5: cut off or a stray delimiter [{path}:4] -> {AGAIN}"
    )
    assert standing(batches) == 6


def test_xml_cut_in_the_middle_keeps_what_was_read_and_closes_nothing(
    load: Load, batches: BatchSession, words: Any, tmp_path: Path
) -> None:
    records = [XML_RECORD.format(lei=words.lei(n), name=f"Company {n}") for n in range(4)]
    path = tmp_path / "a.xml"
    whole = XML.format(records="\n".join(records))
    path.write_text(whole)
    load("gleif", path, full=True, as_of="2025-07-01")
    path.write_text(whole[: whole.index("Company 2")])

    run = load("gleif", path, full=True, as_of="2025-07-02")

    assert outcome(run) == ("PARTIAL", "none", 0, 0, 0)
    assert run.unchanged == 2
    assert run.reason.startswith("not whole XML: ")
    assert f" [{path}:6] -> {AGAIN}" in run.reason
    assert standing(batches) == 4


def test_another_encoding_is_refused_and_never_guessed(
    load: Load, words: Any, tmp_path: Path
) -> None:
    path = words.write(tmp_path / "a.csv", [words.company(1, "Müller AG")], encoding="iso-8859-1")

    run = load("gleif", path)

    assert outcome(run) == ("PARTIAL", "none", 0, 0, 0)
    assert run.reason == (
        f"byte b'\\xfc' is not utf-8-sig [{path}] -> convert the file to utf-8-sig, then load again"
    )


@pytest.mark.parametrize("end", ["\r", "\r\n"], ids=["CR", "CRLF"])
def test_a_byte_order_mark_and_other_line_ends_change_nothing(
    gleif: Source, words: Any, tmp_path: Path, end: str
) -> None:
    rows = companies(words, 3)
    plain = words.write(tmp_path / "a.csv", rows)
    other = words.write(tmp_path / "b.csv", rows, encoding="utf-8-sig", end=end)

    def read(path: Path) -> list[tuple[str, Any, int]]:
        items = [one for one in gleif.extract(Delivery(path)) if isinstance(one, RawRecord)]
        return [(one.native_id, one.payload, one.line) for one in items]

    assert read(other) == read(plain)
    assert len(read(plain)) == 3


def test_a_header_that_lacks_a_column_ends_the_delivery(
    load: Load, words: Any, tmp_path: Path
) -> None:
    path = words.write(tmp_path / "a.csv", companies(words, 2))
    path.write_text(path.read_text().replace("Entity.EntityStatus", "Entity.State"))

    run = load("gleif", path)

    assert outcome(run) == ("PARTIAL", "none", 0, 0, 0)
    assert run.reason == (
        "the header lacks Entity.EntityStatus; it has LEI, Entity.LegalName, Entity.State, "
        f"Registration.RegistrationStatus, Registration.LastUpdateDate ... [{path}:1] -> "
        "the source changed its columns: mend the mapping, or fetch again"
    )


def test_an_unknown_field_is_reported_and_loses_no_record(
    load: Load, words: Any, tmp_path: Path
) -> None:
    rows = [words.company(1), words.company(2) | {"Entity.Colour": "red"}]

    run = load("gleif", words.write(tmp_path / "a.csv", rows))

    assert outcome(run) == ("COMPLETE", "none", 0, 2, 0)
    assert run.warnings == [
        "field Entity.Colour of lei_record is not mapped: in 1 records, first at a.csv:3; "
        "map it or ignore it by name"
    ]


def test_a_record_twice_with_different_content_goes_to_quarantine(
    load: Load, batches: BatchSession, words: Any, tmp_path: Path
) -> None:
    rows = [words.company(1, "Alpha"), words.company(1, "Beta")]

    run = load("gleif", words.write(tmp_path / "a.csv", rows))

    assert outcome(run) == ("PARTIAL", "none", 0, 1, 1)
    lei = words.lei(1)
    assert quarantined(batches) == [
        (
            lei,
            "a.csv",
            3,
            "",
            f"lei_record {lei} comes twice with different content",
            "ask the source which is right, remove the other, and load again",
        )
    ]


def test_a_self_parent_and_31_february_go_to_quarantine_with_their_lines(
    load: Load, batches: BatchSession, words: Any, tmp_path: Path
) -> None:
    words.write(
        tmp_path / "a.csv",
        [
            words.company(1, created="1905-01-01T00:00:00Z"),
            words.company(2, created="2019-02-31T00:00:00Z"),
        ],
    )
    words.write(tmp_path / "b.csv", [words.parent(1, 3), words.parent(1, 1)])

    run = load("gleif", tmp_path)

    assert outcome(run) == ("PARTIAL", "none", 0, 2, 2)
    assert run.reason == "in quarantine: 2; see ./footprint quarantine list"
    first, second = words.lei(1), words.lei(2)
    assert quarantined(batches) == [
        (
            f"{first}|IS_DIRECTLY_CONSOLIDATED_BY|{first}",
            "b.csv",
            3,
            "Relationship.EndNode.NodeID",
            f"{first} names itself as its parent",
            "ask the issuer of the LEI: no company is its own parent",
        ),
        (
            second,
            "a.csv",
            3,
            "Entity.EntityCreationDate",
            "'2019-02-31T00:00:00Z' is not a day",
            "ask the issuer of the LEI to mend it; GLEIF writes ISO 8601",
        ),
    ]


def test_an_empty_file_ends_the_delivery(load: Load, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"")

    run = load("gleif", path, full=True)

    assert outcome(run) == ("PARTIAL", "none", 0, 0, 0)
    assert run.reason == f"the file is empty [{path}] -> fetch it again"


@pytest.mark.parametrize("copies", [1, 2])
def test_a_record_that_comes_again_with_the_same_content_counts_as_duplicate(
    load: Load, words: Any, tmp_path: Path, copies: int
) -> None:
    words.write(tmp_path / "a.csv", [words.company(1)])
    for number in range(copies):
        shutil.copy(tmp_path / "a.csv", tmp_path / f"b{number}.csv")

    run = load("gleif", tmp_path)

    assert outcome(run) == ("COMPLETE", "none", 0, 1, 0)
    assert (run.read, run.duplicate) == (1 + copies, copies)
