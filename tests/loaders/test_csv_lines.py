"""Rows of CSV files, whatever ends their lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.files import csv_records


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_a_line_ends_with_lf_crlf_or_a_lone_cr(tmp_path: Path, end: str) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(end.join(["id,name", "1,Alpha", '2,"Beta, ""B"""', ""]).encode())

    assert list(csv_records(path, needs=("id",))) == [
        (2, {"id": "1", "name": "Alpha"}),
        (3, {"id": "2", "name": 'Beta, "B"'}),
    ]


@pytest.mark.parametrize("letter", ["\u2028", "\x85", "\x0b", "\x1c"])
def test_a_line_separator_of_unicode_within_a_name_ends_no_line(
    tmp_path: Path, letter: str
) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(f"id,name\n1,Alpha{letter}Beta\n", encoding="utf-8", newline="")

    assert list(csv_records(path, needs=("id",))) == [
        (2, {"id": "1", "name": f"Alpha{letter}Beta"})
    ]


def test_a_quoted_field_may_hold_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(b'id,name\r\n1,"Alpha\r\nBeta"\r\n')

    assert list(csv_records(path, needs=("id",))) == [(3, {"id": "1", "name": "Alpha\r\nBeta"})]
