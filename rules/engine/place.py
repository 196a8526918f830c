"""Where the keys of a YAML file stand, so that an error can name its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from graph.errors import RuleError

Key = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Lines of keys, counted from 1."""

    path: Path
    lines: dict[Key, int]
    texts: dict[Key, int]
    """Lines in which texts begin: below the key when they are blocks."""

    @classmethod
    def of(cls, text: str, path: Path) -> Places:
        """Read where the keys are; RuleError when the text is no YAML, or a key comes twice."""
        try:
            root = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.context_mark or error.problem_mark
            line = mark.line + 1 if mark else 1
            raise RuleError(
                f"is no YAML: {error.problem}", where=f"{path}:{line}", remedy="mend the line"
            ) from error
        if not isinstance(root, yaml.MappingNode):
            raise RuleError("holds no keys", where=f"{path}:1", remedy="`./footprint rules new`")
        lines: dict[Key, int] = {(): 1}
        texts: dict[Key, int] = {}
        for key, line, value in _walk(root, ()):
            if isinstance(value, yaml.ScalarNode):
                texts[key] = value.start_mark.line + (2 if value.style in ("|", ">") else 1)
            if key in lines:
                raise RuleError(
                    f"{'.'.join(map(str, key))} comes twice",
                    where=f"{path}:{line}",
                    remedy=f"keep one; the other is in line {lines[key]}",
                )
            lines[key] = line
        return cls(path, lines, texts)

    def of_key(self, key: Sequence[Any]) -> str:
        """File and line of a key, or of the nearest one above it that is there."""
        wanted = tuple(key)
        while wanted not in self.lines:
            wanted = wanted[:-1]
        return f"{self.path}:{self.lines[wanted]}"


def _walk(node: yaml.Node, above: Key) -> Iterator[tuple[Key, int, yaml.Node]]:
    children: list[tuple[str | int, yaml.Node, yaml.Node]] = []
    if isinstance(node, yaml.MappingNode):
        children = [(str(key.value), key, value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        children = [(number, value, value) for number, value in enumerate(node.value)]
    for name, mark, value in children:
        here = (*above, name)
        yield here, mark.start_mark.line + 1, value
        yield from _walk(value, here)
