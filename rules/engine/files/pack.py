"""Packs of a region: what of a rule is otherwise for accounts of some countries, and why.

A pack is a folder `rules/packs/<region>/`: `pack.yaml` names its countries, and `<rule>.yaml` says
of one rule only what differs. A rule's signals stay the same ones by the same identity.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from graph.errors import RuleError
from graph.statement import text_of
from graph.strict import Strict
from rules.engine.files.format import (
    FOLDER,
    Case,
    Name,
    Need,
    Pair,
    Rule,
    Sentence,
    Value,
    read_as,
)
from rules.engine.files.place import Places

PACKS = "packs"
REGION = "pack.yaml"
"""The file of a pack that says where it holds; each other one speaks of a rule."""


def _no_truth(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError('YAML reads NO as false: write "NO"')
    return value


Country = Annotated[str, BeforeValidator(_no_truth), StringConstraints(pattern=r"^[A-Z]{2}$")]


class Region(Strict):
    """The accounts that a pack is for."""

    title: Sentence
    countries: list[Country] = Field(
        min_length=1, description="ISO 3166-1 alpha-2, of the company that an account is rooted at."
    )


class Override(Strict):
    """What of a rule is otherwise in a region."""

    because: Sentence = Field(description="Why it differs there: a law, a custom, a market.")
    status: Literal["experimental", "shadow", "stable", "deprecated"] | None = None
    message: Sentence | None = None
    action: Sentence | None = None
    clears_if: Sentence | None = None
    requires: list[Need] | None = Field(None, min_length=1)
    parameters: dict[Name, Value] = Field({}, description="Their values there.")
    known_gaps: list[Sentence] = Field([], description="What it cannot see there, beside the rest.")
    references: list[str] = Field([], description="Beside the rest.")
    tests: list[Case] = Field(min_length=3, description="They begin with what the rule's begin.")


REPLACED = ("status", "message", "action", "clears_if", "requires")
ADDED = ("known_gaps", "references")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a pack says otherwise."""

    key: str
    everywhere: str
    here: str

    @property
    def told(self) -> str:
        """`late_days: 14 (elsewhere 30)`."""
        return f"{self.key}: {self.here} (elsewhere {self.everywhere})"


def regional(pair: Pair) -> Pair:
    """A rule with what packs say otherwise; its version is another when one of them changes."""
    variants = tuple(_variants(pair))
    if not variants:
        return pair
    text = "\0".join([pair.digest, *(one.digest for one in variants)])
    return replace(pair, variants=variants, digest=hashlib.sha256(text.encode()).hexdigest())


def pack_paths(folder: Path = FOLDER) -> list[Path]:
    """The YAML files of all packs, by region."""
    return sorted((folder / PACKS).glob("*/*.yaml"))


def kind_of(path: Path) -> type[Rule | Override | Region]:
    """What a YAML file says: a rule, or in a pack what is otherwise and where."""
    if path.absolute().parent.parent.name != PACKS:
        return Rule
    return Region if path.name == REGION else Override


def pack_faults(folder: Path = FOLDER) -> Iterator[tuple[Path, str, str]]:
    """Packs that cannot hold: a country in two of them, a file of no rule; with how to mend it."""
    rules = {path.stem for path in folder.glob("*/*.yaml") if path.parent.name != PACKS}
    taken: dict[str, str] = {}
    for path in sorted((folder / PACKS).glob(f"*/{REGION}")):
        region = path.parent.name
        for country in read_region(path).countries:
            if country in taken:
                yield path, f"{country} is in {taken[country]} too", "a country is in one pack"
            taken.setdefault(country, region)
    for path in pack_paths(folder):
        if path.name != REGION and path.stem not in rules:
            yield path, f"there is no rule {path.stem}", "a rule's id is the stem of its files"


def read_region(path: Path) -> Region:
    """Which accounts a pack is for."""
    return read_as(Region, text_of(path, RuleError), path)[0]


def differences(pair: Pair, variant: Pair) -> list[Difference]:
    """What a pack says otherwise of a rule, by key."""
    rule, there = pair.rule, variant.rule
    told = [
        Difference(name, str(getattr(rule, name)), str(getattr(there, name)))
        for name in REPLACED
        if getattr(rule, name) != getattr(there, name)
    ]
    return told + [
        Difference(name, str(one.default), str(there.parameters[name].default))
        for name, one in rule.parameters.items()
        if one.default != there.parameters[name].default
    ]


def _variants(pair: Pair) -> Iterator[Pair]:
    for path in sorted(pair.path.parents[1].glob(f"{PACKS}/*/{pair.path.name}")):
        region = read_region(path.with_name(REGION))
        said = text_of(path, RuleError)
        override, places = read_as(Override, said, path)
        variant = replace(
            pair,
            path=path,
            rule=_merged(pair, override, places),
            places=replace(places, texts={("given",): 1, **places.texts}),
            digest=hashlib.sha256(f"{pair.digest}\0{said}".encode()).hexdigest(),
            region=path.parent.name,
            countries=frozenset(region.countries),
            because=override.because,
        )
        if not differences(pair, variant):
            raise RuleError(
                "says nothing that differs", where=f"{path}:1", remedy="take the file out"
            )
        yield variant


def _merged(pair: Pair, override: Override, places: Places) -> Rule:
    rule, parameters = pair.rule, dict(pair.rule.parameters)
    for name, value in override.parameters.items():
        declared = parameters.get(name)
        refused = declared.refused(value) if declared else "the rule does not declare it"
        if refused or declared is None:
            raise RuleError(
                f"the parameter {name}: {refused}",
                where=places.of_key(("parameters", name)),
                remedy=f"the rule's own are {', '.join(parameters) or 'none'}",
            )
        parameters[name] = declared.model_copy(update={"default": value})
    told: dict[str, Any] = {
        name: value for name in REPLACED if (value := getattr(override, name)) is not None
    }
    told |= {name: [*getattr(rule, name), *getattr(override, name)] for name in ADDED}
    return rule.model_copy(update=told | {"parameters": parameters, "tests": override.tests})


def variant_of(pair: Pair, country: str) -> Pair:
    """What holds of a rule for an account of this country."""
    return next((one for one in pair.variants if country in one.countries), pair)
