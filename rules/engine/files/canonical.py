"""The one form of rules' and packs' files, so that versions differ in nothing but meaning.

The parser says where each key and value stands, and whole pieces of text change places: comments
stay with their key, and what has no reason to change is not written anew.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import Any

import yaml

from graph.errors import RuleError, StatementError
from graph.statement import text_of, tokens_of
from graph.strict import Strict
from rules.engine.files.fault import Fault
from rules.engine.files.format import Case, Parameter, Rule, read_as
from rules.engine.files.pack import kind_of
from rules.engine.files.place import Key, walk

WIDTH = 100
"""Letters of a line, beyond which a text becomes a block."""
_COMMENT = re.compile(r"[ \t]*#[^\n]*")
INNER: dict[str, type[Strict]] = {"parameters": Parameter, "tests": Case}
"""What the parts of these keys are."""
SETS = frozenset({"evidence", "countries"})
"""Keys whose lists have no order."""
Edit = tuple[int, int, str]
"""Begin, end, and what is to stand there."""
Step = Callable[[str, yaml.Node], Iterator[Edit]]


def canonical(file: Path) -> str:
    """A YAML or a statement in its one form."""
    if file.suffix == ".yaml":
        return canonical_yaml(text_of(file, RuleError), file)
    return canonical_statement(text_of(file, StatementError))


def unformed(path: Path) -> list[Path]:
    """Which files are not in their one form: a YAML, and beside that of a rule its statement."""
    files = [path, path.with_suffix(".cypher")] if kind_of(path) is Rule else [path]
    return [file for file in files if text_of(file, RuleError) != canonical(file)]


def unformed_told(file: Path) -> Fault:
    """Where a file begins to differ from its one form."""
    lines = zip(text_of(file, RuleError).splitlines(), canonical(file).splitlines(), strict=False)
    same = list(takewhile(lambda both: both[0] == both[1], lines))
    mend = f"./footprint rules format {file.with_suffix('.yaml')}"
    return Fault(f"{file}:{len(same) + 1}", "is not in its one form", mend)


def canonical_yaml(text: str, path: Path) -> str:
    """A YAML in its one form; RuleError when it is not what it should be. What it means stays."""
    kind = kind_of(path)
    meant, _ = read_as(kind, text, path)
    formed = "\n".join(line.rstrip() for line in text.splitlines()) + "\n"
    steps: tuple[Step, ...] = (partial(_keys_in_order, kind), *STEPS)
    for step in steps:
        root = yaml.compose(formed, yaml.SafeLoader)
        edits = sorted(step(formed, root), reverse=True) if root else []
        for begin, end, instead in edits:
            formed = formed[:begin] + instead + formed[end:]
    formed = formed.rstrip("\n") + "\n"
    if _unordered(read_as(kind, formed, path)[0]) != _unordered(meant):
        raise RuleError("it cannot be formatted", where=str(path), remedy="write it plainly")
    return formed


def _unordered(said: Strict) -> dict[str, Any]:
    """What a file says, without the order of what has none."""
    plain = said.model_dump()
    for name in SETS & plain.keys():
        plain[name] = sorted(plain[name])
    for case in plain.get("tests", ()):
        case["stale"] = sorted(case["stale"])
    return plain


def canonical_statement(text: str) -> str:
    """A statement without spaces at the ends of its lines, with one newline at its end."""
    formed = "\n".join(line.rstrip() for line in text.splitlines()).rstrip("\n") + "\n"
    is_same = [one.text for one in tokens_of(text)] == [one.text for one in tokens_of(formed)]
    return formed if is_same else text.rstrip("\n") + "\n"


def _keys_in_order(kind: type[Strict], text: str, root: yaml.Node) -> Iterator[Edit]:
    """The file's own keys stand in the order that the format declares."""
    yield from _ordered(text, root, list(kind.model_fields))


def _inner_keys_in_order(text: str, root: yaml.Node) -> Iterator[Edit]:
    """So do the keys of parameters and of tests."""
    for key, _, node in walk(root):
        model = INNER.get(str(key[0]))
        if model and len(key) == 2:
            yield from _ordered(text, node, list(model.model_fields))


