"""What the values and facts of a company stand on, or what one fact stands on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.composition import Fewer, Parameter
from graph.connection import ReadSession
from queries.entity.aliases import Alias, aliases
from queries.entity.entity import entity
from queries.entity.fact import fact
from queries.entity.facts import Fact, facts
from queries.entity.values import Value, values
from queries.together import Together, asked

BEGUN_ID = re.compile(r"[0-9a-f]{8}[0-9a-f-]*")


@dataclass(slots=True)
class Provenance:
    """What is said of a company or a fact, by which record of which source, what lost included."""

    entity_id: str | None
    """The company that was asked about; nothing when it was a fact."""
    name: str | None
    """Name of the company."""
    values: list[Value]
    """Every value of its properties, those that are shown first."""
    facts: list[Fact]
    """Every version of its facts, or of the fact that was asked about: what is believed first."""
    aliases: list[Alias]
    """Retired ids that lead to it."""


OF_COMPANY = Parameter("id")
WHOLE = Together(
    company=asked(entity, entity_id=OF_COMPANY),
    values=asked(values, entity_id=OF_COMPANY, property=Parameter("property")),
    facts=asked(facts, entity_id=OF_COMPANY),
    aliases=asked(aliases, entity_id=OF_COMPANY),
    fact=asked(fact, fact_id=OF_COMPANY, when=(Fewer(("company",)),)),
)


async def provenance(
    graph: ReadSession, *, id: str, property: str | None = None
) -> Provenance | None:
    """What proves the company or the fact of this id; None when there is neither."""
    found = await WHOLE.ask(graph, id=id, property=property)
    (company,) = found["company"] or [None]
    if company is None and not found["fact"]:
        return None
    stated = [one for one in found["facts"] if property is None or speaks_of(one, property)]
    return Provenance(
        entity_id=company and company.entity_id,
        name=company and company.name,
        values=found["values"],
        facts=[*stated, *found["fact"]],
        aliases=found["aliases"],
    )


def speaks_of(fact: Fact, property: str) -> bool:
    """Whether a fact is what a person means by a word like name or parent, or by a fact's id."""
    if BEGUN_ID.fullmatch(property.lower()):
        return fact.fact_id.startswith(property.lower())
    wanted = property.upper().rstrip("S")
    return wanted in fact.type or (wanted == "PARENT" and fact.type == "PARENT_IN")
