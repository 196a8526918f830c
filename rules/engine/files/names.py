"""The names that a Cypher text uses, found in its tokens: labels, types, properties, paths.

The server only warns of unknown names and knows no bound of ours, so the lint reads them here. This
is a reading of tokens and no parser: whether the text is Cypher at all, the server decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from graph.statement import Token, line_of, tokens_of

Kind = Literal["label", "type", "property", "unbounded"]
_SEPARATORS = frozenset({":", "|", "&", "!"})
_CLOSING = frozenset(")]}")
_CALLED = frozenset({"date", "datetime", "duration", "point", "db", "dbms", "apoc", "time"})
_BEFORE_PATTERNS = frozenset(
    {"MATCH", "MERGE", "CREATE", "WHERE", "AND", "OR", "XOR", "NOT", "IN", "WHEN", "THEN", "ELSE"}
)
"""Words before a bracket that do not call anything."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text, and the line that it is in."""

    kind: Kind
    text: str
    line: int


@dataclass(slots=True)
class _Bracket:
    """An open bracket: `(` a node or a group, `f(` a call, `-[` a relationship, `{p` its map."""

    kind: str
    has_path: bool = False
    """Whether a relationship stands in it."""


def names_of(text: str, *, where: str = "") -> Iterator[Name]:
    """Every label, type and property that the text names, and every path without an upper bound."""
    tokens = list(tokens_of(text, where=where))
    opened = [_Bracket("")]
    closed = opened[0]
    for place, token in enumerate(tokens):
        if _is_unbounded(tokens, place, opened[-1].kind, closed):
            yield Name("unbounded", token.text, line_of(text, token.start))
        if token.kind == "sign" and token.text in "([{":
            opened.append(_Bracket(_bracket(tokens, place, opened[-1].kind)))
        if opened[-1].kind == "-[" or _is_bare_arrow(tokens, place):
            for one in opened:
                one.has_path = True
        kind = _kind(tokens, place, opened[-1].kind)
        if kind:
            yield Name(kind, token.name, line_of(text, token.start))
        if token.kind == "sign" and token.text in _CLOSING:
            closed = opened.pop()


def _bracket(tokens: Sequence[Token], place: int, above: str) -> str:
    """What a bracket holds."""
    text = tokens[place].text
    before = tokens[place - 1] if place else None
    if before is None:
        return text
    named = before.kind in ("word", "quoted")
    if text == "[":
        return "-[" if before.text in ("-", "<") else text
    if text == "(":
        return "f(" if named and before.text.upper() not in _BEFORE_PATTERNS else text
    in_pattern = above in ("(", "-[") and (named or before.kind == "number" or before.text in "([")
    return "{p" if in_pattern else text


def _is_bare_arrow(tokens: Sequence[Token], place: int) -> bool:
    return [one.text for one in tokens[place : place + 2]] == ["-", "-"]


def _kind(tokens: Sequence[Token], place: int, within: str) -> Kind | None:
    token = tokens[place]
    if token.kind not in ("word", "quoted") or not place:
        return None
    before = tokens[place - 1].text
    after = tokens[place + 1].text if place + 1 < len(tokens) else ""
    if before == "." and after != "(" and tokens[place - 2].name.lower() not in _CALLED:
        return "property"
    if within == "{p" and after == ":" and before in "{,":
        return "property"
    if before in _SEPARATORS and _begins_with_colon(tokens, place):
        if within in ("{", "{p") and tokens[place - 3].text in "{,":
            return None  # the value of a map's key
        return "type" if within == "-[" else "label"
    return None


def _begins_with_colon(tokens: Sequence[Token], place: int) -> bool:
    """Whether names joined by | & ! before this one lead back to a colon, as in `:A|B&!C`."""
    at = place - 1
    while at >= 0 and (tokens[at].text in "|&!" or tokens[at].kind in ("word", "quoted")):
        at -= 1
    return at >= 0 and tokens[at].text == ":"


def _is_unbounded(tokens: Sequence[Token], place: int, within: str, closed: _Bracket) -> bool:
    """A `*` in a relationship without `..n` or a number; `+`, `*` or `{n,}` after a path."""
    token = tokens[place]
    rest = [one.text for one in tokens[place + 1 : place + 5]]
    if within == "-[" and token.text == "*":
        bounds = "".join(_until(rest, ("]", "{", "$")))
        return not bounds or bounds.endswith("..")
    if token.text not in ("+", "*", "{") or not _ends_a_path(tokens, place, closed):
        return False
    return token.text != "{" or "," in rest[:2] and rest[rest.index(",") + 1] == "}"


def _ends_a_path(tokens: Sequence[Token], place: int, closed: _Bracket) -> bool:
    """Whether a path that can be repeated ends just before: `)` of a group, `->`, `]-`, `--`."""
    before = "".join(one.text for one in tokens[max(0, place - 2) : place])
    if before.endswith(")"):
        return closed.has_path
    return before in ("->", "]-", "--")


def _until(texts: list[str], ends: tuple[str, ...]) -> Iterator[str]:
    for text in texts:
        if text in ends:
            return
        yield text
