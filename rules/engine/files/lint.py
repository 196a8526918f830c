"""The lint of rules: one small function a check, each with a sentence and a mended example."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from graph.errors import StatementError
from graph.model.catalogue import LABELS, RELATIONSHIPS
from graph.statement import line_of
from rules.engine.files.direction import misdirected
from rules.engine.files.fault import Fault, did_you_mean
from rules.engine.files.format import Pair, column_of
from rules.engine.files.held import HELD, OLDEST, absent
from rules.engine.files.names import names_of
from rules.engine.files.within import strays
from rules.engine.files.wording import columns_of
from rules.engine.safety.sandbox import hints

ENGINE_PARAMETERS = ("today", "account_ids")
"""What the engine gives to every rule."""

_FORM = re.compile(r",?(\.\d)?[%fd]?")
"""What may follow a column's name in a message: .0% for a share, .2f for a number."""

PLUMBING = frozenset(name for name, label in LABELS.items() if label.plumbing)
KNOWN = {
    "label": sorted(LABELS.keys() - PLUMBING),
    "type": sorted(tense for one in RELATIONSHIPS.values() for tense in one.tenses),
    "property": sorted(
        {name for label in LABELS.values() for name in label.properties}
        | {name for one in RELATIONSHIPS.values() for name in one.properties}
    ),
}
"""What a rule may name, by kind of name."""
ALLOWED = {kind: frozenset(names) for kind, names in KNOWN.items()}
# Outside of a pattern `fact:PARENT_IN` asks for a type; where it stands, tokens alone do not tell.
ALLOWED["label"] |= ALLOWED["type"]
# What days and spans are asked for by a dot, as properties are.
ALLOWED["property"] |= frozenset({"days", "months", "years", "day", "month", "quarter", "year"})


Check = Callable[[Pair, frozenset[str]], Iterator[Fault]]


def lint(pair: Pair, ids: frozenset[str]) -> list[Fault]:
    """Everything wrong with a rule; `ids` are the ids of all rules there are."""
    return [fault for check in CHECKS for fault in check(pair, ids)]


def id_is_the_stem(pair: Pair, _: frozenset[str]) -> Iterator[Fault]:
    """The id is the stem of both files."""
    if pair.rule.id != pair.path.stem:
        yield Fault(
            _at(pair, "id"), f"the id is {pair.rule.id}, the file {pair.path.name}", pair.path.stem
        )


def columns_are_returned(pair: Pair, _: frozenset[str]) -> Iterator[Fault]:
    """Subject, account, identity, evidence, act_by and value are columns of the statement."""
    known = [column_of(pair.rule.subject)] if pair.rule.subject in LABELS else []
    named = {"subject": ["account_id", *known]}
    named |= {"identity": pair.rule.identity, "evidence": pair.rule.evidence}
    named |= {"act_by": [pair.rule.act_by]}
    named |= {"value": [pair.rule.value]} if pair.rule.value else {}
    for key, columns in named.items():
        for column in columns:
            if column not in pair.statement.columns:
                yield Fault(
                    _at(pair, key),
                    f"{key} names {column}, which the statement does not return",
                    did_you_mean(column, pair.statement.columns),
                )


def message_names_columns(pair: Pair, _: frozenset[str]) -> Iterator[Fault]:
    """What stands in braces in the message is a column."""
    for name, form in columns_of(pair.rule.message):
        if form and not _FORM.fullmatch(form):
            yield Fault(_at(pair, "message"), f"{form!r} is no form of a number", f"{{{name}:.0%}}")
        if name not in pair.statement.columns:
            yield Fault(
                _at(pair, "message"),
                f"the message names {{{name}}}, which the statement does not return",
                did_you_mean(name, pair.statement.columns, "{%s}"),
            )


