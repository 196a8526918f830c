"""How large a value may grow, read from the tokens of its expression: a bound, no measurement.

What runs inside one expression is neither counted by the server's memory limit nor heard when it is
told to stop, so lists that may be as long as there are rows must not be worked through there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rules.engine.safety.allowed import LISTS, PLAIN
from rules.engine.safety.script import Call, Script

LONG = 1_000
"""Weight of a list that may have as many elements as there are rows."""
SOME = 20
"""Weight of a list whose length is not written down, but is no number of rows."""
MOST_WRITTEN = 1_000
"""Longest list, range or slice whose length is written down."""
LETTERS = 50
"""Letters of a text that weigh one."""
_ELEMENTS = frozenset({"head", "last"})
_SPLITS = ("AND", "OR", "XOR", "NOT", "IN", "IS", "CASE", "WHEN", "THEN", "ELSE", "END", "NULL")
_ARITHMETIC = frozenset("*/%^-")


@dataclass(frozen=True, slots=True)
class Size:
    """How large a value may be; a plain value weighs one."""

    weight: int = 1
    element: Size | None = None
    """What a list holds, all its elements in one; None where the value is no list."""
    is_long: bool = False
    """Whether it is a list that may have as many elements as there are rows."""
    parts: tuple[Size, ...] = ()
    """The elements of a list that is written out, one by one."""

    @property
    def holds_long(self) -> bool:
        """Whether it is, or holds, a list that may be as long as there are rows."""
        return self.is_long or self.element is not None and self.element.holds_long

    def at(self, index: int | None = None) -> Size:
        """One of its elements; itself where it is no list."""
        if index is not None and index < len(self.parts):
            return self.parts[index]
        return self if self.element is None else self.element

    def listed(self, times: int, *, is_long: bool = False) -> Size:
        """A list of such values."""
        return Size(times * self.weight, self, is_long)

    def with_other(self, other: Size, weight: int) -> Size:
        """Either of two values, or both, that together weigh so much."""
        if self.element is None or other.element is None:
            element = self.element or other.element
        else:
            most = max(self.element.weight, other.element.weight)
            element = self.element.with_other(other.element, most)
        return Size(weight, element, self.is_long or other.is_long, _parts(self, other))

    def __add__(self, other: Size) -> Size:
        """Both of them, however they are put together."""
        return self.with_other(other, self.weight + other.weight)


NOTHING = Size(weight=0)


def _parts(one: Size, other: Size) -> tuple[Size, ...]:
    """The elements one by one, where both lists have as many or one is nothing."""
    if one == NOTHING or other == NOTHING:
        return one.parts or other.parts
    if len(one.parts) != len(other.parts):
        return ()
    pairs = zip(one.parts, other.parts, strict=True)
    return tuple(left.with_other(right, max(left.weight, right.weight)) for left, right in pairs)


class Sizes:
    """What is known of each name of a statement so far; a name keeps its largest size."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.named: dict[str, Size] = {}

    def learn(self, name: str, size: Size) -> None:
        """Remember how large the value of a name may be."""
        known = self.named.get(name, NOTHING)
        self.named[name] = known.with_other(size, max(known.weight, size.weight))

    def of(self, start: int, stop: int) -> Size:
        """The size of what an expression gives: its operands, put together.

        What stands between WHEN and THEN is a condition, and no part of it.
        """
        script, total, before, begun = self.script, NOTHING, NOTHING, start
        place = start
        while place < stop:
            if script.text(place) in ("+", ",") or script.is_word(place, *_SPLITS):
                total += self._operand(begun, place) + self._keyword(place)
                begun = place + 1
                if self._is_keyword(place, "WHEN"):
                    before = total
                elif self._is_keyword(place, "THEN"):
                    total = before
            place = script.closes.get(place, place) + 1
        return total + self._operand(begun, stop)

    def _is_keyword(self, place: int, word: str) -> bool:
        """Whether this word cannot be the name of a value that is put together with others."""
        around = (self.script.text(place - 1), self.script.text(place + 1))
        joined = around[0] in ("+", ",") or around[1] in ("+", ",")
        return self.script.is_word(place, word) and not joined

    def _keyword(self, place: int) -> Size:
        """A keyword that is also the name of a value counts as that."""
        return self.named.get(self.script.text(place), NOTHING)

    def _operand(self, start: int, stop: int) -> Size:
        total, place, is_number = NOTHING, start, False
        while place < stop:
            is_number = is_number or self.script.text(place) in _ARITHMETIC
            found, place = self._primary(place, stop)
            total += found
        return total.with_other(NOTHING, 1) if is_number else total

    def _primary(self, place: int, stop: int) -> tuple[Size, int]:
        """One value with what is picked out of it, and where the next one begins."""
        script, token = self.script, self.script.tokens[place]
        call = script.call_at(place)
        if call is not None:
            found, after = self._called(call), script.closes[call.place] + 1
        elif token.text in script_opens(script, place):
            found, after = self._bracket(place), script.closes[place] + 1
        elif script.is_word(place, "COLLECT", "EXISTS", "COUNT") and script.text(place + 1) == "{":
            found, after = self._subquery(place), script.closes[place + 1] + 1
        elif token.kind in ("word", "quoted"):
            found, after = self.named.get(token.name, Size()), place + 1
        elif token.kind == "string":
            found, after = Size(1 + len(token.text) // LETTERS), place + 1
        else:
            return (Size() if token.kind in ("number", "parameter") else NOTHING), place + 1
        return self._picked(found, after, stop)

    def _picked(self, size: Size, place: int, stop: int) -> tuple[Size, int]:
        """What properties, indexes and slices behind a value leave of it."""
        script = self.script
        while place < stop:
            if script.text(place) == "." and script.is_name(place + 1):
                size, place = size.at(), place + 2
            elif script.text(place) == "[":
                size = self._sliced(size, place)
                place = script.closes[place] + 1
            else:
                break
        return size, place

    def _sliced(self, size: Size, place: int) -> Size:
        start, stop = place + 1, self.script.closes[place]
        if len(list(self.script.split(start, stop, "."))) < 2:
            index = self.script.text(start) if stop == start + 1 else ""
            return size.at(int(index) if index.isdigit() else None)
        count = written_slice(self.script, place)
        if count is None:
            return size
        return Size(min(size.weight, count * size.at().weight), size.element)

    def _bracket(self, place: int) -> Size:
        script, close = self.script, self.script.closes[place]
        loop = loop_at(script, place)
        if loop is not None:
            return self._loop(loop)
        if script.text(place) == "(":
            return self.of(place + 1, close)
        parts = tuple(self.of(*span) for span in script.split(place + 1, close, ","))
        element = NOTHING
        for part in parts:
            element = element.with_other(part, max(element.weight, part.weight))
        return Size(max(sum(part.weight for part in parts), 1), element, parts=parts)

    def _loop(self, loop: Loop) -> Size:
        over = self.of(*loop.over)
        if loop.gives is None:
            return over
        gives = self.of(*loop.gives)
        if over.is_long:
            return Size(max(LONG, gives.weight), gives, is_long=True)
        return gives.listed(over.weight if over.weight > 1 else SOME)

    def _subquery(self, place: int) -> Size:
        """COLLECT {...} gives a list of what its last RETURN names; others give one value."""
        script, close = self.script, self.script.closes[place + 1]
        if not script.is_word(place, "COLLECT"):
            return Size()
        depth = script.tokens[place + 1].depth + 1
        begins = [
            inside + 1
            for inside in range(place + 2, close)
            if script.tokens[inside].depth == depth and script.is_word(inside, "RETURN")
        ]
        given = self.of(begins[-1] if begins else place + 2, close)
        limit = script.text(close - 1)
        return given.listed(int(limit) if limit.isdigit() else SOME)

    def _called(self, call: Call) -> Size:
        script, name = self.script, call.name
        arguments = [self.of(*span) for span in script.arguments(call.place)]
        if name in PLAIN or not arguments:
            return Size()
        if name == "collect":
            # The server counts what it holds, and it is never more than a transaction may have.
            return Size(LONG, arguments[0], is_long=True)
        if name == "range":
            count = written_range(script, call.place)
            return Size().listed(count or LONG, is_long=count is None)
        if name == "split":
            count = LETTERS * arguments[0].weight
            return Size().listed(count, is_long=count > LONG)
        if name in LISTS:
            return Size().listed(max(SOME, arguments[0].weight))
        if name in _ELEMENTS:
            return arguments[0].at()
        total = sum(arguments, NOTHING)
        if name == "replace":
            by = script.text(script.arguments(call.place)[-1][0])
            return Size(arguments[0].weight * max(len(by) - 2, 1))
        return total


@dataclass(frozen=True, slots=True)
class Loop:
    """A list worked through inside an expression: `[one IN over WHERE tests | gives]`."""

    place: int
    variable: str
    over: tuple[int, int]
    tests: tuple[int, int] | None
    gives: tuple[int, int] | None


def script_opens(script: Script, place: int) -> str:
    """The sign there when it opens a bracket that is closed; else nothing that a token can be."""
    return script.text(place) if place in script.closes else "\n"


def loop_at(script: Script, place: int) -> Loop | None:
    """The loop whose bracket opens there, as in `[one IN ...]` and `any(one IN ...)`."""
    if place not in script.closes or script.text(place) == "{":
        return None
    called = script.is_word(place - 1, "ANY", "ALL", "NONE", "SINGLE")
    if script.text(place) == "(" and not called:
        return None
    if not (script.is_name(place + 1) and script.is_word(place + 2, "IN")):
        return None
    close, where, bar = script.closes[place], None, None
    inside = place + 3
    while inside < close:
        if script.is_word(inside, "WHERE") and where is None:
            where = inside
        elif script.text(inside) == "|":
            bar = inside
        inside = script.closes.get(inside, inside) + 1
    ends = bar if bar is not None else close
    return Loop(
        place=place,
        variable=script.tokens[place + 1].name,
        over=(place + 3, where if where is not None else ends),
        tests=(where + 1, ends) if where is not None else None,
        gives=(bar + 1, close) if bar is not None else None,
    )


def written_slice(script: Script, place: int) -> int | None:
    """How many elements `[a..b]` leaves at most; None where that is not written down, or many."""
    inside = "".join(script.text(one) for one in range(place + 1, script.closes[place]))
    found = re.fullmatch(r"(\d*)\.\.(\d+)|-(\d+)\.\.", inside)
    if found is None:
        return None
    count = int(found[3]) if found[3] else int(found[2]) - int(found[1] or 0)
    return max(count, 1) if count <= MOST_WRITTEN else None


def written_range(script: Script, bracket: int) -> int | None:
    """How many numbers `range(a, b)` gives; None when they are many or not written down."""
    texts = [
        "".join(script.text(one) for one in range(*span)) for span in script.arguments(bracket)
    ]
    if len(texts) < 2 or not all(text.removeprefix("-").isdigit() for text in texts):
        return None
    count = abs(int(texts[1]) - int(texts[0])) + 1
    return count if count <= MOST_WRITTEN else None
