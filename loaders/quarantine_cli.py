"""The `quarantine` commands: records that were not understood, and trying them again."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from typing import Annotated, Any

import orjson
import typer
from rich.json import JSON

from graph.errors import NotFound, UsageError
from graph.evidence import Entry
from graph.facts import quarantine
from graph.facts.quarantine import Quarantined
from graph.layout import Row, show_rows
from graph.terminal import AsJson, console, emit, progress
from loaders.outcome import show_run, whole
from loaders.retry import retry_quarantined
from loaders.source import find_source
from loaders.workplace import Workplace, open_workplace

app = typer.Typer(
    no_args_is_help=True,
    help="Records that were not understood: list, show, retry.",
    epilog="Examples: ./footprint quarantine list crm | ./footprint quarantine show 1b4e28ba | "
    "./footprint quarantine retry crm",
)

SourceName = Annotated[str | None, typer.Argument(help="Only records of this source.")]


class Status(StrEnum):
    """What became of a rejected record."""

    open = "open"
    resolved = "resolved"
    all = "all"


@app.command(
    name="list",
    epilog="Examples: ./footprint quarantine list crm | "
    "./footprint quarantine list --status resolved --json",
)
def list_items(
    source: SourceName = None,
    status: Annotated[Status, typer.Option(help="Which of them.")] = Status.open,
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List rejected records by source, file and line."""
    with open_workplace() as place:
        found = quarantine.items(
            place.session,
            source=source,
            status=None if status is Status.all else status.value,
            limit=limit,
        )
    if as_json:
        emit([asdict(item) for item in found], True)
    elif found:
        show_rows([_row(item) for item in found], indent=0)
    else:
        emit("nothing is in quarantine", False)


@app.command(epilog="Example: ./footprint quarantine show 1b4e28ba")
def show(
    id: Annotated[str, typer.Argument(help="Id of the record in quarantine, or its beginning.")],
    as_json: AsJson = False,
) -> None:
    """Show one rejected record: why, what to do, and the record as the source gave it."""
    with open_workplace() as place:
        item = _item(place, id)
        payload = _payload(place.evidence.entry(item.position))
    if as_json:
        emit({**asdict(item), "payload": payload}, True)
        return
    emit({name: value for name, value in asdict(item).items() if name != "key"}, False)
    console.print(JSON.from_data(payload, indent=2))


@app.command(
    epilog="Examples: ./footprint quarantine retry crm | ./footprint quarantine retry --id 1b4e28ba"
)
def retry(
    source: SourceName = None,
    id: Annotated[str | None, typer.Option(help="Only this record, even beside a twin.")] = None,
    as_json: AsJson = False,
) -> None:
    """Map rejected records again; what is understood now is loaded and leaves quarantine."""
    with open_workplace() as place:
        chosen = _item(place, id) if id else None
        name = source or (chosen.source if chosen else None)
        if name is None:
            raise UsageError(
                "say what to retry", remedy="./footprint quarantine retry SOURCE, or --id ID"
            )
        runs = retry_quarantined(
            find_source(name),
            place.session,
            place.evidence,
            now=place.now,
            only=chosen.id if chosen else None,
            progress=progress,
        )
    if as_json:
        emit([whole(run) for run in runs], True)
        return
    for run in runs:
        show_run(run, False)
    if not runs:
        emit(f"no record of {name} can be tried again", False)


def _item(place: Workplace, id: str) -> Quarantined:
    found = quarantine.items(place.session, status=None, id=id, limit=2)
    if not found:
        raise NotFound(
            f"nothing in quarantine has the id {id}", remedy="./footprint quarantine list"
        )
    if len(found) > 1:
        raise UsageError(f"{id} begins the ids of several records", remedy="give more of the id")
    return found[0]


def _payload(entry: Entry) -> Any:
    return orjson.loads(entry.payload) if entry.payload else None


def _row(item: Quarantined) -> Row:
    """What was rejected and where; below it why, and what to do."""
    where = [f"{item.source} {item.record_type} {item.native_id}", f"{item.file}:{item.line}"]
    where += [f"field {item.field}"] if item.field else []
    where += [item.status] if item.status != "open" else []
    advice = f" -> {item.remedy}" if item.remedy else ""
    return Row((item.id[:8], ", ".join(where)), [f"{item.reason}{advice}"])
