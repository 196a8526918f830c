"""What proves a company, and what changed, as lines that fit eighty columns."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from graph.evidence import EvidenceStore
from queries.hierarchy.changes import Change
from queries.terminal.changes_told import merged, sentence, show_changes
from queries.terminal.words import details_told, short_place, since
from tests.queries.conftest import Register
from tests.queries.register import company, under


def change(kind: str, name: str, day: str = "2026-02-01", **more: str) -> Change:
    given = {"from_id": None, "from_name": None, "to_id": None, "to_name": None, "reason": None}
    given |= more
    return Change(
        kind,
        name,
        name,
        happened_on=date.fromisoformat(day),
        known_at="2026-11-22T16:55:01Z",
        source="toy",
        record_id=None,
        fact_id=None,
        **given,  # type: ignore[arg-type]
    )


class TestChanges:
    def test_an_event_that_repeats_its_neighbour_becomes_its_note(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        show_changes(
            [
                change("ended", "Beta"),
                change("event", "Beta", reason="predecessor of ABSORPTION"),
                change("event", "Gamma", reason="successor of ABSORPTION"),
                change("left", "Beta", from_name="Alpha"),
            ]
        )

        assert capsys.readouterr().out.splitlines() == [
            "2026-02-01  ended  Beta",
            "                   left Alpha, predecessor of absorption",
            "2026-02-01  event  Gamma",
            "                   successor of absorption",
            "",
            "all from toy, learnt 2026-11-22 16:55",
        ]

    def test_a_new_name_needs_no_event_that_says_so(self) -> None:
        named = change("renamed", "New", from_name="Old", to_name="New")
        (told,) = merged([change("event", "New", reason="subject of CHANGE_LEGAL_NAME"), named])

        assert (sentence(told.change), told.notes) == ("Old -> New", [""])

    @pytest.mark.parametrize(
        ("one", "told"),
        [
            (change("moved", "B", from_name="A", to_name="C"), "B: A -> C"),
            (change("added", "B", to_name="A"), "B, under A"),
            (change("left", "B", from_name="A"), "B, was under A"),
            (change("ended", "B"), "B"),
        ],
    )
    def test_each_kind_has_its_sentence(self, one: Change, told: str) -> None:
        assert sentence(one) == told


class TestWords:
    def test_an_interval_says_whether_its_start_is_assumed(self) -> None:
        open_end, first = date(9999, 12, 31), date(2020, 1, 1)

        assert since(first, open_end) == "since 2020-01-01"
        assert since(first, open_end, assumed=True) == "by 2020-01-01"
        assert since(first, date(2021, 1, 1)) == "2020-01-01 to 2021-01-01"
        assert since(date(1, 1, 1), date(2021, 1, 1)) == "? to 2021-01-01"

    def test_details_are_told_where_they_add_something(self) -> None:
        legal = "view legal  controlling true  basis gleif direct consolidation"

        assert details_told("PARENT_IN", legal) == "gleif direct consolidation"
        assert details_told("PARENT_IN", "view billing  share 0.6") == "billing view, 60%"
        assert details_told("OWNS", "share 0.333333  role x") == "33.33%, role x"
        assert details_told("HAS_NAME", "") == ""

    def test_of_a_long_file_name_the_end_is_told(self) -> None:
        assert short_place("level-2.csv", 40) == "level-2.csv:40"
        assert short_place("20261115-gleif-golden-copy.csv", 7) == "..olden-copy.csv:7"


Footprint = Callable[..., str]


@pytest.fixture
def told(
    footprint: Callable[..., tuple[int, str, str]],
    evidence: EvidenceStore,
    monkeypatch: pytest.MonkeyPatch,
) -> Footprint:
    """What a command prints, ids of loads left out."""
    monkeypatch.setattr("queries.cli.evidence_store", lambda: evidence)

    def told(*arguments: str) -> str:
        code, out, _ = footprint(*arguments)
        assert code == 0
        return re.sub(r"load [0-9a-f]{8}", "load ID", out)

    return told


class TestProof:
    def test_values_stand_under_their_record_and_facts_under_their_tense(
        self, told: Footprint, register: Register
    ) -> None:
        register(company("A"), known="2026-01-01")
        register(
            company("A"),
            company("B", under("A", "2020-01-01", share=0.6), named_on="2020-01-01"),
            known="2026-01-02",
        )

        lines = told("why", "B").splitlines()
        assert lines[-1] == "  type      company"
        assert lines[:18] == [
            "B",
            "active, toy:company:B",
            "",
            "from toy company B, toy-2026-01-02.jsonl:2",
            "as of 2026-01-01, learnt 2026-01-02 00:00, load ID",
            "  category  GENERAL",
            "  name      B",
            "  status    ACTIVE",
            "",
            "facts, present",
            "  parent  A  since 2020-01-01  ..26-01-02.jsonl:2",
            "          60%",
            "  name    B  since 2020-01-01  ..26-01-02.jsonl:2",
            "",
            "as the source gave it: toy company B, toy-2026-01-02.jsonl:2",
            "  name      B",
            "  named_on  2020-01-01",
            "  number    B",
        ]

    def test_values_on_which_sources_differ_have_their_own_block(
        self, told: Footprint, register: Register
    ) -> None:
        register(company("Alpha"), known="2026-01-01", source="toy", precedence=10)
        register(company("Alpha", name="Beta"), known="2026-01-02", source="other")

        lines = told("why", "toy:company:Alpha", "name").splitlines()
        begin = lines.index("sources differ")
        assert lines[begin + 1 : begin + 3] == [
            "  name         Alpha  toy ..26-01-01.jsonl:1",
            "    not shown  Beta   other ..26-01-02.jsonl:1",
        ]

    def test_a_fact_is_asked_by_the_beginning_of_its_id(
        self, told: Footprint, register: Register
    ) -> None:
        register(company("A"), company("B", under("A", "2020-01-01")))
        with_ids = told("why", "B", "parent", "--ids")
        found = re.search(r"PARENT_IN ([0-9a-f-]{36})", with_ids)
        assert found

        assert told("why", "B", found[1][:8], "--ids") == with_ids
        assert told("why", found[1]).splitlines()[0] == "B: parent A"

    def test_missing_evidence_is_one_short_line(
        self,
        told: Footprint,
        register: Register,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        register(company("Alpha"))
        elsewhere = EvidenceStore(str(tmp_path / "elsewhere"))
        monkeypatch.setattr("queries.cli.evidence_store", lambda: elsewhere)

        last = told("why", "Alpha").splitlines()[-1]
        assert last.startswith("raw fields of 1 record missing: ")
        assert len(last) <= 80

    def test_a_company_of_one_record_names_it_once(
        self, told: Footprint, register: Register
    ) -> None:
        register(company("A", country="DE"), company("B", under("A", "2020-01-01")))

        lines = told("entity", "B").splitlines()
        assert [line for line in lines if ".jsonl" in line] == [
            "from toy company B, toy-2026-01-02.jsonl:2"
        ]
        assert lines[-2:] == ["parents", "  A  legal  since 2020-01-01  toy"]
