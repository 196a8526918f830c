"""A list of objects that is kept as columns, as the graph gives large answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload


@dataclass(frozen=True, slots=True)
class Row:
    """One object of it: an attribute a column."""

    _columns: Mapping[str, Sequence[Any]]
    _place: int

    def __getattr__(self, name: str) -> Any:
        try:
            return self._columns[name][self._place]
        except KeyError:
            raise AttributeError(name) from None


class Columns(Sequence[Row]):
    """Objects by column; only what was selected is there.

    The executor writes it a column at a time; whoever goes through it meets one object after the
    other, so that the library's own executor can answer it too.
    """

    def __init__(self, columns: Mapping[str, Sequence[Any]], length: int) -> None:
        self._columns = columns
        self._length = length

    def of(self, name: str) -> Sequence[Any]:
        """One column; KeyError when it was not asked for."""
        return self._columns[name]

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        if isinstance(place, slice):
            return [Row(self._columns, at) for at in range(*place.indices(self._length))]
        return Row(self._columns, range(self._length)[place])

    def __iter__(self) -> Iterator[Row]:
        return (Row(self._columns, place) for place in range(self._length))
