"""Lines into records: sections, and bills from their header to their trailer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.errors import SourceError
from loaders.billing_apac import layout
from loaders.files import opened
from loaders.source import Extracted, RawRecord, Unreadable

SINGLE = {
    layout.ACCOUNT: ("account", ("account",)),
    layout.COMMITMENT: ("commitment", ("account", "commitment")),
    layout.PAYMENT: ("payment", ("payment",)),
    layout.DISPUTE: ("dispute", ("dispute",)),
}
"""Type of line -> the record that it is, and the columns that are its id."""
FETCH = "fetch the file again and load it again: what was read is skipped"


@dataclass(slots=True)
class Extract:
    """One file being read: which section it is in, and the bill that is open."""

    path: Path
    number: int = 0
    """Lines read."""
    in_section: int = 0
    code_page: str = ""
    bill: dict[str, Any] | None = None
    bill_line: int = 0
    is_ended: bool = False
    miscounted: list[str] = field(default_factory=list)
    """What trailers announce otherwise than it came: said when all is read."""

    def records(self) -> Iterator[Extracted]:
        """Yield every record; SourceError for a file that is no extract, or that ends early."""
        with opened(self.path) as file:
            for raw in file:
                self.number += 1
                if self.is_ended:
                    raise self._error("lines after the trailer of the file")
                yield from self._line(raw.rstrip(b"\r\n"))
        if not self.is_ended:
            raise self._error("the file ends without its trailer: it is cut off")
        if self.miscounted:
            raise self._error("; ".join(self.miscounted))

    def _line(self, line: bytes) -> Iterator[Extracted]:
        kind = line[:2].decode("ascii", errors="replace")
        if self.number == 1:
            self._file_header(line)
            return
        if len(line) != layout.LENGTH or kind not in layout.LAYOUT:
            self.in_section += 1
            yield self._unreadable(line, f"a line of {len(line)} bytes that begins with {kind!r}")
            return
        if kind == layout.FILE_TRAILER:
            yield from self._end_bill()
            self._count(line, self.number, "file")
            self.is_ended = True
            return
        if kind in (layout.SECTION_HEADER, layout.SECTION_TRAILER):
            yield from self._end_bill()
            self._section(line, kind)
            return
        if not self.code_page:
            raise self._error("a record outside of a section: its code page is not told")
        self.in_section += 1
        try:
            yield from self._record(kind, layout.parsed(line, self.code_page), line)
        except UnicodeDecodeError as error:
            byte = error.object[error.start : error.start + 1]
            yield self._unreadable(line, f"byte {byte!r} is not {error.encoding}")

    def _record(self, kind: str, found: dict[str, Any], line: bytes) -> Iterator[Extracted]:
        if kind == layout.BILL_HEADER:
            yield from self._end_bill()
            self.bill, self.bill_line = {**found, "charges": []}, self.number
        elif kind in (layout.BILL_LINE, layout.BILL_TRAILER):
            if self.bill is None or self.bill.get("bill") != found.get("bill"):
                yield self._unreadable(line, f"a line of bill {found.get('bill')} without its bill")
            elif kind == layout.BILL_LINE:
                self.bill["charges"].append(found)
            else:
                self.bill["trailer"] = found
                yield from self._end_bill()
        else:
            yield from self._end_bill()
            record_type, columns = SINGLE[kind]
            native_id = "/".join(found.get(name, "") for name in columns)
            if not all(found.get(name) for name in columns):
                yield self._unreadable(line, f"the {record_type} has no {' and '.join(columns)}")
            else:
                yield RawRecord(record_type, native_id, found, self.path.name, self.number)

    def _end_bill(self) -> Iterator[Extracted]:
        """Hand over the open bill; without its trailer the mapping refuses it."""
        if self.bill is not None:
            bill, self.bill = self.bill, None
            native_id = bill.get("bill") or f"line {self.bill_line} without bill"
            yield RawRecord("bill", native_id, bill, self.path.name, self.bill_line)

    def _file_header(self, line: bytes) -> None:
        if len(line) != layout.LENGTH or line[:2] != layout.FILE_HEADER.encode():
            raise self._error(f"the file does not begin with a header of {layout.LENGTH} bytes")
        version = layout.parsed(line, "ascii").get("version")
        if version != layout.VERSION:
            raise self._error(
                f"layout {version} is not known", "map the new layout in loaders/billing_apac"
            )

    def _section(self, line: bytes, kind: str) -> None:
        if kind == layout.SECTION_TRAILER:
            self._count(line, self.in_section, "section")
            self.code_page = ""
            return
        if self.code_page:
            raise self._error("a section begins within another")
        named = layout.parsed(line, "ascii").get("code_page", "")
        if named not in layout.CODE_PAGES:
            raise self._error(
                f"code page {named!r} is not one of {', '.join(layout.CODE_PAGES)}",
                "ask the source, or map it in loaders/billing_apac/layout.py",
            )
        self.code_page, self.in_section = layout.CODE_PAGES[named], 0

    def _count(self, line: bytes, read: int, what: str) -> None:
        announced = layout.parsed(line, "ascii").get("lines", "")
        if not announced.isdigit() or int(announced) != read:
            told = f"the {what}'s trailer announces {announced} lines and {read} came"
            self.miscounted.append(f"{told} [line {self.number}]")

    def _error(self, what: str, remedy: str = FETCH) -> SourceError:
        return SourceError(what, where=f"{self.path}:{self.number}", remedy=remedy)

    def _unreadable(self, line: bytes, reason: str) -> Unreadable:
        text = line.decode("latin-1")
        remedy = "ask the source for the line again; the other lines are read"
        return Unreadable("line", "", text, reason, remedy, self.path.name, self.number)
