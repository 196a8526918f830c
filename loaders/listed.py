"""The list of sources: what each is, what it holds, and how fresh it is against its promise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from graph.connection import open_batches
from graph.engine import find_server
from graph.facts import run as lifecycle
from graph.facts.run import Run
from graph.layout import Row, show_rows
from graph.terminal import settings_of_process
from loaders.freshness import age_told, state_of
from loaders.source import FOLDER, read_spec, source_names


def listed_sources() -> list[dict[str, Any]]:
    """Every source that can be loaded, loaded or not, by name."""
    latest = _latest_loads()
    now = datetime.now(UTC)
    rows: list[dict[str, Any]] = []
    for name in source_names():
        spec = read_spec(FOLDER / name)
        moment = latest[name].moment if name in latest else None
        rows.append(
            {
                "source": name,
                "title": spec.title,
                "publisher": spec.publisher,
                "record_types": ", ".join(spec.record_types),
                "freshness": state_of(moment, spec.freshness_sla, now),
                "allowed_age": spec.freshness_sla,
                "last_complete": moment.isoformat(timespec="seconds") if moment else None,
            }
        )
    return rows


def show_sources(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print the list for a person."""
    show_rows([_source_row(row) for row in rows], indent=0)


def _latest_loads() -> dict[str, Run]:
    """The newest complete run of every source; none when no database runs."""
    server = find_server(settings_of_process())
    if server is None:
        return {}
    with open_batches(server) as session:
        found = {
            name: lifecycle.runs(session, source=name, status="COMPLETE", limit=1)
            for name in source_names()
        }
    return {name: runs[0] for name, runs in found.items() if runs}


def _source_row(row: Mapping[str, Any]) -> Row:
    """One source on a line with its freshness; below it how old it may be, and what it holds."""
    last = row["last_complete"]
    known = f"last complete {last[:16].replace('T', ' ')}, " if last else ""
    age = known + f"at most {age_told(row['allowed_age'])} old, from {row['publisher']}"
    return Row(
        (row["source"], row["freshness"], row["title"]),
        [age, f"holds {row['record_types']}"],
    )
