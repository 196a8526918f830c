"""What a ticket says, of the desk's as CSV or of the network's as JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from loaders.source import Delivery, Extracted, RawRecord, Source, find_source
from tests.loaders.saying import Said, said, sayer


@pytest.fixture
def source() -> Source:
    """The source under test."""
    return find_source("tickets")


@pytest.fixture
def say(source: Source, tmp_path: Path) -> Callable[[dict[str, Any]], Said]:
    """What one TMF621 payload says."""
    return sayer(source, tmp_path)


@pytest.fixture
def desk(source: Source, tmp_path: Path) -> Callable[..., list[Extracted]]:
    """What extract makes of tables, given as name -> CSV text."""

    def desk(**files: str) -> list[Extracted]:
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(text)
        return list(source.extract(Delivery(tmp_path)))

    return desk


@pytest.fixture
def say_row(
    source: Source, desk: Callable[..., list[Extracted]]
) -> Callable[[dict[str, str]], Said]:
    """What one row of the desk's tickets says."""

    def say_row(row: dict[str, str]) -> Said:
        (record,) = desk(tickets=f"{','.join(row)}\n{','.join(row.values())}\n")
        assert isinstance(record, RawRecord)
        return said(record, source.transform(record))

    return say_row
