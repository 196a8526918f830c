"""The command that lists sources, and shows which of them leads for which property: sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer

from graph.connection import ReadSession
from graph.errors import NotFound, UsageError
from graph.layout import Row, heading, show_rows
from graph.model.catalogue import LABELS
from graph.terminal import AsJson, emit, progress, say
from loaders.freshness import age_told
from loaders.listed import listed_sources, show_sources
from queries.load.called_wrong import CalledWrong, called_wrong
from queries.load.system_of_record import Supply, system_of_record
from queries.terminal.conversation import converse
from queries.terminal.supplies_told import show_called_wrong, show_supplies

EXAMPLES = (
    "Examples: ./footprint sources | ./footprint sources --matrix | "
    "./footprint sources --label LegalEntity --json"
)


def sources(
    matrix: Annotated[
        bool,
        typer.Option(
            "--matrix",
            help="Who supplies which property, who leads, how often they differ. Reads every node "
            "that a source describes: some seconds for each hundred thousand.",
        ),
    ] = False,
    label: Annotated[
        str | None, typer.Option(help="The matrix of one label of docs/model.md.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List all sources: what they hold, how fresh they are; with --matrix, who leads for what."""
    rows = listed_sources()
    if matrix or label:
        _show_matrix(rows, label, as_json)
        return
    wrong = _called_wrong(rows)
    if as_json:
        emit([row | {"called_wrong": _of_source(row["source"], wrong)} for row in rows], True)
    else:
        show_sources(rows)
        show_called_wrong(wrong)
        say("next: ./footprint sources --matrix")


def _called_wrong(rows: Sequence[dict[str, Any]]) -> list[CalledWrong]:
    """What people called wrong; nothing is asked where nothing is loaded."""

    async def question(graph: ReadSession) -> list[CalledWrong]:
        return await called_wrong(graph)

    return converse(question) if any(row["last_complete"] for row in rows) else []


def _of_source(name: str, wrong: Sequence[CalledWrong]) -> list[dict[str, Any]]:
    told = [asdict(one) for one in wrong if one.source_id == name]
    return [{key: one[key] for key in ("claim", "wrong", "judged")} for one in told]


def _show_matrix(rows: Sequence[dict[str, Any]], label: str | None, as_json: bool) -> None:
    if label is not None and label not in LABELS:
        raise UsageError(
            f"the model has no label {label!r}", remedy=f"one of {', '.join(sorted(LABELS))}"
        )

    async def question(graph: ReadSession) -> tuple[list[Supply], list[CalledWrong]]:
        with progress("reading who supplies what"):
            return await system_of_record(graph, label=label), await called_wrong(graph)

    found, wrong = converse(question)
    doubts = {(one.source_id, one.claim): one for one in wrong}
    named = {row["source"]: row for row in rows}
    if as_json:
        fresh = {one.source_id: named.get(one.source_id, {}) for one in found}
        keys = ("freshness", "allowed_age", "last_complete")
        told = [
            asdict(one) | {key: fresh[one.source_id].get(key) for key in keys} | _doubt(one, doubts)
            for one in found
        ]
        emit(told, True)
        return
    if not found:
        raise NotFound("no source has described anything", remedy="./footprint load, or make demo")
    show_supplies(found, doubts)
    heading(
        "sources", "rank: where they differ, the lowest leads; [ ] is the rank for one property"
    )
    show_rows([_supplier(name, named.get(name), found) for name in _ranked(found)], wide=3)
    say("same: shows another's value and says so too; differ: says otherwise, and is kept (why)")


def _doubt(one: Supply, doubts: Mapping[tuple[str, str], CalledWrong]) -> dict[str, int]:
    named = doubts.get((one.source_id, f"{one.label}.{one.property}"))
    return {"called_wrong": named.wrong, "judged": named.judged} if named else {}


def _ranked(found: Sequence[Supply]) -> list[str]:
    return sorted({one.source_id for one in found}, key=lambda name: (_rank(name, found), name))


def _rank(name: str, found: Sequence[Supply]) -> int:
    """The rank that a source has for most of its properties."""
    ranks = [one.precedence for one in found if one.source_id == name]
    return max(sorted(set(ranks)), key=ranks.count)


def _supplier(name: str, row: dict[str, Any] | None, found: Sequence[Supply]) -> Row:
    """One source: its rank and since when, how fresh it is against its promise."""
    since = next((one.precedence_since for one in found if one.source_id == name), None)
    rank = f"rank {_rank(name, found)}" + (f" since {since[:10]}" if since else "")
    if row is None:
        return Row((name, rank, "?", "no such source is installed"))
    last = f"last complete {row['last_complete'][:10]}, " if row["last_complete"] else ""
    return Row((name, rank, row["freshness"], f"{last}at most {age_told(row['allowed_age'])} old"))
