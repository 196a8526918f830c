"""Several named questions asked as one statement, each in a subquery of its own.

What one question finds may be what the next is asked with, so a page that is made of many questions
is one statement over one state of the graph. The parts stay as they are, files that anyone can run:
here their parameters become what was found before, and their RETURN one list of rows. No text but
theirs gets into a statement; names are those of parts, columns and parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph.errors import StatementError, UsageError
from graph.statement import Statement, Token, tokens_of

SCOPE = "scope"
"""The parameter that every statement of a read session is given: it is the same in every part."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the whole."""

    name: str


@dataclass(frozen=True, slots=True)
class First:
    """A column of the first row of an earlier part; null when it has none."""

    part: str
    column: str


@dataclass(frozen=True, slots=True)
class Every:
    """A column of all rows of an earlier part, as a list."""

    part: str
    column: str


@dataclass(frozen=True, slots=True)
class Either:
    """The first of these that is not null."""

    of: tuple[Parameter | First, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of these."""

    of: tuple[Parameter | First, ...]


@dataclass(frozen=True, slots=True)
class Fewer:
    """That earlier parts have fewer rows together than a number."""

    parts: tuple[str, ...]
    than: int | Parameter = 1


@dataclass(frozen=True, slots=True)
class Filled:
    """That a parameter of the whole is not null."""

    parameter: str


When = Fewer | Filled
Given = Parameter | First | Every | Either | Listed


@dataclass(frozen=True, slots=True)
class Part:
    """One question of several."""

    name: str
    """Of its column in the whole, and what parts after it call it."""
    statement: Statement
    given: Mapping[str, Given] = field(default_factory=dict)
    """What its parameters are; one that is not here is `$<part>__<parameter>` of the whole."""
    when: tuple[When, ...] = ()
    """It is asked only if all of this holds; else it has no rows."""


def parameter_of(part: str, name: str) -> str:
    """What a part's own parameter is called in the whole."""
    return f"{part}__{name}"


def composition(parts: Sequence[Part]) -> str:
    """One statement of these parts: one row, a column a part, each a list of its rows as lists.

    Raises UsageError when a part is given what no part before it has, StatementError when a part is
    a UNION outside of a subquery.
    """
    known: dict[str, Statement] = {}
    text = ""
    for part in parts:
        if part.name in known:
            raise UsageError(f"two parts are called {part.name}", remedy="give each its own name")
        text += _with(part, known) + _call(part)
        known[part.name] = part.statement
    return f"{text}RETURN {', '.join(f'`{name}` AS `{name}`' for name in known)}\n"


def _with(part: Part, known: Mapping[str, Statement]) -> str:
    """The clause that works out what a part is given."""
    told = [
        f"{_expression(one, known)} AS {parameter_of(part.name, name)}"
        for name, one in part.given.items()
        if not isinstance(one, Parameter)
    ]
    if part.when:
        holds = " AND ".join(_holds(one, known) for one in part.when)
        told.append(f"{holds} AS {_condition(part)}")
    if not told:
        return ""
    return f"WITH {', '.join(['*', *told] if known else told)}\n"


def _call(part: Part) -> str:
    """The subquery of a part."""
    statement = part.statement
    tokens = [one for one in tokens_of(statement.text) if one.text != ";"]
    if any(one.depth == 0 and one.is_word("UNION") for one in tokens):
        raise StatementError(
            "is a UNION, which cannot be a part of another statement",
            where=str(statement.path),
            remedy="put the UNION into a subquery: CALL () { ... }",
        )
    imported = [
        parameter_of(part.name, name)
        for name, one in part.given.items()
        if not isinstance(one, Parameter)
    ]
    taken = {one.name for one in tokens if one.kind in ("word", "quoted")} & set(imported)
    if taken:
        raise StatementError(
            f"has a name that is needed to call it as a part: {', '.join(sorted(taken))}",
            where=str(statement.path),
            remedy="name the part, or the variable, otherwise",
        )
    body = _rewritten(statement.text, _edits(part, tokens, ", ".join(imported)), tokens[-1])
    columns = ", ".join(f"`{name}`" for name in statement.columns)
    scope = ", ".join([*imported, _condition(part)] if part.when else imported)
    asked = f"WITH {_condition(part)} AS asked WHERE asked\n" if part.when else ""
    return f"CALL ({scope}) {{\n{asked}{body}\nRETURN collect([{columns}]) AS `{part.name}`\n}}\n"


def _edits(part: Part, tokens: Sequence[Token], imported: str) -> list[tuple[int, int, str]]:
    """What is written otherwise in a part: from, to, text."""
    edits = []
    returns = [one for one in tokens if one.depth == 0 and one.is_word("RETURN")]
    edits.append((returns[-1].start, returns[-1].start + len("RETURN"), "WITH"))
    for place, token in enumerate(tokens):
        after = tokens[place + 1 : place + 3]
        if token.kind == "parameter" and token.name != SCOPE:
            edits.append((token.start, token.start + len(token.text), _said(part, token.name)))
        elif imported and token.is_word("CALL") and after[0].text == "{":
            edits.append((after[0].start, after[0].start, f"({imported}) "))
        elif imported and token.is_word("CALL") and after[0].text == "(" and after[1].text != "*":
            comma = "" if after[1].text == ")" else ", "
            edits.append((after[1].start, after[1].start, imported + comma))
    return edits


def _said(part: Part, parameter: str) -> str:
    """What stands in the whole where a part has a parameter."""
    one = part.given.get(parameter)
    if isinstance(one, Parameter):
        return f"${one.name}"
    return f"{'' if one else '$'}{parameter_of(part.name, parameter)}"


def _rewritten(text: str, edits: Sequence[tuple[int, int, str]], last: Token) -> str:
    end = last.start + len(last.text)
    for start, stop, said in sorted(edits, reverse=True):
        text = text[:start] + said + text[stop:]
        end += len(said) - (stop - start)
    return text[:end]


def _condition(part: Part) -> str:
    return parameter_of(part.name, "is_asked")


def _holds(one: When, known: Mapping[str, Statement]) -> str:
    if isinstance(one, Filled):
        return f"${one.parameter} IS NOT NULL"
    for name in one.parts:
        _known(name, known)
    than = one.than if isinstance(one.than, int) else f"${one.than.name}"
    return f"{' + '.join(f'size(`{name}`)' for name in one.parts)} < {than}"


def _expression(one: Given, known: Mapping[str, Statement]) -> str:
    if isinstance(one, Parameter):
        return f"${one.name}"
    if isinstance(one, Either | Listed):
        said = ", ".join(_expression(each, known) for each in one.of)
        return f"coalesce({said})" if isinstance(one, Either) else f"[{said}]"
    columns = _known(one.part, known).columns
    if one.column not in columns:
        raise UsageError(
            f"{one.part} has no column {one.column}", remedy=f"it has {', '.join(columns)}"
        )
    place = columns.index(one.column)
    if isinstance(one, First):
        return f"`{one.part}`[0][{place}]"
    return f"[row IN `{one.part}` | row[{place}]]"


def _known(name: str, known: Mapping[str, Statement]) -> Statement:
    if name not in known:
        raise UsageError(
            f"there is no part {name} before", remedy=f"there are {', '.join(known) or 'none'}"
        )
    return known[name]