def _sets_are_sorted(text: str, root: yaml.Node) -> Iterator[Edit]:
    """Lists whose order has no meaning are sorted."""
    for key, _, node in walk(root):
        if isinstance(node, yaml.SequenceNode) and _is_set(key):
            pieces = [_piece(text, one, one, node) for one in node.value]
            order = sorted(range(len(pieces)), key=lambda at: str(node.value[at].value))
            yield from _moved(text, pieces, order)


def _is_set(key: Key) -> bool:
    return key[0] in SETS and len(key) == 1 or key[::2] == ("tests", "stale")


def _long_texts_are_blocks(text: str, root: yaml.Node) -> Iterator[Edit]:
    """Texts too long for a line are folded, but no Cypher; those of several lines stand as such."""
    flowing = [key for key, _, one in walk(root) if getattr(one, "flow_style", False)]
    for key, _, node in walk(root):
        if not isinstance(node, yaml.ScalarNode) or node.style == "|":
            continue
        if (
            "given" in key
            and "\n" not in node.value
            or any(key[: len(one)] == one for one in flowing)
        ):
            continue
        begin, end = node.start_mark.index, node.end_mark.index
        line = text[text.rfind("\n", 0, begin) + 1 : begin]
        has_room = len(line) + end - begin <= WIDTH and "\n" not in node.value
        if node.style == ">" or not has_room and not _COMMENT.match(text, end):
            made = _block(node.value, " " * _indent(line))
            yield (begin, end, made + "\n" * (node.style == ">")) if made else (0, 0, "")


def _indent(line: str) -> int:
    """Where a block begins whose key or dash stands in this line."""
    key = len(line) - len(line.lstrip(" -"))
    return key + 2 if line.strip(" -") else key


def _block(value: str, indent: str) -> str:
    """A text as a block; empty when no block would say the same."""
    lines, head = value.removesuffix("\n").split("\n"), "|" if value.endswith("\n") else "|-"
    if len(lines) == 1 and value == " ".join(value.split()):
        room = WIDTH - len(indent)
        lines = textwrap.wrap(value, room, break_long_words=False, break_on_hyphens=False)
        head = ">-"
    if any(one != one.rstrip() for one in lines) or lines[0].startswith(" "):
        return ""
    return "\n".join([head, *(f"{indent}{one}".rstrip() for one in lines)])


def _ordered(text: str, node: yaml.Node, names: Sequence[str]) -> Iterator[Edit]:
    if isinstance(node, yaml.MappingNode):
        pieces = [_piece(text, key, value, node) for key, value in node.value]
        order = sorted(range(len(pieces)), key=lambda at: names.index(node.value[at][0].value))
        yield from _moved(text, pieces, order)


def _moved(text: str, pieces: Sequence[tuple[int, int]], order: Sequence[int]) -> Iterator[Edit]:
    """Pieces of the text in another order; what is between them stays."""
    for (begin, end), at in zip(pieces, order, strict=True):
        if (begin, end) != pieces[at]:
            yield begin, end, text[slice(*pieces[at])]


def _piece(
    text: str, first: yaml.Node, last: yaml.Node, within: yaml.CollectionNode
) -> tuple[int, int]:
    """Where a part of a list or a map begins and ends, with the comments above and behind it."""
    begin, end = first.start_mark.index, _end(last)
    end = begin + len(text[begin:end].rstrip())
    if within.flow_style:
        return begin, end
    margin = " " * first.start_mark.column
    while _line_above(text, begin).startswith(f"{margin}#"):
        begin -= len(_line_above(text, begin)) + 1
    comment = _COMMENT.match(text, end)
    return begin, comment.end() if comment else end


def _line_above(text: str, begin: int) -> str:
    return text[:begin].rsplit("\n", 2)[-2] if "\n" in text[:begin] else ""


def _end(node: yaml.Node) -> int:
    """Where the last letter of a value stands; a block's own mark is that of what follows it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


STEPS: tuple[Step, ...] = (
    _inner_keys_in_order,
    _sets_are_sorted,
    _long_texts_are_blocks,
)
