"""The layout of the extract, version 01: what stands where in a line of 256 bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

LENGTH = 256
"""Bytes of a line, without its end."""
VERSION = "01"
CODE_PAGES = {"SHIFT_JIS": "cp932", "LATIN-1": "latin-1"}
"""Code page by the name that a section gives it -> Python's; cp932 is Shift-JIS as it is used."""

FILE_HEADER, FILE_TRAILER = "FH", "FT"
SECTION_HEADER, SECTION_TRAILER = "SH", "ST"
ACCOUNT, COMMITMENT, PAYMENT, DISPUTE = "10", "11", "30", "40"
BILL_HEADER, BILL_LINE, BILL_TRAILER = "20", "21", "29"


class Column(NamedTuple):
    """A column: its name, its width in bytes, whether it is in the section's code page."""

    name: str
    width: int
    is_text: bool = False


def _columns(text: str) -> tuple[Column, ...]:
    """Columns from `name width` or `name width text`, with commas between."""
    parts = [part.split() for part in text.split(",")]
    return tuple(Column(part[0], int(part[1]), len(part) > 2) for part in parts)


LAYOUT: Mapping[str, tuple[Column, ...]] = {
    FILE_HEADER: _columns("system 8, as_of 8, version 2"),
    SECTION_HEADER: _columns("country 2, code_page 10"),
    ACCOUNT: _columns(
        "account 13, customer 13, name 30 text, currency 3, status 1, status_date 8, opened 8, "
        "cycle 2, credit_limit 15, unapplied 15, payment_plan 8, tax_type 5, tax_id 18, lei 20, "
        "duns 9, registration 20, authority 8, city 20 text, country 2, payer 13, updated 14"
    ),
    COMMITMENT: _columns("account 13, commitment 40"),
    BILL_HEADER: _columns(
        "bill 13, number 16, account 13, issued 8, due 8, first_day 8, last_day 8, state 2, "
        "currency 3, amount 15, tax 15, remaining 15, disputed 15, settled 8, updated 14"
    ),
    BILL_LINE: _columns(
        "bill 13, line 4, kind 2, product 20, service 20, amount 15, first_day 8, last_day 8, "
        "reason 15, contributory 1, discount_end 8, discount 15"
    ),
    BILL_TRAILER: _columns("bill 13, lines 5, total 15"),
    PAYMENT: _columns(
        "payment 13, account 13, bill 13, paid 8, currency 3, amount 15, method 10, updated 14"
    ),
    DISPUTE: _columns(
        "dispute 13, account 13, bill 13, opened 8, closed 8, currency 3, amount 15, reason 20, "
        "state 10, updated 14"
    ),
    SECTION_TRAILER: _columns("lines 9"),
    FILE_TRAILER: _columns("lines 9"),
}
"""Type of line, its first two bytes -> the columns after it; the rest of a line is blank."""
FILLER = "filler"
CUT = "cut_within_a_letter"


def parsed(line: bytes, code_page: str) -> dict[str, str]:
    """The columns of a line that are not blank; what stands beyond them is `filler`.

    A text whose last byte is half of a letter loses it, and `cut_within_a_letter` names the
    column. UnicodeDecodeError for any other byte that the code page or ASCII does not have.
    """
    found: dict[str, str] = {}
    begins = 2
    for name, width, is_text in LAYOUT[line[:2].decode("ascii")]:
        raw = line[begins : begins + width]
        begins += width
        if is_text:
            text, is_cut = _text(raw, code_page)
            if is_cut:
                found[CUT] = name
        else:
            text = raw.decode("ascii")
        if text.strip():
            found[name] = text.strip()
    if rest := line[begins:].decode("ascii", errors="replace").strip():
        found[FILLER] = rest
    return found


def _text(raw: bytes, code_page: str) -> tuple[str, bool]:
    try:
        return raw.decode(code_page), False
    except UnicodeDecodeError as error:
        if error.start < len(raw) - 1:
            raise
        return raw[:-1].decode(code_page), True


def written(kind: str, code_page: str, /, **values: object) -> bytes:
    """A line of this type; a text too long for its column is cut to its bytes, as the host does.

    ValueError for a value that is no text and does not fit, or of a column that the line lacks.
    """
    line = kind.encode("ascii")
    for name, width, is_text in LAYOUT[kind]:
        value = values.pop(name, None)
        text = "" if value is None else str(value)
        raw = text.encode(code_page)[:width] if is_text else text.encode("ascii")
        if len(raw) > width:
            raise ValueError(f"{name} {text!r} is longer than {width}")
        line += raw.ljust(width)
    if values:
        raise ValueError(f"a line of type {kind} has no {', '.join(values)}")
    return line.ljust(LENGTH)
