"""A pack says otherwise of a rule for the accounts of its countries, and shows what and why."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from graph.connection import BatchSession
from graph.errors import RuleError
from graph.evidence import EvidenceStore
from rules.engine.files.format import Pair, read_pair
from rules.engine.files.lint import lint
from rules.engine.files.pack import differences, pack_faults, regional
from rules.engine.life.versions import keep, version_of
from tests.rules.engine.carrier import TODAY, Carrier, build
from tests.rules.engine.sample import write_rule

RULE = "contract_is_not_renewed"
NORTH = 'title: Where it takes long\ncountries: [SE, "NO"]\n'
DIFFERS = """
because: nobody decides in July, and a tender takes a quarter of a year
message: A contract ends on {ends_on}; begin the tender.
parameters: {horizon_days: 600}
tests:
  - name: an item that ends in nineteen months is found
    given: "MATCH (i:AgreementItem) SET i.ends_on = date('2028-05-01')"
    expect: [{item_id: i}]
  - name: one that ends in twenty-one months is not
    given: "MATCH (i:AgreementItem) SET i.ends_on = date('2028-07-01')"
    expect: []
  - name: a renewed one is not
    given: "MATCH (i:AgreementItem) CREATE (:AgreementItem {id: 'r'})-[:RENEWS]->(i)"
    expect: []
"""
OTHER = """
CREATE (:Account {id: 'nordic'})-[:ROOTED_AT]->(e:LegalEntity {id: 'n', jurisdiction: 'SE'})
CREATE (e)-[:PLAYS]->(:Customer {id: 'nc'})-[:PARTY_TO]->(a:Agreement {id: 'na'})
CREATE (a)-[:HAS_ITEM]->(:AgreementItem {id: 'ni', ends_on: date('2028-04-01')})
"""
FAR = "MATCH (i:AgreementItem {id: 'i'}) SET i.ends_on = date('2028-04-01')"


def write_pack(folder: Path, override: str = DIFFERS, region: str = "north") -> Path:
    """A rule that is shown, and a pack beside it; the path of the rule's YAML."""
    path = write_rule(folder, yaml=("experimental", "stable"))
    place = folder / "packs" / region
    place.mkdir(parents=True)
    (place / "pack.yaml").write_text(NORTH)
    (place / path.name).write_text(override)
    return path


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return regional(read_pair(write_pack(tmp_path)))


def carrier_of(batches: BatchSession, pair: Pair) -> Carrier:
    """Two accounts with a contract that ends in eighteen months, one of them in the north."""
    carrier = build(batches, pair.path)
    carrier.pairs[:] = [pair]
    carrier.say(OTHER)
    carrier.say(FAR)
    return carrier


def test_what_differs_is_merged_and_shown_and_is_another_version(pair: Pair) -> None:
    plain = read_pair(pair.path)
    (variant,) = pair.variants

    assert [one.told for one in differences(pair, variant)] == [
        "message: A contract ends on {ends_on}; begin the tender. "
        "(elsewhere A contract ends on {ends_on} and nobody renews it.)",
        "horizon_days: 600 (elsewhere 365)",
    ]
    assert (variant.region, sorted(variant.countries)) == ("north", ["NO", "SE"])
    assert variant.rule.action == pair.rule.action
    assert len({plain.digest, pair.digest, variant.digest}) == 3
    assert lint(variant, frozenset({RULE})) == []


def test_a_rule_of_which_no_pack_speaks_is_as_it_is(tmp_path: Path) -> None:
    plain = read_pair(write_rule(tmp_path))
    assert regional(plain) is plain


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("horizon_days: 600", "horizon_day: 600", "the rule does not declare it"),
        ("horizon_days: 600", "horizon_days: 6000", "6000 is above 720 days"),
        ("horizon_days: 600", "horizon_days: soon", "horizon_days"),
        ("because:", "why:", "why: Extra inputs are not permitted"),
        ("parameters:", "identity: [agreement_id]\nparameters:", "identity: Extra inputs"),
    ],
)
def test_what_a_pack_may_not_say_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    path = write_pack(tmp_path, DIFFERS.replace(old, new))
    with pytest.raises(RuleError, match=reason) as error:
        regional(read_pair(path))
    assert error.value.where.startswith(str(tmp_path / "packs" / "north" / path.name))


