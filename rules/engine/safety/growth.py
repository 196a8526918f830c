"""What may grow or run on inside one expression, where no limit of the server reaches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rules.engine.files.fault import Fault
from rules.engine.safety.script import Script
from rules.engine.safety.sizes import (
    LONG,
    MOST_WRITTEN,
    Loop,
    Size,
    Sizes,
    loop_at,
    written_range,
    written_slice,
)

MOST_WEIGHT = 50_000
"""Heaviest value: fifty lists as long as there are rows, or two million letters."""
MOST_TOGETHER = 500_000
"""Weight of all that a statement names."""
MOST_LOOPS = 2
"""Loops in one another."""
MOST_COPIES = 4
"""Lists as long as there are rows of which a loop makes another one."""
_CLAUSES = ("WITH", "RETURN", "UNWIND")
_AT_ONCE = frozenset({"size", "head", "last", "isempty"})
_BEFORE_OPERAND = ("WHERE", "AND", "OR", "XOR", "NOT", "WHEN", "THEN", "ELSE")
_BEFORE_VALUE = frozenset("([|,=<>")


def growth(script: Script) -> Iterator[Fault]:
    """Every value that may grow without measure, and every loop that may not end in time."""
    yield from _lists_are_limited(script)
    yield from _ranges_are_short(script)
    yield from _Reader(script).faults()


class _Reader:
    """Reads a statement from its first word to its last, and learns how large its values are."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.sizes = Sizes(script)
        self.around: list[Loop] = []
        """Loops that are open, the outermost first."""
        self.copies = self.together = 0
        self.items = [_Item(len(script.tokens), 0, "")]
        """Items of clauses that are open, by bracket."""

    def faults(self) -> Iterator[Fault]:
        """All that is wrong, in order."""
        script = self.script
        for place in range(len(script.tokens)):
            while self.items[-1].ends <= place:
                self.items.pop()
            self.around = [one for one in self.around if script.closes[one.place] > place]
            if self._begins_item(place):
                clause = self.items[-1].clause
                clause = clause if script.text(place) == "," else script.text(place).upper()
                self.items[-1] = _Item(self.items[-1].ends, place + 1, clause)
            elif script.is_word(place, "AS") and script.is_name(place + 1):
                yield from self._name(place + 1)
            loop = loop_at(script, place)
            if loop is not None:
                yield from self._loop(loop)
                self.around.append(loop)
            if place in script.closes:
                self.items.append(_Item(script.closes[place], place + 1, ""))

    def _begins_item(self, place: int) -> bool:
        """Whether a clause or a comma stands there; a value that is added to another is none."""
        if self.script.text(place) == ",":
            return True
        return self.script.is_word(place, *_CLAUSES) and self.script.text(place - 1) != "+"

    def _name(self, place: int) -> Iterator[Fault]:
        """Learn what `expression AS name` gives; a fault when it may be too large."""
        script, item = self.script, self.items[-1]
        if script.is_word(place, *_CLAUSES, "AS") or script.text(place).upper() in _CLAUSES:
            yield script.fault(place, "a keyword as a name", "another name")
        size = self.sizes.of(item.begins, place - 1)
        if size.weight > MOST_WEIGHT:
            yield script.fault(
                place,
                f"{script.text(place)} may grow without measure: it is put together from itself,"
                " or from many others",
                "put fewer values into it, cut lists by [..50]; a name counts as the largest value"
                " that it is given anywhere",
            )
        elif self.together <= MOST_TOGETHER < self.together + size.weight:
            yield script.fault(place, "its values are too large together", "cut lists by [..50]")
        self.together += size.weight
        size = size.at() if item.clause == "UNWIND" else size
        self.sizes.learn(script.tokens[place].name, size)

    def _loop(self, loop: Loop) -> Iterator[Fault]:
        """What is wrong with a list worked through inside an expression."""
        script, over = self.script, self.sizes.of(*loop.over)
        self.sizes.learn(loop.variable, over.at())
        name = " ".join(script.text(place) for place in range(*loop.over))[:40]
        if len(self.around) >= MOST_LOOPS:
            yield script.fault(loop.place, "a third loop in one expression", "UNWIND a list")
        elif self._too_often(loop):
            yield script.fault(
                loop.place,
                f"a loop over {name} for each of a list that may be as long as there are rows",
                "UNWIND one of them in COLLECT {... LIMIT 50}, or cut both by [..50]",
            )
        if over.is_long and script.text(loop.place) == "[":
            yield from self._copy(loop, over, name)
        for start, stop in filter(None, (loop.tests, loop.gives)):
            yield from self._long_in_loop(start, stop, loop.variable)

    def _copy(self, loop: Loop, over: Size, name: str) -> Iterator[Fault]:
        """What is wrong with a list that is made of one as long as there are rows."""
        self.copies += 1
        if loop.gives is not None and not _picks(self.script, loop):
            yield self.script.fault(
                loop.place,
                f"values made of each of {name}, which may be as long as there are rows",
                f"cut it, [{loop.variable} IN {name}[..50] | ...], or make them in collect(...)",
            )
        if self.copies > MOST_COPIES or over.weight > LONG:
            yield self.script.fault(
                loop.place,
                f"more than {MOST_COPIES} copies of lists as long as there are rows, or several"
                " in one",
                "cut what they are made of, items[..50], or UNWIND it",
            )

    def _too_often(self, loop: Loop) -> bool:
        """Whether it is done for each of a long list, and over more than what that one holds."""
        if not any(self.sizes.of(*outer.over).is_long for outer in self.around):
            return False
        own = self.script.tokens[loop.over[0]].name in [outer.variable for outer in self.around]
        return not own and not _is_written(self.script, loop)

    def _long_in_loop(self, start: int, stop: int, variable: str) -> Iterator[Fault]:
        """Lists as long as rows that each round of a loop would work through again."""
        script = self.script
        for place in range(start, stop):
            if not script.is_name(place) or script.text(place - 1) == ".":
                continue
            name = script.tokens[place].name
            if name == variable and loop_at(script, place - 3) is not None:
                continue  # the round's own element: all rounds together go once through the list
            size = self.sizes.named.get(name, Size())
            if size.holds_long and not self._at_once(size, place):
                yield script.fault(
                    place,
                    f"{name} may be as long as there are rows, and each round works through it",
                    f"cut it, {name}[..50], or UNWIND in COLLECT {{... LIMIT 50}}",
                )

    def _at_once(self, size: Size, place: int) -> bool:
        """Whether this use of a long list takes no longer than that of a short one."""
        script, after = self.script, self.script.text(place + 1)
        if after == "[":
            is_cut = written_slice(script, place + 1) is not None
            return is_cut or not _index(script, size, place + 1).holds_long
        call = script.call_at(place - 2) if script.text(place - 1) == "(" else None
        if call is not None and call.name in _AT_ONCE and after == ")":
            return call.name == "size" or not size.at().holds_long
        if not script.is_word(place - 1, "IN") or after in (".", "+"):
            return False
        if loop_at(script, place - 3) is not None:
            return False
        # The server keeps what it looked up in a list, except when it looks for a list in it.
        return self.sizes.of(_operand_begins(script, place - 1), place - 1).element is None


