"""Exchange rates in the layout of the European Central Bank."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.connection import BatchSession
from graph.errors import RecordRejected
from graph.facts.run import Run
from loaders.rates.source import BASE_OPTION
from loaders.source import RawRecord, find_source

Load = Callable[..., Run]
HEADER = "Date,USD,JPY,AED,\n"
DAYS = "2026-10-30,1.0835,164.52,N/A,\n2026-10-29,1.0821,163.9,N/A,\n"


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str | bytes], Path]:
    def write(text: str | bytes) -> Path:
        path = tmp_path / "eurofxref-hist.csv"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return write


def mapped(**payload: str) -> list[dict[str, Any]]:
    row = RawRecord("reference_rates", "1", {"Date": "2026-10-30", **payload}, "f.csv", 2)
    return [node.properties for node in find_source("rates").transform(row).nodes]


def test_a_cell_is_what_one_euro_is_worth() -> None:
    on = date(2026, 10, 30)

    assert mapped(USD="1.0835", JPY="164.52") == [
        {"currency": "USD", "base": "EUR", "rate": 1.0835, "on": on},
        {"currency": "JPY", "base": "EUR", "rate": 164.52, "on": on},
    ]
    assert mapped(**{"EUR": "0.9229", BASE_OPTION: "USD"}) == [
        {"currency": "EUR", "base": "USD", "rate": 0.9229, "on": on}
    ]


def test_a_currency_without_a_rate_on_that_day_gets_none_and_is_said() -> None:
    row = RawRecord("reference_rates", "1", {"Date": "2026-10-30", "AED": "N/A", "Note": "x"})
    claims = find_source("rates").transform(row)

    assert claims.nodes == []
    assert claims.odd == ["no rate of AED: what is in it is not converted on that day"]
    assert claims.unknown == ["Note"]


@pytest.mark.parametrize("value", ["-1.2", "0", "NaN", "Infinity", "1,0835", "#REF!"])
def test_what_is_no_positive_number_is_refused(value: str) -> None:
    with pytest.raises(RecordRejected, match="is no rate"):
        mapped(USD=value)


def test_a_file_is_loaded_and_twice_changes_nothing(
    load: Load, write: Callable[..., Path], node: Callable[[str], dict[str, Any]]
) -> None:
    first = load("rates", write(HEADER + DAYS), full=True)
    again = load("rates", write(HEADER + DAYS), full=True, as_of="2026-01-02")

    assert (first.status, first.loaded, again.unchanged, again.loaded) == ("COMPLETE", 2, 2, 0)
    assert first.warnings == [
        "reference_rates: no rate of AED: what is in it is not converted on that day: 2 times, "
        "first at eurofxref-hist.csv:2"
    ]
    found = node("rates:exchange_rate:EUR/JPY@2026-10-29")
    assert (found["currency"], found["rate"], str(found["on"])) == ("JPY", 163.9, "2026-10-29")


def test_the_banks_own_archive_is_read_and_older_days_are_left_out_when_asked(
    load: Load, write: Callable[..., Path], batches: BatchSession, tmp_path: Path
) -> None:
    path = write(HEADER + DAYS)
    archive = tmp_path / "eurofxref-hist.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(path, "eurofxref-hist.csv")

    run = load("rates", archive, full=True, options={"since": "2026-10-30"})

    assert (run.status, run.read, run.loaded, run.ignored) == ("COMPLETE", 2, 1, 1)
    assert batches.rows(
        "MATCH (one:ExchangeRate) RETURN one.currency AS code, toString(one.on) AS on ORDER BY code"
    ) == [("JPY", "2026-10-30"), ("USD", "2026-10-30")]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (HEADER + DAYS + "2026-10-28,1.08", "2 fields where the header has 5"),
        ("Day,USD,\n2026-10-30,1.0,\n", "the header lacks Date"),
        ((HEADER + "2026-10-30,1.0\xa0,1,1,\n").encode("latin-1"), "is not utf-8-sig"),
        ("", "the file is empty"),
    ],
)
def test_a_broken_file_is_named_and_closes_nothing(
    load: Load, write: Callable[..., Path], text: str | bytes, why: str
) -> None:
    run = load("rates", write(text), full=True)

    assert (run.status, run.closing) == ("PARTIAL", "none")
    assert why in run.reason


def test_one_day_with_two_contents_and_a_day_that_is_none_go_to_quarantine(
    load: Load, write: Callable[..., Path]
) -> None:
    other = "2026-10-30,1.0836,164.52,N/A,\n2026-02-30,1,1,1,\n"
    run = load("rates", write(HEADER + DAYS + other), full=True)

    assert (run.status, run.read, run.loaded, run.rejected) == ("PARTIAL", 4, 2, 2)
    assert run.adds_up
