"""Extracts, written byte by byte by a test."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest


def line(text: str, code_page: str = "ascii") -> bytes:
    """A line as the host writes it: 256 bytes."""
    return text.encode(code_page).ljust(256)


def spread(*values: tuple[str, int]) -> str:
    """Values in columns of these widths."""
    return "".join(value.ljust(width) for value, width in values)


HEADER = line("FHBILLAPAC2026110101")


def section(code_page: str, *lines: bytes) -> list[bytes]:
    return [line(f"SHJP{code_page:<10}"), *lines, line(f"ST{len(lines):09d}")]


def file(*sections: Iterable[bytes]) -> bytes:
    lines = [HEADER, *(one for part in sections for one in part)]
    return b"".join(one + b"\n" for one in [*lines, line(f"FT{len(lines) + 1:09d}")])


def account(name: bytes = b"Southern Cross Paper Pty", number: str = "1001") -> bytes:
    """An account of customer C7 in JPY, opened on 28 February 2019."""
    return (
        b"10" + f"{number:<13}{'C7':<13}".encode() + name[:30].ljust(30) + b"JPYA2024030120190228"
    ).ljust(256)


BILL = [
    line(
        "20"
        + spread(("4711", 13), ("B-1", 16), ("1001", 13))
        + "20261105202612052026100120261031SNJPY"
        + "00000000000165+00000000000015+00000000000165+"
    ),
    line(
        "21"
        + spread(("4711", 13), ("0001", 4), ("RC", 2), ("P-17", 20), ("S-17", 20))
        + "00000000000200+2026100120261031"
    ),
    line(
        "21"
        + spread(("4711", 13), ("0002", 4), ("CR", 2), ("", 40))
        + "00000000000050-2026100120261031service_level  Y2027010100000000000020+"
    ),
    line("29" + spread(("4711", 13), ("00002", 5)) + "00000000000150+"),
]


@pytest.fixture
def write(tmp_path: Path) -> Callable[[bytes], Path]:
    def write(content: bytes) -> Path:
        path = tmp_path / "extract.dat"
        path.write_bytes(content)
        return path

    return write