@dataclass(frozen=True, slots=True)
class _Item:
    """An expression of a clause, up to its AS."""

    ends: int
    """Where the bracket closes that it stands in."""
    begins: int
    clause: str


def _index(script: Script, size: Size, bracket: int) -> Size:
    """What `[n]` picks; the list itself where it is a slice that may be long."""
    start, stop = bracket + 1, script.closes[bracket]
    if "." in (script.text(place) for place in range(start, stop)):
        return size
    number = script.text(start)
    return size.at(int(number) if stop == start + 1 and number.isdigit() else None)


def _operand_begins(script: Script, stop: int) -> int:
    """Where the value that ends there begins."""
    opens = {close: bracket for bracket, close in script.closes.items()}
    place = stop
    while place > 0:
        before = place - 1
        if script.text(before) in _BEFORE_VALUE or script.is_word(before, *_BEFORE_OPERAND):
            return place
        place = opens.get(before, before)
    return 0


def _is_written(script: Script, loop: Loop) -> bool:
    """Whether it loops over a list that is written out, or over a property."""
    start, stop = loop.over
    if script.text(start) == "[" and script.closes.get(start) == stop - 1:
        return loop_at(script, start) is None
    texts = [script.text(place) for place in range(start, stop)]
    return len(texts) == 3 and texts[1] == "."


