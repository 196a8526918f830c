"""Asks several named questions as one statement, and gives the rows of each as its own type."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, get_args, get_type_hints

from graph.composition import Given, Part, When, composition, parameter_of
from graph.connection import ReadSession
from graph.errors import UsageError
from graph.statement import read_statement
from queries.ask import typed

Question = Callable[..., Any]
"""The function of a named question: its statement lies beside it, its row is what it returns."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a part of several: what it is asked with, and whether it is asked at all."""

    question: Question
    given: dict[str, Any]
    """What its parameters are: of what is found before, or plain values."""
    when: tuple[When, ...] = ()


def asked(question: Question, *, when: tuple[When, ...] = (), **given: Any) -> Asked:
    """A question with its parameters; those that are not named have the function's defaults."""
    return Asked(question, given, when)


class Together:
    """Questions that are asked as one statement: `Together(tops=asked(accounts, ...))`.

    A question may be asked with what those before it found.
    """

    def __init__(self, **parts: Asked) -> None:
        self._parts = parts

    @cached_property
    def text(self) -> str:
        """The one statement."""
        return composition([_part(name, one) for name, one in self._parts.items()])

    @cached_property
    def _own(self) -> dict[str, Any]:
        """The parameters that are the same whenever it is asked."""
        own = {}
        for name, one in self._parts.items():
            signature = inspect.signature(one.question).parameters.values()
            values = {each.name: each.default for each in signature} | one.given
            for parameter in read_statement(_beside(one.question)).parameters:
                value = values.get(parameter)
                if value is inspect.Parameter.empty:
                    raise UsageError(
                        f"{name} is asked without {parameter}",
                        remedy=f"say {parameter} where it is put together",
                    )
                if parameter in values and not isinstance(value, Given):
                    own[parameter_of(name, parameter)] = value
        return own

    @cached_property
    def _rows(self) -> list[tuple[str, type[Any]]]:
        return [
            (name, get_args(get_type_hints(one.question)["return"])[0])
            for name, one in self._parts.items()
        ]

    async def ask(self, graph: ReadSession, **parameters: Any) -> dict[str, list[Any]]:
        """The rows of every question by its name; empty of one that was not to be asked."""
        (found,) = await graph.rows(self.text, **self._own, **parameters)
        return {name: typed(row, rows) for (name, row), rows in zip(self._rows, found, strict=True)}


def _part(name: str, one: Asked) -> Part:
    statement = read_statement(_beside(one.question))
    given = {what: value for what, value in one.given.items() if isinstance(value, Given)}
    return Part(name, statement, given, one.when)


def _beside(question: Question) -> Path:
    return Path(inspect.getfile(question)).with_suffix(".cypher")