def parameters_are_used(pair: Pair, _: frozenset[str]) -> Iterator[Fault]:
    """Every parameter declared is used, and every one used is declared."""
    used, declared = set(pair.statement.parameters), set(pair.rule.parameters)
    for name in sorted(declared - used):
        yield Fault(
            pair.places.of_key(("parameters", name)),
            f"the parameter {name} is not used",
            f"use ${name} in {pair.statement.path.name}, or take it out",
        )
    for name in sorted(used - declared - set(ENGINE_PARAMETERS)):
        yield Fault(
            f"{pair.statement.path}:{_line_of(pair, f'${name}')}",
            f"${name} is not declared",
            f"parameters: {name}: {{default: 30, unit: days, means: What it decides.}}",
        )


def accounts_limit_it(pair: Pair, _: frozenset[str]) -> Iterator[Fault]:
    """The statement begins at $account_ids, so that a change needs a look at few accounts."""
    if "account_ids" not in pair.statement.parameters:
        yield Fault(
            f"{pair.statement.path}:2",
            "it is not limited to $account_ids",
            "begin as ./footprint rules new does: UNWIND the ids, match the accounts",
        )


def it_stays_within(pair: Pair, _: frozenset[str]) -> Iterator[Fault]:
    """A rule within one company begins at it, and never looks back at its whole account."""
    if pair.rule.within != "company":
        return
    if pair.rule.subject == "Account":
        yield Fault(_at(pair, "within"), "a finding about an account is not", "within: account")
    for line, reason, mend in strays(pair.statement):
        yield Fault(f"{pair.statement.path}:{line}", reason, mend)


def names_are_in_the_model(pair: Pair, _: frozenset[str]) -> Iterator[Fault]:
    """Every label, type and property exists, in the statement and in what tests create."""
    for text, path, begins in _texts(pair):
        try:
            for name in names_of(text):
                if name.kind != "unbounded" and name.text not in ALLOWED[name.kind]:
                    yield Fault(
                        f"{path}:{begins + name.line - 1}",
                        f"the model has no {name.kind} {name.text}",
                        did_you_mean(name.text, KNOWN[name.kind]),
                    )
        except StatementError as error:
            line = min(int(error.where), len(text.splitlines()))
            yield Fault(f"{path}:{begins + line - 1}", error.what, error.remedy)


def relationships_go_as_in_the_model(pair: Pair, _: frozenset[str]) -> Iterator[Fault]:
    """No relationship is written the wrong way round, or between what the model does not join."""
    for text, path, begins in _texts(pair):
        with suppress(StatementError):  # names_are_in_the_model says what is open
            for line, reason, mend in misdirected(text):
                yield Fault(f"{path}:{begins + line - 1}", reason, mend)


def absence_is_read_from_what_is_required(pair: Pair, _: frozenset[str]) -> Iterator[Fault]:
    """A rule requires a source that would know of what it says is not there."""
    required = {source for need in pair.rule.requires for source in need}
    for label, line in absent(pair.statement.text):
        if not required.intersection(HELD[label]):
            needed = ", ".join(f"{source}: {OLDEST[source]}" for source in HELD[label])
            yield Fault(
                f"{pair.statement.path}:{line}",
                f"it says that there is no {label}, and requires no source that would know",
                f"requires: - {{{needed}}}",
            )


def paths_are_bounded(pair: Pair, _: frozenset[str]) -> Iterator[Fault]:
    """Every path of any length has an upper bound."""
    for name in names_of(pair.statement.text):
        if name.kind == "unbounded":
            yield Fault(
                f"{pair.statement.path}:{name.line}",
                "a path without an upper bound",
                "[:PARENT_IN*0..64]",
            )


def it_only_reads(pair: Pair, _: frozenset[str]) -> Iterator[Fault]:
    """The statement holds no clause that writes; the server's READ access decides in the end."""
    if pair.statement.writes:
        yield Fault(
            f"{pair.statement.path}:1",
            "a rule reads, and this one holds a clause that writes",
            "return what was found; the engine writes the signal",
        )


def it_is_safe_by_its_text(pair: Pair, _: frozenset[str]) -> Iterator[Fault]:
    """The sandbox has nothing against its text; what it has against its plan, a run says."""
    yield from hints(pair.statement)