def _picks(script: Script, loop: Loop) -> bool:
    """Whether a loop gives but what is there already: `one`, or `one[0]`."""
    text = "".join(script.text(place) for place in range(*(loop.gives or (0, 0))))
    return re.fullmatch(rf"{re.escape(loop.variable)}(\[\d+\])*", text) is not None


def _lists_are_limited(script: Script) -> Iterator[Fault]:
    """COLLECT {...} ends with LIMIT: its list is in no limit of memory, that of collect() is."""
    for place in range(len(script.tokens)):
        if script.is_word(place, "COLLECT") and script.text(place + 1) == "{":
            if not _ends_limited(script, place + 1):
                yield script.fault(
                    place,
                    f"COLLECT without a LIMIT of at most {MOST_WRITTEN:,} at its end",
                    "COLLECT {... ORDER BY id LIMIT 50}, or CALL (x) {... RETURN collect(y) AS ys}",
                )
        elif _is_pattern_list(script, place):
            yield script.fault(
                place, "a list made by a pattern", "COLLECT {MATCH ... RETURN ... LIMIT 50}"
            )


def _ends_limited(script: Script, brace: int) -> bool:
    close, depth = script.closes[brace], script.tokens[brace].depth + 1
    for place in range(brace + 1, close):
        if script.tokens[place].depth == depth and script.is_word(place, "UNION"):
            return False
    most = script.text(close - 1)
    limited = script.tokens[close - 1].depth == depth and script.is_word(close - 2, "LIMIT")
    return limited and most.isdigit() and int(most) <= MOST_WRITTEN


def _is_pattern_list(script: Script, place: int) -> bool:
    """Whether `[(a)-->(b) | b.id]` begins there."""
    if script.text(place) != "[" or place not in script.closes or loop_at(script, place):
        return False
    if script.text(place - 1) == "-":
        return False
    return len(list(script.split(place + 1, script.closes[place], "|"))) > 1


def _ranges_are_short(script: Script) -> Iterator[Fault]:
    """A range is unwound, or goes between numbers written down, or up to the size of a list."""
    for call in script.calls():
        if call.name != "range":
            continue
        unwound = script.is_word(call.place - 2, "UNWIND") and script.is_word(
            script.closes[call.place] + 1, "AS"
        )
        if (
            unwound
            or written_range(script, call.place) is not None
            or _up_to_size(script, call.place)
        ):
            continue
        yield script.fault(
            call.place - 1,
            f"a range of more than {MOST_WRITTEN:,} numbers, or of nobody knows how many",
            "range(0, 11), range(0, size(items) - 1), or UNWIND range(...) AS month",
        )


def _up_to_size(script: Script, bracket: int) -> bool:
    for start, stop in script.arguments(bracket):
        place = start
        while place < stop:
            call = script.call_at(place)
            if call is not None and call.name in ("size", "length"):
                place = script.closes[call.place]
            elif script.tokens[place].kind == "number":
                if len(script.text(place)) > len(str(MOST_WRITTEN)):
                    return False
            elif script.text(place) not in ("+", "-"):
                return False
            place += 1
    return True
