"""The constraints and indexes that the model asks for, each as one Cypher statement by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from graph.model.catalogue import LABELS, RELATIONSHIPS, Label, RelationshipType

FULL_TEXT = "entity_names"
"""The full-text index over every property that is searched."""
ANALYZER = "standard-folding"
"""Folds case and, in Latin script, diacritics; takes Chinese and Japanese sign by sign.

Of the server's own analyzers it finds most. Known gaps: Greek accents, `ue` for `ü`, and names
that are nothing but English stop words.
"""

EVENTUALLY = "false"
"""Whether a name is found only some time after its load: it would save a fifth of the work."""


def wanted() -> Mapping[str, str]:
    """Every constraint and index of the model by its name, in a fixed order."""
    return MappingProxyType(dict(_statements()))


def _statements() -> Iterator[tuple[str, str]]:
    for label in LABELS.values():
        yield from _of_label(label)
    yield FULL_TEXT, _full_text()
    for relationship in RELATIONSHIPS.values():
        yield from _of_relationship(relationship)


def _of_label(label: Label) -> Iterator[tuple[str, str]]:
    properties = label.properties.values()
    unique = [(each.name,) for each in properties if each.unique]
    indexed = [(each.name,) for each in properties if each.indexed and not each.unique]
    for names in (*unique, *label.unique):
        name = _named(label.name, names)
        yield (
            name,
            f"CREATE CONSTRAINT {name} IF NOT EXISTS "
            f"FOR (node:{label.name}) REQUIRE {_listed('node', names)} IS UNIQUE",
        )
    for names in (*indexed, *label.indexes):
        name = _named(label.name, names)
        yield (
            name,
            f"CREATE INDEX {name} IF NOT EXISTS "
            f"FOR (node:{label.name}) ON {_listed('node', names)}",
        )


def _of_relationship(relationship: RelationshipType) -> Iterator[tuple[str, str]]:
    """An index in every tense on what is looked up; former facts have no day that is due."""
    for type_name in relationship.tenses:
        for each in relationship.properties.values():
            if not each.indexed or (each.name == "due_on" and type_name.startswith("FORMER_")):
                continue
            name = _named(type_name.lower(), (each.name,))
            yield (
                name,
                f"CREATE INDEX {name} IF NOT EXISTS "
                f"FOR ()-[fact:{type_name}]-() ON (fact.{each.name})",
            )


def _full_text() -> str:
    searched = [
        (label.name, each.name)
        for label in LABELS.values()
        for each in label.properties.values()
        if each.searched
    ]
    labels = "|".join(dict.fromkeys(label for label, _ in searched))
    properties = ", ".join(dict.fromkeys(f"node.{name}" for _, name in searched))
    return (
        f"CREATE FULLTEXT INDEX {FULL_TEXT} IF NOT EXISTS "
        f"FOR (node:{labels}) ON EACH [{properties}] "
        f"OPTIONS {{indexConfig: {{`fulltext.analyzer`: '{ANALYZER}', "
        f"`fulltext.eventually_consistent`: {EVENTUALLY}}}}}"
    )


def _named(of: str, names: Sequence[str]) -> str:
    snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", of).lower()
    return "_".join((snake, *names))


def _listed(variable: str, names: Sequence[str]) -> str:
    return "(" + ", ".join(f"{variable}.{name}" for name in names) + ")"
