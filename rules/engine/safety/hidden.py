"""What no plan shows: how a statement is spelt, what it calls, what hangs on the moment.

A reading of tokens and no parser: what is not known to be harmless is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from rules.engine.files.fault import Fault
from rules.engine.safety.allowed import FUNCTIONS, INSTEAD_OF_FUNCTIONS
from rules.engine.safety.script import Script

MOST_TOKENS = 4_000
MOST_BRACKETS = 32
MOST_SUBQUERIES = 8
"""Subqueries in one another: the server plans 12 in 1.5 s, and 24 do not end."""
MOST_OF = {"NOT": 80, "CASE": 80, "XOR": 8}
"""Of these, many in one another keep the parser or the planner busy, deaf to every limit."""
BEGINS = ("MATCH", "OPTIONAL", "UNWIND", "WITH", "CALL", "RETURN")
OF_A_MOMENT = ("date", "datetime", "localdatetime", "time", "localtime")
_ESCAPE = re.compile(r"\\u", re.IGNORECASE)
_CONTROL = re.compile(r"\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")


def it_is_spelt_plainly(script: Script) -> Iterator[Fault]:
    """No escape, control character or foreign letter lets the server read what we do not."""
    text = script.statement.text
    for match in _ESCAPE.finditer(text):
        yield script.fault_at(match.start(), "a letter written as \\u", "write the letter itself")
    for match in _CONTROL.finditer(text):
        yield script.fault_at(match.start(), "a control character", "end lines by a line feed")
    for place, token in enumerate(script.tokens):
        if token.kind != "string" and (not token.text.isascii() or token.text == "\\"):
            yield script.fault(place, f"{token.text} is no plain letter", "names are ASCII")


def it_is_short(script: Script) -> Iterator[Fault]:
    """What is too long or too deep keeps the parser and the planner, which hear no limit."""
    tokens = script.tokens
    if len(tokens) > MOST_TOKENS:
        yield script.fault(MOST_TOKENS, f"more than {MOST_TOKENS:,} words", "two rules")
    for place, token in enumerate(tokens):
        if token.depth > MOST_BRACKETS:
            yield script.fault(place, f"over {MOST_BRACKETS} brackets in one another", "WITH")
            break
    for word, most in MOST_OF.items():
        places = [place for place in range(len(tokens)) if script.is_word(place, word)]
        if len(places) > most:
            yield script.fault(places[most], f"more than {most} {word}", "several WITH")
    deep = _deepest_subquery(script)
    if deep is not None:
        yield script.fault(deep, f"over {MOST_SUBQUERIES} subqueries in one another", "WITH")


def _deepest_subquery(script: Script) -> int | None:
    """Where subqueries are too deep."""
    ends: list[int] = []
    for place, token in enumerate(script.tokens):
        while ends and ends[-1] < place:
            ends.pop()
        if token.text == "{" and _begins_subquery(script, place):
            ends.append(script.closes[place])
        if len(ends) > MOST_SUBQUERIES:
            return place
    return None


def _begins_subquery(script: Script, place: int) -> bool:
    """Whether this brace may hold clauses; one after a bracket may also repeat a path."""
    words = ("CALL", "EXISTS", "COUNT", "COLLECT")
    return script.text(place - 1) in (")", "}", "]") or script.is_word(place - 1, *words)


def it_only_asks(script: Script) -> Iterator[Fault]:
    """It begins as a question, and no clause reads files, other graphs or the server's state."""
    if not script.is_word(0, *BEGINS):
        begins = script.text(0).upper()
        yield script.fault(0, f"a rule does not begin with {begins}", "begin with MATCH or UNWIND")
    for place in range(len(script.tokens)):
        if script.is_word(place, "LOAD") and script.is_word(place + 1, "CSV"):
            yield script.fault(place, "it reads a file or an address", "let a source load it")
        if script.is_word(place, "USE") and _begins_clause(script, place):
            yield script.fault(place, "another graph", "the one that the rule runs on")
        if script.text(place) == "$" or (
            script.tokens[place].kind == "parameter" and script.text(place + 1) == "("
        ):
            yield script.fault(place, "a label or type that is worked out", "write its name")


def _begins_clause(script: Script, place: int) -> bool:
    """Whether a word is a clause and no variable: what follows it is a name."""
    joins = ("AS", "IS", "IN", "AND", "OR", "XOR", "STARTS", "ENDS", "CONTAINS", "THEN", "ELSE")
    clauses = ("WHERE", "ORDER", "LIMIT", "SKIP", "WITH", "RETURN", "UNWIND", "UNION", "WHEN")
    ends = ("END", "DESC", "ASC", "MATCH", "OPTIONAL", "CALL")
    return script.is_name(place + 1) and not script.is_word(place + 1, *joins, *clauses, *ends)


def it_calls_no_procedure(script: Script) -> Iterator[Fault]:
    """No procedure is called: those that rules would need are none so far."""
    for place in range(len(script.tokens)):
        if script.is_word(place, "CALL") and script.is_name(place + 1):
            name = "".join(script.text(place + 1 + step) for step in range(5)).split("(")[0]
            yield script.fault(place, f"the procedure {name} is not for rules", "MATCH, or CALL {}")


def its_functions_are_known(script: Script) -> Iterator[Fault]:
    """Every function is one that reads no file, needs no moment and ends soon."""
    for call in script.calls():
        if call.name not in FUNCTIONS:
            mend = INSTEAD_OF_FUNCTIONS.get(
                call.name, "those that are: rules/engine/safety/allowed.yaml"
            )
            yield script.fault(call.place, f"the function {call.name} is not for rules", mend)
        if call.name == "replace" and not _is_text(script, script.arguments(call.place)[-1]):
            yield script.fault(
                call.place, "replace by a text that is not written out", "replace(name, '_', ' ')"
            )


def it_hangs_on_no_moment(script: Script) -> Iterator[Fault]:
    """Its answer for a day is the same tomorrow: the day is $today."""
    for call in script.calls():
        name, _, method = call.name.partition(".")
        if name not in OF_A_MOMENT:
            continue
        arguments = script.arguments(call.place)
        given = "".join(script.text(place) for place in range(call.place + 1, call.place + 3))
        alone = not arguments or len(arguments) == 1 and method == "truncate"
        if alone or given.lower() == "{timezone" and script.text(call.place + 5) == "}":
            yield script.fault(call.place, f"{call.name} of the moment", "$today")


def it_matches_no_expression(script: Script) -> Iterator[Fault]:
    """No regular expression: some take for ever, and no limit is heard meanwhile."""
    for place, token in enumerate(script.tokens):
        if token.text == "=" and script.text(place + 1) == "~":
            yield script.fault(place, "a regular expression", "STARTS WITH, ENDS WITH or CONTAINS")


def _is_text(script: Script, span: tuple[int, int]) -> bool:
    return span[1] - span[0] == 1 and script.tokens[span[0]].kind == "string"


Hint = Callable[[Script], Iterator[Fault]]
HINTS: tuple[Hint, ...] = (
    it_is_spelt_plainly,
    it_is_short,
    it_only_asks,
    it_calls_no_procedure,
    its_functions_are_known,
    it_hangs_on_no_moment,
    it_matches_no_expression,
)
