"""A statement as tokens with their brackets matched: what the hints of the sandbox read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from graph.statement import Statement, Token, line_of, tokens_of
from rules.engine.files.fault import Fault

_PARTNERS = {")": "(", "]": "[", "}": "{"}
# Words before a bracket that call nothing.
_KEYWORDS = frozenset(
    {"MATCH", "OPTIONAL", "WHERE", "CALL", "UNWIND", "WITH", "RETURN", "DISTINCT", "UNION", "BY"}
    | {"AND", "OR", "XOR", "NOT", "IN", "CONTAINS", "CASE", "WHEN", "THEN", "ELSE", "END"}
    | {"CREATE", "MERGE", "INSERT", "FOREACH", "DELETE", "SET"}
    | {"LIMIT", "SKIP", "OFFSET", "ALL", "SHORTEST", "PATH", "PATHS", "GROUP", "GROUPS"}
)
_BEFORE_NAMES = frozenset(".:|&!")


@dataclass(frozen=True, slots=True)
class Call:
    """A function that a statement calls."""

    name: str
    """In small letters, with its namespace: `duration.between`."""
    place: int
    """Of the bracket that opens its arguments."""


class Script:
    """The tokens of one statement, by place."""

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        self.tokens: tuple[Token, ...] = tuple(tokens_of(statement.text, where=str(statement.path)))

    def fault(self, place: int, reason: str, mend: str) -> Fault:
        """A fault at this token's line."""
        return self.fault_at(self.tokens[place].start, reason, mend)

    def fault_at(self, offset: int, reason: str, mend: str) -> Fault:
        """A fault at the line of this letter of the text."""
        line = line_of(self.statement.text, offset)
        return Fault(f"{self.statement.path}:{line}", reason, mend)

    def text(self, place: int) -> str:
        """The token there; empty outside of the statement."""
        return self.tokens[place].text if 0 <= place < len(self.tokens) else ""

    def is_word(self, place: int, *words: str) -> bool:
        """Whether one of these keywords may stand there; a name after a dot or a colon is none."""
        if not 0 <= place < len(self.tokens) or self.tokens[place].kind != "word":
            return False
        named = place and self.text(place - 1) in _BEFORE_NAMES
        return not named and self.text(place).upper() in words

    def is_name(self, place: int) -> bool:
        """Whether a name stands there, keywords among them."""
        return 0 <= place < len(self.tokens) and self.tokens[place].kind in ("word", "quoted")

    @cached_property
    def closes(self) -> dict[int, int]:
        """Where each bracket that opens is closed."""
        opened: list[int] = []
        found: dict[int, int] = {}
        for place, token in enumerate(self.tokens):
            if token.kind == "sign" and token.text in "([{":
                opened.append(place)
            elif token.kind == "sign" and token.text in _PARTNERS and opened:
                found[opened.pop()] = place
        return found

    def split(self, start: int, stop: int, *signs: str) -> Iterator[tuple[int, int]]:
        """The spans between these signs, outside of brackets within the span."""
        begun = place = start
        while place < stop:
            if self.tokens[place].kind == "sign" and self.text(place) in signs:
                yield begun, place
                begun = place + 1
            place = self.closes.get(place, place) + 1
        if begun < stop or begun > start:
            yield begun, stop

    def arguments(self, bracket: int) -> list[tuple[int, int]]:
        """The spans of what stands in these brackets, between commas."""
        return list(self.split(bracket + 1, self.closes[bracket], ","))

    def call_at(self, place: int) -> Call | None:
        """The function whose name ends there; None where nothing is called."""
        if not self.is_name(place) or self.text(place + 1) != "(":
            return None
        dotted = self.text(place - 1) == "."
        if not dotted and self.text(place).upper() in _KEYWORDS:
            return None
        if [self.text(place - 3).upper(), self.text(place - 1)] == ["INDEX", ":"]:
            return None  # USING INDEX variable:Label(property)
        names = [self.tokens[place].name]
        before = place - 1
        while self.text(before) == "." and self.is_name(before - 1):
            names.append(self.tokens[before - 1].name)
            before -= 2
        return Call(".".join(reversed(names)).lower(), place + 1)

    def calls(self) -> Iterator[Call]:
        """Every function that is called, in order."""
        for place in range(len(self.tokens)):
            call = self.call_at(place)
            if call is not None:
                yield call
