"""Writes docs/model.md from the catalogue: `python -m graph.model.document [--check]`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from graph.errors import UsageError
from graph.model.catalogue import LABELS, LAYERS, RELATIONSHIPS, Label, Property, RelationshipType
from graph.model.not_yet import NOT_YET

PAGE = Path(__file__).resolve().parents[2] / "docs" / "model.md"
ANY = 12
"""A relationship to this many labels is shown as one to any of them."""


def _in_all(of: Iterable[Label | RelationshipType]) -> frozenset[str]:
    """The properties that all of them have."""
    return frozenset.intersection(*(frozenset(each.properties) for each in of))


ASSERTED = _in_all(label for label in LABELS.values() if label.canonical)
SEEN = _in_all(label for label in LABELS.values() if label.layer == "party")
ASSERTED -= SEEN
FACT = _in_all(each for each in RELATIONSHIPS.values() if each.kind == "fact")
PLANNABLE = _in_all(each for each in RELATIONSHIPS.values() if each.planned) - FACT

OPENING = """\
# The model

This page is written by `python -m graph.model.document` from `graph/model/`; change the classes
there, not this page. Names of labels, types and properties are what rules and queries write.

Every node has an `id`. Nodes that are met again have `first_seen_at` and `last_seen_at`; versions
of records, events and plumbing do without. Every node that a source asserts also has `record`,
`stub` and `reference`. Every fact has an `id` and both clocks: `valid_from` and
`valid_to` say when it holds in the world, `recorded_from` and `recorded_to` when we believed it.
All intervals are half-open; an open end is 9999-12-31. The present is the plain type; what ended or
was corrected is the same fact under `FORMER_`, what is announced under `PLANNED_`.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([OPENING, *_shared(), *_layers(), *_not_yet()])


def check() -> bool:
    """Whether the page on disk is what the model says."""
    return PAGE.exists() and PAGE.read_text(encoding="utf-8") == page()


def _shared() -> Iterator[str]:
    yield "## What nodes and facts share\n"
    for title, names, sample in (
        ("every node that is met again", SEEN, LABELS["LegalEntity"]),
        ("every node that a source asserts, beside these", ASSERTED, LABELS["LegalEntity"]),
        ("every fact", FACT, RELATIONSHIPS["PARENT_IN"]),
        ("every fact that may be announced, beside these", PLANNABLE, RELATIONSHIPS["PARENT_IN"]),
    ):
        yield f"On {title}:\n"
        yield from _table(each for name, each in sample.properties.items() if name in names)


def _layers() -> Iterator[str]:
    for layer in LAYERS:
        labels = [label for label in LABELS.values() if label.layer == layer]
        types = [each for each in RELATIONSHIPS.values() if each.layer == layer]
        yield f"## {layer.capitalize()}\n"
        yield from _drawing(types)
        for label in labels:
            yield from _label(label)
        yield from _types(types)


def _drawing(types: Iterable[RelationshipType]) -> Iterator[str]:
    edges = [
        f"  {start} -->|{each.name}| {end}"
        for each in types
        for start, end in _shown_patterns(each)
    ]
    if edges:
        yield "```mermaid\ngraph LR"
        yield "\n".join(edges).replace("any asserted node", "Any[any asserted node]")
        yield "```\n"


def _shown_patterns(each: RelationshipType) -> list[tuple[str, str]]:
    if len(each.patterns) < ANY:
        return list(each.patterns)
    rest = [(start, end) for start, end in each.patterns if not LABELS[end].canonical]
    return [(each.patterns[0][0], "any asserted node"), *rest]


def _label(label: Label) -> Iterator[str]:
    yield f"### {label.name}\n"
    yield f"{label.description}\n"
    shared = SEEN | ASSERTED if label.canonical else SEEN
    own = [each for name, each in label.properties.items() if name not in shared]
    if own:
        yield from _table(own)
    if label.unique:
        yield _together("Unique together", label.unique)
    if label.indexes:
        yield _together("Looked up together", label.indexes)


def _together(what: str, groups: Iterable[tuple[str, ...]]) -> str:
    listed = "; ".join(", ".join(f"`{name}`" for name in group) for group in groups)
    return f"{what}: {listed}.\n"


def _table(properties: Iterable[Property]) -> Iterator[str]:
    yield "| property | type | meaning |"
    yield "|---|---|---|"
    for each in properties:
        yield f"| `{each.name}` | {_type(each)} | {_meaning(each)} |"
    yield ""


def _type(each: Property) -> str:
    marks = [each.type.replace("_", " ")]
    if each.unique:
        marks.append("unique")
    elif each.indexed:
        marks.append("indexed")
    if each.searched:
        marks.append("full text")
    return ", ".join(marks)


def _meaning(each: Property) -> str:
    values = ", ".join(f"`{value}`" for value in each.values)
    return f"{each.description} One of {values}." if values else each.description


def _types(types: list[RelationshipType]) -> Iterator[str]:
    if not types:
        return
    yield "### Relationships\n"
    yield "| relationship | kind | tenses | meaning |"
    yield "|---|---|---|---|"
    for each in types:
        patterns = "<br>".join(
            f"`(:{start})-[:{each.name}]->(:{end})`" for start, end in _shown_patterns(each)
        )
        yield f"| {patterns} | {each.kind} | {_tenses(each)} | {_said(each)} |"
    yield ""


def _tenses(each: RelationshipType) -> str:
    if each.kind != "fact":
        return "none"
    return "present, former, planned" if each.planned else "present, former, dated ahead"


def _said(each: RelationshipType) -> str:
    shared = FACT | PLANNABLE if each.kind == "fact" else frozenset()
    own = [one for one in each.properties.values() if one.name not in shared]
    listed = "".join(f"<br>`{one.name}` ({_type(one)}): {_meaning(one)}" for one in own)
    return each.description + listed


def _not_yet() -> Iterator[str]:
    yield "## Not yet\n"
    yield "Wanted by rules, and added with the loader that feeds them, not before:\n"
    yield "| what | for |"
    yield "|---|---|"
    for what, purpose in NOT_YET.items():
        yield f"| {what} | {purpose} |"
    yield ""


def main(arguments: list[str]) -> int:
    """Write the page, or with `--check` say whether it is current; the exit code says it too."""
    if arguments not in ([], ["--check"]):
        raise UsageError("unknown arguments", remedy="python -m graph.model.document [--check]")
    if arguments:
        current = check()
        sys.stdout.write(f"{PAGE.name} is {'current' if current else 'out of date'}\n")
        return 0 if current else 1
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"wrote {PAGE.name}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
