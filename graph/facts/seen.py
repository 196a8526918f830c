"""Which records a run has met, in 16 bytes a record whatever their number."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint64]
Places = npt.NDArray[np.intp]


class Seen:
    """Keys met in a run, with the start of their content's hash, as a few sorted arrays.

    Both are cut to 64 bits. Two different keys that agree there (one chance in 10^6 among three
    million) make an absent record look present: it stays open, which is the safe side. Arrays of
    like size are merged, so that there are never more than a logarithm of them.
    """

    def __init__(self) -> None:
        self._runs: list[tuple[Numbers, Numbers]] = []
        self.count = 0

    def meet(self, numbers: Numbers, marks: Numbers) -> npt.NDArray[np.int8]:
        """Note a batch; for each record 0: new, 1: met with the same content, 2: with another."""
        verdicts = np.zeros(len(numbers), dtype=np.int8)
        for known, contents in self._runs:
            found, places = places_of(known, numbers)
            same = contents[places[found]] == marks[found]
            verdicts[found] = np.where(same, 1, 2)
        order = np.argsort(numbers, kind="stable")
        first = 0
        for place in np.flatnonzero(numbers[order][1:] == numbers[order][:-1]) + 1:
            index = order[place]
            if numbers[order[first]] != numbers[index]:
                first = int(place) - 1
            if not verdicts[index]:
                verdicts[index] = 1 if marks[index] == marks[order[first]] else 2
        new = order[verdicts[order] == 0]
        self._add(numbers[new], marks[new])
        return verdicts

    def absent_of(self, keys: list[str]) -> list[bool]:
        """For each of these keys, whether the run did not meet it."""
        numbers = numbers_of(keys)
        absent = np.ones(len(numbers), dtype=bool)
        for known, _ in self._runs:
            found, _ = places_of(known, numbers)
            absent &= ~found
        return [bool(value) for value in absent]

    def _add(self, numbers: Numbers, marks: Numbers) -> None:
        self.count += len(numbers)
        self._runs.append((numbers, marks))
        while len(self._runs) > 1 and len(self._runs[-2][0]) < 2 * len(self._runs[-1][0]):
            (left, left_marks), (right, right_marks) = self._runs[-2:]
            merged = np.concatenate([left, right])
            order = np.argsort(merged, kind="stable")
            self._runs[-2:] = [(merged[order], np.concatenate([left_marks, right_marks])[order])]


def numbers_of(keys: list[str]) -> Numbers:
    """64 bits of each record key."""
    return np.array([int(key[:8] + key[9:13] + key[24:28], 16) for key in keys], dtype=np.uint64)


def marks_of(hashes: list[str]) -> Numbers:
    """64 bits of each content hash."""
    return np.array([int(content[:16], 16) for content in hashes], dtype=np.uint64)


def numbers_of_digests(digests: list[bytes]) -> Numbers:
    """The same 64 bits as `numbers_of`, from the digests that the keys are made of."""
    columns = np.frombuffer(b"".join(digests), dtype=np.uint8).reshape(-1, 20)
    chosen = columns[:, [0, 1, 2, 3, 4, 5, 10, 11]].tobytes()
    return np.frombuffer(chosen, dtype=">u8").astype(np.uint64)


def marks_of_digests(digests: list[bytes]) -> Numbers:
    """The same 64 bits as `marks_of`, from SHA-256 digests."""
    columns = np.frombuffer(b"".join(digests), dtype=">u8").reshape(-1, 4)
    return columns[:, 0].astype(np.uint64)


def places_of(known: Numbers, asked: Numbers) -> tuple[npt.NDArray[np.bool_], Places]:
    """Which of the asked numbers are among the known, sorted ones; and where."""
    places = np.searchsorted(known, asked)
    places[places == len(known)] = 0
    if not len(known):
        return np.zeros(len(asked), dtype=bool), places
    return known[places] == asked, places
