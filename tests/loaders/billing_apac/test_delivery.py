"""Whole extracts, healthy and broken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.connection import BatchSession
from graph.facts.run import Run
from tests.loaders.billing_apac.conftest import BILL, HEADER, account, file, line, section

Load = Callable[..., Run]
Write = Callable[[bytes], Path]

KITAHAMA = account("北浜製紙株式会社".encode("cp932"), "1002")
WHOLE = file(section("LATIN-1", account(), *BILL), section("SHIFT_JIS", KITAHAMA))


def reasons(batches: BatchSession) -> list[str]:
    rows = batches.rows("MATCH (item:Quarantined) RETURN item.reason ORDER BY item.line")
    return [reason for (reason,) in rows]


def test_sections_in_two_code_pages_are_read_and_twice_changes_nothing(
    load: Load, write: Write, batches: BatchSession
) -> None:
    first = load("billing_apac", write(WHOLE), full=True)
    again = load("billing_apac", write(WHOLE), full=True, as_of="2026-01-02")

    assert (first.status, first.read, first.loaded, first.warnings) == ("COMPLETE", 3, 3, [])
    assert (again.unchanged, again.facts_opened, again.closed) == (3, 0, 0)
    assert batches.rows(
        "MATCH (one:BillingAccount) RETURN one.party_name ORDER BY one.reference"
    ) == [("Southern Cross Paper Pty",), ("北浜製紙株式会社",)]


@pytest.mark.parametrize("share", [0.3, 0.5, 0.9])
def test_half_a_file_keeps_what_was_read_and_closes_nothing(
    share: float, load: Load, write: Write
) -> None:
    run = load("billing_apac", write(WHOLE[: int(len(WHOLE) * share)]), full=True)

    assert (run.status, run.closing, run.adds_up) == ("PARTIAL", "none", True)
    assert "the file ends without its trailer: it is cut off" in run.reason


def test_a_line_that_is_missing_is_counted_by_the_trailers(load: Load, write: Write) -> None:
    lines = [*section("LATIN-1", account(), account(number="1003")), *section("LATIN-1", KITAHAMA)]
    text = file(lines).replace(account(number="1003") + b"\n", b"")
    run = load("billing_apac", write(text), full=True)

    assert (run.status, run.loaded, run.closing) == ("PARTIAL", 2, "none")
    assert "the section's trailer announces 000000002 lines and 1 came [line 4]" in run.reason
    assert "the file's trailer announces 000000009 lines and 8 came" in run.reason


def test_a_byte_that_the_code_page_lacks_sends_its_line_to_quarantine(
    load: Load, write: Write, batches: BatchSession
) -> None:
    wrong = account("Société Calédonienne".encode("latin-1"), "1002")
    run = load("billing_apac", write(file(section("SHIFT_JIS", account(), wrong))), full=True)

    assert (run.status, run.read, run.loaded, run.rejected) == ("PARTIAL", 2, 1, 1)
    assert reasons(batches) == ["byte b'\\xe9' is not cp932"]


def test_unknown_lines_and_lines_of_another_length_go_to_quarantine(
    load: Load, write: Write, batches: BatchSession
) -> None:
    short, unknown = account(number="1003")[:200], line("99what")
    stray = BILL[1]
    text = file(section("LATIN-1", account(), short, unknown, stray))
    run = load("billing_apac", write(text), full=True)

    assert (run.read, run.loaded, run.rejected, run.adds_up) == (4, 1, 3, True)
    assert reasons(batches) == [
        "a line of 200 bytes that begins with '10'",
        "a line of 256 bytes that begins with '99'",
        "a line of bill 4711 without its bill",
    ]


def test_what_stands_beyond_the_columns_is_reported(load: Load, write: Write) -> None:
    longer = account()[:250] + b"mood  "
    run = load("billing_apac", write(file(section("LATIN-1", longer))), full=True)

    assert run.loaded == 1
    assert run.warnings == [
        "field filler of account is not mapped: in 1 records, first at extract.dat:3; map it or "
        "ignore it by name"
    ]


def test_one_account_with_two_contents_is_refused(load: Load, write: Write) -> None:
    text = file(section("LATIN-1", account(), account(b"Southern Cross Pulp")))
    run = load("billing_apac", write(text), full=True)

    assert (run.status, run.read, run.loaded, run.rejected) == ("PARTIAL", 2, 1, 1)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (WHOLE.replace(HEADER, line("FHBILLAPAC2026110102")), "layout 02 is not known"),
        (WHOLE.removeprefix(HEADER + b"\n"), "does not begin with a header of 256 bytes"),
        (file(section("EBCDIC", account())), "code page 'EBCDIC' is not one of SHIFT_JIS"),
        (file([account()]), "a record outside of a section"),
        (WHOLE + b"more\n", "lines after the trailer of the file"),
        (b"", "the file ends without its trailer"),
    ],
)
def test_what_is_no_extract_is_named(text: bytes, why: str, load: Load, write: Write) -> None:
    run = load("billing_apac", write(text), full=True)

    assert (run.status, run.closing) == ("PARTIAL", "none")
    assert why in run.reason


def test_a_moment_without_a_zone_is_tokyo_s(
    load: Load, write: Write, batches: BatchSession
) -> None:
    stamped = account()[:235] + b"20261101063000"
    load("billing_apac", write(file(section("LATIN-1", stamped.ljust(256)))))

    assert batches.rows(
        "MATCH (record:SourceRecord) RETURN toString(record.happened_at) AS at"
    ) == [("2026-10-31T21:30:00Z",)]
