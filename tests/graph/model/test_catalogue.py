"""The catalogue says what the model is, in plain values."""

import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from graph.model import declare
from graph.model.catalogue import (
    LABELS,
    LAYERS,
    OPEN_DATE,
    OPEN_MOMENT,
    RELATIONSHIPS,
    Label,
    Property,
    RelationshipType,
)
from graph.settings import ROOT

TYPES = {
    "string",
    "date",
    "datetime",
    "integer",
    "float",
    "boolean",
    "point",
    "string_list",
}
EVERYTHING = [*LABELS.values(), *RELATIONSHIPS.values()]


def named(each: Label | RelationshipType) -> str:
    return each.name


@pytest.mark.parametrize("each", EVERYTHING, ids=named)
def test_everything_is_described_in_one_sentence(each: Label | RelationshipType) -> None:
    sentences = [each.description, *(one.description for one in each.properties.values())]

    assert [one for one in sentences if not one.endswith(".") or "\n" in one] == []


@pytest.mark.parametrize("each", EVERYTHING, ids=named)
def test_names_follow_the_house(each: Label | RelationshipType) -> None:
    form = r"([A-Z][a-z]*)+" if isinstance(each, Label) else r"[A-Z]+(_[A-Z]+)*"

    assert re.fullmatch(form, each.name)
    assert [
        name for name in each.properties if not re.fullmatch(r"[a-z]+(_[a-z0-9]+)*", name)
    ] == []
    assert {one.type for one in each.properties.values()} <= TYPES


@pytest.mark.parametrize("each", EVERYTHING, ids=named)
def test_the_end_of_a_name_says_its_type(each: Label | RelationshipType) -> None:
    wrong = [
        one.name
        for one in each.properties.values()
        if (one.name.endswith("_on") and one.type != "date")
        or (one.name.endswith("_at") and one.type != "datetime")
        or (one.name.endswith("amount") and one.type != "integer")
    ]

    assert wrong == []


def test_every_node_has_an_id_of_its_own() -> None:
    assert [one.name for one in LABELS.values() if not one.properties["id"].unique] == []


def test_what_is_met_again_has_both_sightings() -> None:
    sightings = {"first_seen_at", "last_seen_at"}

    without = {one.name for one in LABELS.values() if not sightings <= set(one.properties)}

    assert without == {"SourceRecord", "Event", *(n for n, one in LABELS.items() if one.plumbing)}


def test_what_a_source_asserts_says_on_which_record_it_stands() -> None:
    standing = {"record", "stub", "reference"}

    on_records = {one.name for one in LABELS.values() if standing <= set(one.properties)}

    assert on_records == {one.name for one in LABELS.values() if one.canonical}


def test_every_fact_has_both_clocks_and_every_other_relationship_has_none() -> None:
    clocks = {"id", "valid_from", "valid_to", "recorded_from", "recorded_to", "record"}

    with_clocks = {one.name for one in RELATIONSHIPS.values() if clocks <= set(one.properties)}

    assert with_clocks == {one.name for one in RELATIONSHIPS.values() if one.kind == "fact"}


def test_a_fact_has_a_type_in_each_of_its_tenses() -> None:
    parent, name, reads = (RELATIONSHIPS[each] for each in ("PARENT_IN", "HAS_NAME", "READ_IN"))

    assert parent.tenses == ("PARENT_IN", "FORMER_PARENT_IN", "PLANNED_PARENT_IN")
    assert name.tenses == ("HAS_NAME", "FORMER_HAS_NAME", "PLANNED_HAS_NAME")
    assert reads.tenses == ("READ_IN",)
    assert parent.in_tense("planned") == "PLANNED_PARENT_IN"
    with pytest.raises(KeyError):
        reads.in_tense("planned")


def test_an_edge_to_any_asserted_node_reaches_all_of_them() -> None:
    canonical = {name for name, label in LABELS.items() if label.canonical}

    assert {end for _, end in RELATIONSHIPS["RESOLVES_TO"].patterns} == canonical
    assert {"LegalEntity", "Site", "Bill", "Seller"} <= canonical
    assert canonical & {"SourceRecord", "Signal", "Judgement", "Event", "Lease"} == set()


def test_an_edge_is_drawn_above_its_class_as_it_is_declared() -> None:
    folder = ROOT / "graph" / "model"
    source = "\n".join(path.read_text() for path in sorted(folder.glob("*.py")))
    drawn: dict[str, set[tuple[str, str]]] = {}
    for start, name, end in re.findall(r"^# \(:(\w+)\)-\[:(\w+)\]->\(:([^)]+)\)", source, re.M):
        drawn.setdefault(name, set()).add((start, end))

    to_any = {"RESOLVES_TO", "CLAIMS", "ABOUT", "PROVED_BY"}
    declared = {one.name: set(one.patterns) for one in RELATIONSHIPS.values()}

    assert {name: edges for name, edges in drawn.items() if name not in to_any} == {
        name: edges for name, edges in declared.items() if name not in to_any
    }


def test_layers_are_in_the_order_in_which_knowledge_flows() -> None:
    found = list(dict.fromkeys(label.layer for label in LABELS.values()))

    assert tuple(found) == LAYERS
    assert [name for name, label in LABELS.items() if label.plumbing] == [
        "Lease",
        "FeedHead",
        "Inbox",
        "Migration",
        "Quarantined",
        "RulePosition",
        "Principal",
        "ApiKey",
        "AuditEntry",
        "Webhook",
        "WebhookReceipt",
    ]


def test_the_catalogue_cannot_be_changed() -> None:
    properties: Mapping[str, Property] = LABELS["Site"].properties

    for mapping in (LABELS, RELATIONSHIPS, properties):
        with pytest.raises(TypeError):
            mapping["More"] = None  # type: ignore[index]


def test_open_ends_are_the_last_day_that_a_date_can_say() -> None:
    assert date(9999, 12, 31) == OPEN_DATE
    assert datetime(9999, 12, 31, tzinfo=UTC) == OPEN_MOMENT


def test_a_moment_leaves_in_plain_utc_whatever_its_zone() -> None:
    moment = datetime(2026, 3, 1, 1, 0, tzinfo=timezone(timedelta(hours=2)))

    left = declare.Moment("A moment.").deflate(moment)

    assert (left, left.tzinfo) == (datetime(2026, 2, 28, 23, 0, tzinfo=UTC), UTC)


def test_the_catalogue_is_read_without_a_database(tmp_path: Path) -> None:
    program = "from graph.model.catalogue import LABELS; print(len(LABELS))"

    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=ROOT,
        env={"PATH": "", "NEO4J_URI": "bolt://127.0.0.1:1"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == f"{len(LABELS)}\n"
