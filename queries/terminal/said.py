"""What sources say of a company's properties: one block for each record, one for what differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from graph.layout import Row, heading, show_rows
from queries.entity.values import Value
from queries.terminal.words import minute, record_named, short_place


def show_values(values: Sequence[Value], days: Mapping[str, date]) -> None:
    """Print values under the record that gives them, then those on which sources differ.

    `days` gives, where it is known, the day that a record speaks of.
    """
    by_property: dict[str, list[Value]] = {}
    for value in values:
        by_property.setdefault(value.property, []).append(value)
    agreed = [said for said in by_property.values() if len({one.value for one in said}) == 1]
    differing = [said for said in by_property.values() if len({one.value for one in said}) > 1]
    _show_agreed(sorted(agreed, key=lambda said: _first(said).record_id), days)
    if differing:
        heading("sources differ")
        show_rows([row for said in differing for row in _differing(said)], wide=1)


def _show_agreed(agreed: Sequence[list[Value]], days: Mapping[str, date]) -> None:
    for _, group in groupby(agreed, key=lambda said: _first(said).record_id):
        properties = list(group)
        one = _first(properties[0])
        day = f"as of {days[one.record_id]}, " if one.record_id in days else ""
        known = f"{day}learnt {minute(one.known_at)}, load {one.run_id[:8]}"
        heading(f"from {record_named(one)}", known)
        rows = [
            Row((said[0].property, _first(said).value or "-", _also(said))) for said in properties
        ]
        show_rows(sorted(rows, key=lambda row: str(row.cells[0])), wide=1)


def _first(said: Sequence[Value]) -> Value:
    return next((one for one in said if one.is_shown), said[0])


def _also(said: Sequence[Value]) -> str:
    others = {one.system for one in said} - {_first(said).system}
    return f"also {', '.join(sorted(others))}" if others else ""


def _differing(said: Sequence[Value]) -> list[Row]:
    first = _first(said)
    rows = [Row((first.property, first.value or "-", _source(first)))]
    for other in said:
        if other.value != first.value:
            rows.append(Row(("  not shown", other.value or "-", _source(other))))
    return rows


def _source(value: Value) -> str:
    return f"{value.system} {short_place(value.file, value.line)}"
