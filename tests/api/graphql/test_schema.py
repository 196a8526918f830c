"""What holds for the schema: its page is current, everything is described, lists are bounded."""

from __future__ import annotations

import pytest
from graphql import (
    GraphQLNamedType,
    ObjectTypeDefinitionNode,
    is_input_object_type,
    is_object_type,
    is_specified_scalar_type,
    parse,
)

from api.graphql.schema import build_schema
from api.graphql.schema_page import PAGE, stale
from api.graphql.signal import SignalState
from api.graphql.weights import unsized
from graph.model.catalogue import LABELS

SCHEMA = build_schema()
OWN = [
    kind
    for name, kind in SCHEMA.type_map.items()
    if not name.startswith("__") and not is_specified_scalar_type(kind)
]


def test_the_page_for_front_ends_is_what_the_types_say() -> None:
    assert not stale()


@pytest.mark.parametrize("kind", OWN, ids=str)
def test_everything_is_described_in_a_sentence(kind: GraphQLNamedType) -> None:
    fields = kind.fields if is_object_type(kind) or is_input_object_type(kind) else {}
    said = {kind.name: kind.description} | {n: one.description for n, one in fields.items()}
    assert [name for name, text in said.items() if not text or not text.endswith(".")] == []


def test_every_list_says_how_long_it_may_be() -> None:
    assert list(unsized(SCHEMA)) == []


def test_the_page_is_a_schema_that_publishes_what_each_root_field_costs() -> None:
    roots = [
        one for one in parse(PAGE.read_text(encoding="utf-8")).definitions
        if isinstance(one, ObjectTypeDefinitionNode) and one.name.value in ("Query", "Mutation")
    ]  # fmt: skip
    assert len(roots) == 2
    unpriced = [
        one.name.value for root in roots for one in root.fields
        if "cost" not in {each.name.value for each in one.directives}
    ]  # fmt: skip
    assert unpriced == []


def test_an_own_id_is_called_id() -> None:
    named = {kind.name: set(kind.fields) for kind in OWN if is_object_type(kind)}
    assert {name for name, fields in named.items() if "id" in fields} == {
        "Account", "Ancestor", "Commitment", "EntityMatch", "EvidenceFact", "EvidenceLoad",
        "EvidenceNode", "EvidenceRecord", "GlanceAccount", "HierarchyEntity", "LegalEntity",
        "Opportunity", "Order", "Owner", "Owners", "Signal", "SignalReasons", "Source", "Ticket",
    }  # fmt: skip


def test_the_states_of_a_signal_are_the_models() -> None:
    modelled = LABELS["Signal"].properties["state"].values
    assert [one.value for one in SignalState] == list(modelled)
