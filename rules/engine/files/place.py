"""Where the keys of a YAML file stand, so that an error can name its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from graph.errors import RuleError

Key = tuple[str | int, ...]


class _TextDates(yaml.SafeLoader):
    """YAML in which a day stays text: pydantic reads it, and says what is wrong with it."""


_TextDates.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in forms if tag != "tag:yaml.org,2002:timestamp"]
    for first, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True, slots=True)
class Places:
    """Lines of keys, counted from 1."""

    path: Path
    lines: dict[Key, int]
    texts: dict[Key, int]
    """Lines in which texts begin: below the key when they are blocks."""

    def of_key(self, key: Sequence[Any]) -> str:
        """File and line of a key, or of the nearest one above it that is there."""
        wanted = tuple(key)
        while wanted not in self.lines:
            wanted = wanted[:-1]
        return f"{self.path}:{self.lines[wanted]}"


def read_yaml(text: str, path: Path) -> tuple[Any, Places]:
    """What a YAML text holds, and where its keys are; RuleError when it is none, or a key twice."""
    loader = _TextDates(text)
    try:
        root = loader.get_single_node()
        held = loader.construct_document(root) if root else None
    except yaml.MarkedYAMLError as error:
        mark = error.context_mark or error.problem_mark
        raise RuleError(
            f"is no YAML: {error.problem}",
            where=f"{path}:{mark.line + 1 if mark else 1}",
            remedy="mend the line",
        ) from error
    finally:
        loader.dispose()
    if not isinstance(root, yaml.MappingNode):
        raise RuleError("holds no keys", where=f"{path}:1", remedy="`./footprint rules new`")
    return held, _places(root, path)


def _places(root: yaml.Node, path: Path) -> Places:
    places = Places(path, {(): 1}, {})
    for key, line, value in walk(root):
        if isinstance(value, yaml.ScalarNode):
            places.texts[key] = value.start_mark.line + (2 if value.style in ("|", ">") else 1)
        if key in places.lines:
            raise RuleError(
                f"{'.'.join(map(str, key))} comes twice",
                where=f"{path}:{line}",
                remedy=f"keep one; the other is in line {places.lines[key]}",
            )
        places.lines[key] = line
    return places


def walk(node: yaml.Node, above: Key = ()) -> Iterator[tuple[Key, int, yaml.Node]]:
    """Every key below a node with its line, counted from 1, and its value."""
    children: list[tuple[str | int, yaml.Node, yaml.Node]] = []
    if isinstance(node, yaml.MappingNode):
        children = [(str(key.value), key, value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        children = [(number, value, value) for number, value in enumerate(node.value)]
    for name, mark, value in children:
        here = (*above, name)
        yield here, mark.start_mark.line + 1, value
        yield from walk(value, here)