def test_a_pack_that_says_nothing_else_is_refused(tmp_path: Path) -> None:
    same = DIFFERS.replace("600", "365").replace("; begin the tender.", " and nobody renews it.")
    with pytest.raises(RuleError, match="says nothing that differs"):
        regional(read_pair(write_pack(tmp_path, same)))


def test_norway_is_a_country(tmp_path: Path) -> None:
    path = write_pack(tmp_path)
    (tmp_path / "packs" / "north" / "pack.yaml").write_text(NORTH.replace('"', ""))
    with pytest.raises(RuleError, match='YAML reads NO as false: write "NO"'):
        regional(read_pair(path))


def test_a_country_in_two_packs_and_a_file_of_no_rule_are_faults(tmp_path: Path) -> None:
    write_pack(tmp_path)
    write_pack(tmp_path, region="south")
    (tmp_path / "packs" / "south" / "unknown.yaml").write_text(DIFFERS)

    told = [
        (path.relative_to(tmp_path).as_posix(), what) for path, what, _ in pack_faults(tmp_path)
    ]

    assert told == [
        ("packs/south/pack.yaml", "SE is in north too"),
        ("packs/south/pack.yaml", "NO is in north too"),
        ("packs/south/unknown.yaml", "there is no rule unknown"),
    ]


def test_accounts_of_the_region_are_judged_by_its_pack_and_others_are_not(
    batches: BatchSession, pair: Pair
) -> None:
    carrier = carrier_of(batches, pair)

    carrier.run()

    assert carrier.states() == {"ni": "open"}
    message, parameters, hash = carrier.signal("message", "parameters", "rule_hash")
    assert message == "A contract ends on 1 April 2028; begin the tender."
    assert json.loads(parameters) == {"horizon_days": 600}
    assert hash == pair.variants[0].digest


def test_a_signal_stays_the_same_one_when_its_account_moves(
    batches: BatchSession, pair: Pair
) -> None:
    carrier = carrier_of(batches, pair)
    carrier.say("MATCH (i:AgreementItem) SET i.ends_on = date('2027-04-01')")
    carrier.say("MATCH (i:AgreementItem {id: 'i'}) DETACH DELETE i")
    carrier.run()
    before = carrier.signal("id", "opened_at")

    carrier.say("MATCH (e:LegalEntity {id: 'n'}) SET e.jurisdiction = 'US-DE'")
    carrier.run(TODAY + timedelta(days=1))

    assert carrier.signal("id", "opened_at") == before
    assert carrier.signal("state", "message") == (
        "open",
        "A contract ends on 1 April 2027 and nobody renews it.",
    )


def test_a_rule_may_be_shown_in_one_region_and_be_in_shadow_elsewhere(
    batches: BatchSession, tmp_path: Path
) -> None:
    path = write_pack(tmp_path, DIFFERS.replace("parameters:", "status: stable\nparameters:"))
    path.write_text(path.read_text().replace("status: stable", "status: shadow"))
    carrier = carrier_of(batches, regional(read_pair(path)))
    carrier.say("MATCH (i:AgreementItem {id: 'i'}) SET i.ends_on = date('2027-04-01')")

    carrier.run()

    assert carrier.states() == {"i": "withheld", "ni": "open"}


def test_a_need_that_only_the_region_has_makes_only_the_region_blind(
    batches: BatchSession, tmp_path: Path
) -> None:
    needs = "requires:\n  - {credit: P35D}\nparameters:"
    pair = regional(read_pair(write_pack(tmp_path, DIFFERS.replace("parameters:", needs))))
    carrier = carrier_of(batches, pair)
    carrier.say("MATCH (i:AgreementItem {id: 'i'}) SET i.ends_on = date('2027-04-01')")

    report = carrier.run()

    assert carrier.states() == {"i": "open"}
    assert [one.reason for one in report.judged] == ["1 x no source of credit was ever loaded"]


def test_the_version_of_a_region_is_kept_whole(pair: Pair, tmp_path: Path) -> None:
    store = EvidenceStore(str(tmp_path / "evidence"))
    (variant,) = pair.variants
    keep(store, [pair])

    kept = version_of(store, RULE, variant.digest, tmp_path / "kept")

    assert kept.rule == variant.rule
    assert kept.statement.text == pair.statement.text