def order_is_total(pair: Pair, _: frozenset[str]) -> Iterator[Fault]:
    """The rows are ordered by all of their identity, so that two runs give one order."""
    missing = [name for name in pair.rule.identity if name not in pair.statement.order_by]
    if missing:
        yield Fault(
            f"{pair.statement.path}:{pair.statement.text.count(chr(10)) + 1}",
            f"the order leaves out {', '.join(missing)}",
            f"ORDER BY {', '.join(pair.rule.identity)}",
        )


def subject_is_a_label(pair: Pair, _: frozenset[str]) -> Iterator[Fault]:
    """The subject is a label that sources or people speak of."""
    if pair.rule.subject not in KNOWN["label"]:
        yield Fault(
            _at(pair, "subject"),
            f"the model has no label {pair.rule.subject}",
            did_you_mean(pair.rule.subject, KNOWN["label"]),
        )


def inhibitors_exist(pair: Pair, ids: frozenset[str]) -> Iterator[Fault]:
    """A rule yields to rules that there are, and not to itself."""
    for name in pair.rule.inhibited_by:
        if name not in ids or name == pair.rule.id:
            reason = "itself" if name == pair.rule.id else f"{name}, which is no rule"
            others = sorted(ids - {pair.rule.id})
            yield Fault(
                _at(pair, "inhibited_by"), f"it yields to {reason}", did_you_mean(name, others)
            )


def tests_fire_and_do_not(pair: Pair, _: frozenset[str]) -> Iterator[Fault]:
    """One test fires and two must not, with known columns, allowed parameters, required sources."""
    fires = sum(bool(case.expect) for case in pair.rule.tests)
    # One in which a source is late says nothing of what the statement finds.
    quiet = sum(not case.expect and not case.stale for case in pair.rule.tests)
    if not fires or quiet < 2:
        yield Fault(
            _at(pair, "tests"), f"{fires} fire and {quiet} must not; at least 1 and 2", "expect: []"
        )
    needed = {source for need in pair.rule.requires for source in need}
    for number, case in enumerate(pair.rule.tests):
        where = pair.places.of_key(("tests", number))
        for row in case.expect:
            for column in sorted(row.keys() - set(pair.statement.columns)):
                reason = f"it expects {column}, which the statement does not return"
                mend = did_you_mean(column, pair.statement.columns)
                yield Fault(where, reason, mend)
        for name, value in case.parameters.items():
            declared = pair.rule.parameters.get(name)
            refused = declared.refused(value) if declared else "it is not declared"
            if refused:
                reason = f"the parameter {name}: {refused}"
                mend = did_you_mean(name, sorted(pair.rule.parameters))
                yield Fault(where, reason, mend)
        for source in sorted(set(case.stale) - needed):
            reason = f"it says that {source} is late, which the rule does not require"
            yield Fault(where, reason, did_you_mean(source, sorted(needed)))


CHECKS: tuple[Check, ...] = (
    id_is_the_stem,
    subject_is_a_label,
    columns_are_returned,
    message_names_columns,
    parameters_are_used,
    accounts_limit_it,
    it_stays_within,
    names_are_in_the_model,
    relationships_go_as_in_the_model,
    absence_is_read_from_what_is_required,
    it_only_reads,
    it_is_safe_by_its_text,
    paths_are_bounded,
    order_is_total,
    inhibitors_exist,
    tests_fire_and_do_not,
)


def _texts(pair: Pair) -> Iterator[tuple[str, Path, int]]:
    """What of a rule is Cypher, with its file and the line in which it begins."""
    yield pair.statement.text, pair.statement.path, 1
    if not pair.region:  # what the tests of a pack begin with stands in the rule
        yield pair.rule.given, pair.path, pair.places.texts[("given",)]
    for number, case in enumerate(pair.rule.tests):
        begins = pair.places.texts.get(("tests", number, "given"), 1)
        yield case.given, pair.path, begins


def _at(pair: Pair, key: str) -> str:
    return pair.places.of_key((key,))


def _line_of(pair: Pair, text: str) -> int:
    return line_of(pair.statement.text, pair.statement.text.find(text))
