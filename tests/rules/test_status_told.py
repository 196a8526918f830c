"""How rules stand, in a terminal of any width."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rules.engine.life.status import Status
from rules.status_told import show_statuses

HIDDEN = Status(
    rule="a_rule_with_a_name_that_is_long",
    status="shadow",
    version="0549b177",
    ran="0549b177",
    last_run=date(2026, 10, 31),
    result="COMPLETE",
    found=1_200,
    opened=0,
    cleared=3,
    blind=0,
    waiting=7,
    answers=24,
    precision=0.25,
    bar=0.3,
    bar_answers=20,
    because="put itself in shadow on 2026-10-30: too few acted on it",
)
NEW = replace(
    HIDDEN, rule="new", status="stable", ran=None, last_run=None, waiting=0, precision=None,
    because=None,
)  # fmt: skip


def test_a_rule_is_one_line_and_what_is_to_be_known_stands_below(
    capsys: pytest.CaptureFixture[str],
) -> None:
    changed = replace(NEW, ran="e52be623", last_run=date(2026, 10, 31), result="FAILED")
    show_statuses([HIDDEN, NEW, changed])

    assert [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()] == [
        "rule status version last run found opened cleared blind waiting acted on bar",
        "a_rule_with_a_name_that_is_long shadow 0549b177 2026-10-31 1,200 0 3 0 7 25% of 24 "
        "30% of 20",
        "new stable 0549b177 never - - - - - no answers 30% of 20",
        "new stable 0549b177 (ran e52be623) 2026-10-31 FAILED 1,200 0 3 0 0 no answers 30% of 20",
        "a_rule_with_a_name_that_is_long: put itself in shadow on 2026-10-30: too few acted on it",
    ]
