"""Relationships as a Cypher text writes them: what their ends are, and which way they go.

A reading of tokens and no parser: an end of which the text does not plainly say what it is may be
anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.statement import Token, line_of, tokens_of

Labels = frozenset[str]
"""Labels of which a node has one; none when it may be anything."""
ANY: Labels = frozenset()
_OPEN = {")": "(", "]": "[", "}": "{"}
_SEPARATORS = (":", "|", "&")
_CLAUSES = ("WITH", "RETURN", "UNWIND", "DISTINCT", "YIELD")


@dataclass(frozen=True, slots=True)
class Type:
    """A relationship type in a pattern, and the line that it is in."""

    name: str
    line: int


@dataclass(frozen=True, slots=True)
class Step:
    """One relationship of a pattern, from where its arrow begins."""

    types: tuple[Type, ...]
    start: Labels
    end: Labels
    is_directed: bool
    is_long: bool
    """Whether it may be taken several times, so that other nodes stand between its ends."""


@dataclass(frozen=True, slots=True)
class _Variable:
    """What a variable is, up to the place where it is known no more."""

    labels: Labels = ANY
    until: int = 0


def steps_of(text: str) -> Iterator[Step]:
    """Every relationship in the patterns of a text; a variable is one thing in each statement."""
    part: list[Token] = []
    for token in tokens_of(text):
        if token.text == ";" and token.depth == 0:
            yield from _Reader(text, part).steps()
            part = []
        else:
            part.append(token)
    yield from _Reader(text, part).steps()


class _Reader:
    """Reads the patterns of one statement."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.text, self.tokens = text, tokens

    def steps(self) -> Iterator[Step]:
        """Its relationships with brackets, in order."""
        for place, close in self.closes.items():
            is_arrow = self._at(place - 1) == self._at(close + 1) == "-"
            if self._at(place) == "[" and is_arrow:
                yield self._step(place, close)

    def _step(self, place: int, close: int) -> Step:
        leftward, rightward = self._at(place - 2) == "<", self._at(close + 2) == ">"
        after = close + 2 + rightward
        is_repeated = self._at(after) in ("+", "*", "{")
        if is_repeated:
            after = self.closes.get(after, after) + 1
        ends = [self._ends_before(place - 1 - leftward), self._labels(after)]
        start, end = reversed(ends) if leftward else ends
        return Step(
            tuple(self._types(place, close)),
            start,
            end,
            is_directed=leftward != rightward,
            is_long=is_repeated or "*" in map(self._at, range(place, close)),
        )

    def _types(self, place: int, close: int) -> Iterator[Type]:
        _, names, is_plain = self._told(place, close)
        for token in names if is_plain else ():
            yield Type(token.name, line_of(self.text, token.start))

    def _ends_before(self, place: int) -> Labels:
        """What the node is that closes there."""
        return self._labels(self.opens[place - 1]) if self._at(place - 1) == ")" else ANY

    def _labels(self, place: int) -> Labels:
        """What the node is that opens there, by its own labels or those of its variable."""
        if self._at(place) != "(":
            return ANY
        variable, names, is_plain = self._told(place, self.closes[place])
        if names:
            return frozenset(token.name for token in names) if is_plain else ANY
        mentions = (one for one in self.variables.get(variable, ()) if place < one.until)
        return next(mentions, _Variable()).labels

    def _told(self, place: int, close: int) -> tuple[str, list[Token], bool]:
        """Variable and names behind its colon; whether one of the names must be there."""
        inner = place + 1
        variable = self.tokens[inner].name if self._is_name(inner) else ""
        inner += bool(variable)
        names: list[Token] = []
        while self._at(inner) in _SEPARATORS and self._is_name(inner + 1):
            names.append(self.tokens[inner + 1])
            inner += 2
        ends = (
            inner == close or self._at(inner) in ("{", "*") or self.tokens[inner].is_word("WHERE")
        )
        return variable, names, ends

    @cached_property
    def variables(self) -> dict[str, list[_Variable]]:
        """What variables are by their first mention, by name, without those that AS or IN gives.

        A label that comes later may hold in one branch alone, and the next subquery may call
        something else by the same name.
        """
        found: dict[str, list[_Variable]] = {}
        for place, close in self.closes.items():
            if self._at(place) != "(":
                continue
            name, names, is_plain = self._told(place, close)
            mentions = found.setdefault(name, [])
            if not mentions or mentions[-1].until < place:
                labels = frozenset(token.name for token in names) if is_plain else ANY
                mentions.append(_Variable(labels, self._scope_ends(place)))
        for place in range(len(self.tokens)):
            found.pop(self._given_anew(place), None)
        return found

    def _scope_ends(self, place: int) -> int:
        """Where the subquery, its branch of a UNION, or the comprehension ends around a place."""
        around = [
            (bracket, close)
            for bracket, close in self.closes.items()
            if bracket < place < close and self._at(bracket) in ("{", "[")
        ]
        bracket, end = around[-1] if around else (-1, len(self.tokens))
        depth = self.tokens[bracket].depth + 1 if around else 0
        for at in range(place, end):
            if self.tokens[at].depth == depth and self.tokens[at].is_word("UNION"):
                return at
        return end

    def _given_anew(self, place: int) -> str:
        """The variable that `other AS name` or `[name IN` gives another value; empty for none."""
        if not self._is_name(place):
            return ""
        name, before = self.tokens[place].name, place - 1
        if self._at(before) in ("[", "(", ",") and self._at(place + 1).upper() == "IN":
            return name
        if before < 1 or not self.tokens[before].is_word("AS"):
            return ""
        depth, begins = self.tokens[before].depth, before
        while begins > 0 and not self._begins_item(begins - 1, depth):
            begins -= 1
        return "" if name in (one.name for one in self.tokens[begins:before]) else name

    def _begins_item(self, place: int, depth: int) -> bool:
        token = self.tokens[place]
        return token.depth < depth or (
            token.depth == depth and (token.text == "," or token.is_word(*_CLAUSES))
        )

    @cached_property
    def closes(self) -> dict[int, int]:
        """Where each bracket that opens is closed, in the order in which they open."""
        opened: list[int] = []
        found: dict[int, int] = {}
        for place, token in enumerate(self.tokens):
            if token.kind == "sign" and token.text in _OPEN.values():
                opened.append(place)
                found[place] = place
            elif token.kind == "sign" and token.text in _OPEN and opened:
                found[opened.pop()] = place
        return found

    @cached_property
    def opens(self) -> dict[int, int]:
        """Where each bracket that closes was opened."""
        return {close: place for place, close in self.closes.items()}

    def _at(self, place: int) -> str:
        return self.tokens[place].text if 0 <= place < len(self.tokens) else ""

    def _is_name(self, place: int) -> bool:
        return 0 <= place < len(self.tokens) and self.tokens[place].kind in ("word", "quoted")
