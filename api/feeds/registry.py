"""Every type of event and every feed, in one place: `python -m api.feeds.registry` writes the page.

A type's payload is described by a frozen JSON Schema in `schemas/`; another shape is another
version of the type, in a file of its own.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from api.http.problem import Problem
from graph.facts.outbox import ENTITY_MERGED, HIERARCHY_CHANGED, SOURCE_LOADED, event_type
from graph.model.catalogue import LABELS

HERE = Path(__file__).parent
SCHEMAS = HERE / "schemas"
PAGE = HERE / "CATALOGUE.md"
SIGNALS = "footprint.signal."
WEBHOOK_BEGUN = "footprint.webhook.begun.v1"
SILENT = ("findings", "feed", "plumbing", "identity", "evidence")
"""Layers of nodes that no source describes."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of event."""

    type: str
    schema: str
    """Stem of the schema of its payload."""
    sentence: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A selection of events, and the state at which following it begins."""

    name: str
    sentence: str
    prefixes: tuple[str, ...]
    """How the types of its events begin."""
    snapshot: tuple[str, ...]
    """What its snapshot holds: signals, hierarchy."""


NAMED = (
    Kind(f"{SIGNALS}opened.v1", "signal.v1", "A signal is shown to its seller from now on."),
    Kind(f"{SIGNALS}changed.v1", "signal.v1", "A signal made another step of its life."),
    Kind(f"{SIGNALS}cleared.v1", "signal.v1", "What a signal said holds no longer."),
    Kind(f"{SIGNALS}retracted.v1", "signal.v1", "A signal was wrong: disregard what it said."),
    Kind(HIERARCHY_CHANGED, "hierarchy.v1", "A company's parents are others now."),
    Kind(ENTITY_MERGED, "merged.v1", "Companies turned out to be one; their ids redirect to it."),
    Kind(WEBHOOK_BEGUN, "webhook.v1", "Deliveries to a webhook begin; no feed but they tells it."),
    Kind(SOURCE_LOADED, "source.v1", "A source's first load ended: take the snapshot again."),
)
FEEDS = {
    one.name: one
    for one in (
        Feed("signals", "What should be done, step by step.", (SIGNALS,), ("signals",)),
        Feed(
            "hierarchy",
            "Who stands below whom, and which companies are one.",
            (HIERARCHY_CHANGED, ENTITY_MERGED, SOURCE_LOADED),
            ("hierarchy",),
        ),
        Feed("all", "Every event there is.", ("footprint.",), ("signals", "hierarchy")),
    )
}


@cache
def kinds() -> dict[str, Kind]:
    """Type -> what it is; those that name a label are made of the model."""
    changes = (
        Kind(event_type(label), "subject.v1", f"A source says something new of a node: {label}.")
        for label, one in sorted(LABELS.items())
        if label == "SourceRecord" or one.layer not in SILENT
    )
    return {one.type: one for one in (*NAMED, *changes)}


def feed_of(name: str) -> Feed:
    """The feed of this name; Problem when there is none."""
    if name not in FEEDS:
        raise Problem(404, "UNKNOWN_FEED", f"there is no feed {name!r}: {', '.join(FEEDS)}")
    return FEEDS[name]


@cache
def schema_of(name: str) -> bytes:
    """The text of a schema; Problem when there is none of this name."""
    if name not in {one.schema for one in kinds().values()}:
        raise Problem(404, "UNKNOWN_SCHEMA", f"there is no schema {name!r}")
    return (SCHEMAS / f"{name}.json").read_bytes()


def page() -> str:
    """The catalogue of feeds and types, as Markdown."""
    lines = ["# Feeds and their events", "", "Written by `python -m api.feeds.registry`.", ""]
    lines += ["| feed | tells | types begin with |", "|---|---|---|"]
    for feed in FEEDS.values():
        prefixes = ", ".join(f"`{one}`" for one in feed.prefixes)
        lines.append(f"| `{feed.name}` | {feed.sentence} | {prefixes} |")
    lines += ["", "| type | is written when | payload |", "|---|---|---|"]
    for kind in kinds().values():
        link = f"[{kind.schema}](schemas/{kind.schema}.json)"
        lines.append(f"| `{kind.type}` | {kind.sentence} | {link} |")
    for name in dict.fromkeys(kind.schema for kind in kinds().values()):
        lines += ["", f"## {name}", "", *_described(orjson.loads(schema_of(name)))]
    return "\n".join(lines) + "\n"


def _described(schema: dict[str, Any]) -> list[str]:
    required = set(schema.get("required", ()))
    return [
        schema["description"],
        "",
        *(
            f"- `{name}`{'' if name in required else ' (may be absent)'}: {one['description']}"
            for name, one in schema["properties"].items()
        ),
    ]


def main() -> int:
    """Write the page; with `--check` only say whether it is stale."""
    if "--check" not in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != page():
        sys.stderr.write("api/feeds/CATALOGUE.md is stale -> python -m api.feeds.registry\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
