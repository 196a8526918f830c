"""The YAML beside a rule's Cypher: what the rule means, what it needs, and how it is tested.

The keys are the design's (section 7). Unknown keys are errors, and every error names file and line.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from graph.durations import span
from graph.errors import RuleError
from graph.model.holdings import HOLDINGS
from graph.statement import Statement, read_statement, text_of
from graph.strict import Strict
from rules.engine.files.fault import nearest
from rules.engine.files.place import Places, read_yaml

FOLDER = Path(__file__).resolve().parents[2]
"""Where the themes are."""
NOT_THEMES = frozenset({"engine", "packs", "__pycache__"})

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Sentence = Annotated[str, StringConstraints(min_length=8, strip_whitespace=True)]
Value = bool | int | float | str
Kind = TypeVar("Kind", bound=Strict)
NEEDS = {**HOLDINGS, "ledger": "our own runs, which are always fresh"}
"""What a rule may require."""


def _is_a_duration(text: str) -> str:
    span(text)
    return text


Duration = Annotated[str, AfterValidator(_is_a_duration)]


def _known_sources(need: dict[str, str]) -> dict[str, str]:
    for source in need:
        if source not in NEEDS:
            raise ValueError(f"no source {source!r}; there are {', '.join(NEEDS)}")
    return need


Need = Annotated[dict[str, Duration], AfterValidator(_known_sources)]


class Parameter(Strict):
    """A number that a deployment may set, with its unit."""

    default: Value
    unit: str = Field(min_length=1, description="days, share, metres, minor units, count ...")
    means: Sentence = Field(description="What it decides.")
    least: float | None = Field(None, description="The smallest value allowed.")
    most: float | None = Field(None, description="The largest value allowed.")

    @model_validator(mode="after")
    def _default_is_allowed(self) -> Parameter:
        refused = self.refused(self.default)
        if refused:
            raise ValueError(refused)
        return self

    def refused(self, value: Value) -> str:
        """Why a value is not allowed; empty when it is."""
        if type(value) is not type(self.default) and not _both_numbers(value, self.default):
            return f"{value!r} is not of the kind of {self.default!r}"
        if isinstance(value, (bool, str)):
            return ""
        if self.least is not None and value < self.least:
            return f"{value} is below {self.least:g} {self.unit}"
        if self.most is not None and value > self.most:
            return f"{value} is above {self.most:g} {self.unit}"
        return ""


class Bar(Strict):
    """When a rule goes to shadow by itself: too few of those who judged it acted on it."""

    precision: float = Field(0.3, ge=0, le=1, description="The least share that must act on it.")
    answers: int = Field(20, ge=1, description="How many must have judged before it counts.")
    days: int = Field(90, ge=1, description="In how many days.")


class Case(Strict):
    """A few nodes, a day, and the findings that must come of them."""

    name: Sentence = Field(description="A sentence that says what is true.")
    given: str = Field("", description="Cypher that changes what all tests begin with.")
    today: date | None = Field(None, description="Its day, where it is not that of all.")
    parameters: dict[Name, Value] = {}
    stale: list[str] = Field([], description="Required sources that are late on this day.")
    expect: list[dict[Name, Any]] = Field(description="Findings; columns left out may be anything.")


class Rule(Strict):
    """What a rule says of itself."""

    id: Name = Field(description="The stem of both files; never changed, never used again.")
    title: Sentence
    status: Literal["experimental", "shadow", "stable", "deprecated"]
    severity: Literal["low", "medium", "high", "critical"]
    owner: str = Field(min_length=1, description="Who answers for it.")
    subject: str = Field(description="Label of the node that a finding is about.")
    identity: list[Name] = Field(
        min_length=1, description="Columns that make it the same finding tomorrow."
    )
    within: Literal["account", "company"] = Field(
        "account",
        description="Within what all that one finding rests on lies: its account with all its "
        "companies, or one company with what it has and shares; a change is then looked for in "
        "the companies that it touches alone.",
    )
    message: Sentence = Field(description="What a seller can say aloud, with columns in braces.")
    action: Sentence = Field(description="What to do next, and who does it.")
    clears_if: Sentence = Field(description="What would make it go away.")
    act_by: Name = Field(description="Column of the last responsible day.")
    value: Name | None = Field(
        None, description="Column of what is at stake in twelve months: [amount, currency] pairs."
    )
    evidence: list[Name] = Field(min_length=1, description="Columns of node ids that prove it.")
    requires: list[Need] = Field(
        min_length=1,
        description="Sources and how old they may be; several in one entry are alternatives.",
    )
    inhibited_by: list[Name] = Field([], description="Rules whose open signals suppress this one.")
    growth: bool = Field(
        False, description="Whether it proposes to sell more: trouble in the family suppresses it."
    )
    mandatory: bool = Field(False, description="Whether it goes beside every cap.")
    internal: bool = Field(False, description="Whether only the account team may see it.")
    half_life_days: int = Field(30, ge=1, description="After how long an open finding counts half.")
    prior: float = Field(0.2, gt=0, lt=1, description="How likely it is accepted, before any was.")
    prior_weight: float = Field(10, gt=0, description="How many answers the prior is worth.")
    bar: Bar = Field(Bar(), description="Below it the rule goes to shadow by itself.")
    parameters: dict[Name, Parameter] = {}
    known_gaps: list[Sentence] = Field(min_length=1, description="What it cannot see.")
    references: list[str] = []
    given: str = Field(min_length=1, description="Cypher with the few nodes that tests begin with.")
    today: date = Field(description="The day of the tests.")
    tests: list[Case] = Field(min_length=3, description="Each changes one thing, if any.")


CALLED_OTHERWISE = {"yields_to": "inhibited_by", "yields": "inhibited_by", "source": "requires"}
"""Keys as people call them -> as they are."""

SHORT = {"LegalEntity": "entity", "AgreementItem": "item", "TroubleTicket": "ticket"}
"""Labels that columns call by a shorter word."""


def column_of(label: str) -> str:
    """The column with the id of a node of this label: `service_id`, `entity_id`."""
    snake = re.sub(r"(?<!^)(?=[A-Z])", "_", label).lower()
    return f"{SHORT.get(label, snake)}_id"


@dataclass(frozen=True, slots=True)
class Pair:
    """A rule with its statement, as its two files hold them."""

    path: Path
    """The YAML file."""
    rule: Rule
    statement: Statement
    places: Places
    """Where each key stands in the YAML file."""
    digest: str
    """A hash of both files: a signal says which version of the rule found it."""
    region: str = ""
    """The pack that it is of, when it holds for accounts of some countries alone."""
    countries: frozenset[str] = frozenset()
    because: str = ""
    """Why it differs there."""
    variants: tuple[Pair, ...] = ()
    """What packs say otherwise."""

    @property
    def parameters(self) -> str:
        """What it runs with, as JSON."""
        return json.dumps({name: one.default for name, one in self.rule.parameters.items()})

    @property
    def theme(self) -> str:
        """The folder that it is in."""
        return self.path.parent.name


def rule_paths(folder: Path = FOLDER) -> list[Path]:
    """The YAML files of all rules, by theme and id."""
    return sorted(path for path in folder.glob("*/*.yaml") if path.parent.name not in NOT_THEMES)


def read_pair(path: Path) -> Pair:
    """A rule's two files; RuleError with file, line, reason and remedy when either is wrong."""
    text = text_of(path, RuleError)
    rule, places = read_rule(text, path)
    statement = read_statement(path.with_suffix(".cypher"))
    digest = hashlib.sha256(f"{text}\0{statement.text}".encode()).hexdigest()
    return Pair(path, rule, statement, places, digest)


