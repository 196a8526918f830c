"""Whose value is shown: by source, by property, and anew when the order changes."""

from __future__ import annotations

from itertools import permutations

import pytest
from pydantic import ValidationError

from loaders.source import SourceSpec

DUNS = ("duns", "314159265")
SHOWN = "MATCH (entity:LegalEntity) RETURN entity.name, entity.status, entity.jurisdiction"
CLAIMED = """
MATCH (record:SourceRecord)-[claim:CLAIMS]->(:LegalEntity)
RETURN record.system, claim.won, claim.agreed, claim.lost,
       [name IN claim.lost | claim[name]] AS values
ORDER BY record.system
"""


def company(name: str, **more):
    return (name, {"name": name, "identifiers": [DUNS], "reference": "duns:314159265", **more})


def crm(toy, **spec):
    return toy.source(
        company("Alpha AG", status="ACTIVE", jurisdiction="DE"), name="crm", precedence=60, **spec
    )


def register(toy, **spec):
    return toy.source(
        company("ALPHA", status="INACTIVE", jurisdiction="AT"),
        name="register",
        precedence=10,
        **spec,
    )


@pytest.mark.parametrize("order", list(permutations(range(2))))
def test_a_source_may_lead_for_one_property_alone(toy, order) -> None:
    sources = [crm(toy, precedence_of={"LegalEntity.name": 5}), register(toy)]
    for place in order:
        toy.load(sources[place])

    assert toy.session.rows(SHOWN) == [("Alpha AG", "INACTIVE", "AT")]
    assert toy.session.rows(CLAIMED) == [
        ("crm", ["name"], None, ["jurisdiction", "status"], ["DE", "ACTIVE"]),
        ("register", None, None, ["name"], ["ALPHA"]),
    ]


def test_a_changed_order_settles_what_is_contested_anew(toy) -> None:
    toy.load(crm(toy))
    toy.load(register(toy))
    assert toy.session.rows(SHOWN) == [("ALPHA", "INACTIVE", "AT")]

    toy.load(crm(toy, precedence_of={"LegalEntity.jurisdiction": 1}))
    assert toy.session.rows(SHOWN) == [("ALPHA", "INACTIVE", "DE")]
    toy.load(crm(toy))
    assert toy.session.rows(SHOWN) == [("ALPHA", "INACTIVE", "AT")]
    assert toy.session.rows(CLAIMED) == [
        ("crm", None, None, ["jurisdiction", "name", "status"], ["DE", "Alpha AG", "ACTIVE"])
    ]


def test_the_order_is_kept_with_the_moment_of_its_adoption(toy) -> None:
    def kept():
        return toy.session.row(
            "MATCH (source:SourceSystem {id: 'crm'}) RETURN source.precedence, "
            "source.precedence_of, source.precedence_since = datetime($moment)",
            moment=toy.runs[0].moment,
        )

    toy.load(crm(toy, precedence_of={"LegalEntity.name": 5}))
    assert tuple(kept()) == (60, ["LegalEntity.name=5"], True)
    toy.load(crm(toy, precedence_of={"LegalEntity.name": 5}))
    assert tuple(kept()) == (60, ["LegalEntity.name=5"], True)
    toy.load(crm(toy))
    assert tuple(kept()) == (60, [], False)


def test_an_exception_for_what_the_model_lacks_is_refused() -> None:
    with pytest.raises(ValidationError, match="the model has no property 'LegalEntity.nmae'"):
        SourceSpec(
            title="Toy",
            publisher="a test",
            licence="none",
            holds=("crm",),
            freshness_sla="P1D",
            scope="all",
            record_types={},
            precedence_of={"LegalEntity.nmae": 5},
        )