def read_rule(text: str, path: Path) -> tuple[Rule, Places]:
    """The YAML of a rule, and where its keys stand."""
    return read_as(Rule, text, path)


def read_as(kind: type[Kind], text: str, path: Path) -> tuple[Kind, Places]:
    """A YAML text of this kind, and where its keys stand; RuleError says what is wrong first."""
    held, places = read_yaml(text, path)
    try:
        return kind.model_validate(held), places
    except ValidationError as error:
        # A key that is misspelt is also missing: the misspelling comes first.
        first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
        where = places.of_key(first["loc"])
        raise RuleError(_what(first), where=where, remedy=_remedy(first, kind)) from error


def schema() -> dict[str, Any]:
    """The JSON Schema of a rule's YAML, for editors."""
    return Rule.model_json_schema()


def _what(error: Mapping[str, Any]) -> str:
    key = ".".join(str(part) for part in error["loc"]) or "the rule"
    return f"{key}: {error['msg'].removeprefix('Value error, ')}"


def _remedy(error: Mapping[str, Any], kind: type[Strict]) -> str:
    if error["type"] == "extra_forbidden":
        key, keys = str(error["loc"][-1]), list(kind.model_fields)
        near = CALLED_OTHERWISE.get(key) or nearest(key, keys)
        meant = f"did you mean {near}? " if near in keys else ""
        return f"{meant}one of: {', '.join(keys)}; `./footprint rules schema` has them all"
    if error["type"] == "missing":
        return f"add `{error['loc'][-1]}:`; `./footprint rules new` writes all that a rule needs"
    return "`./footprint rules schema` says what each key takes"


def _both_numbers(one: Value, other: Value) -> bool:
    return all(
        isinstance(each, (int, float)) and not isinstance(each, bool) for each in (one, other)
    )
