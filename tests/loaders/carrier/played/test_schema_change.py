"""The schema that changes on day 12: quarantined, told, and loaded after one command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graph.facts import quarantine
from graph.facts.run import Run
from loaders.carrier.check.check import check


def test_records_of_the_new_schema_wait_in_quarantine_and_say_what_is_lacking(month: Any) -> None:
    waiting = quarantine.items(month.session, source="crm_emea", status=None)

    assert len(waiting) > 10
    assert {(item.record_type, item.field) for item in waiting} == {
        ("account", "name"),
        ("opportunity", "statecode"),
    }
    days = {one.day for one in month.deliveries if one.rejected}
    assert min(days) >= 12
    assert {one.system for one in month.deliveries if one.rejected} == {"crm_emea"}


def test_after_a_retry_the_graph_says_what_it_would_have_said_with_the_mapping_from_the_start(
    month: Any,
    retried: list[Run],
    extended: Callable[[pytest.MonkeyPatch], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    extended(monkeypatch)
    found = check(month.folder, month.session)

    assert {(run.mode, run.status) for run in retried} == {("retry", "COMPLETE")}
    assert quarantine.open_items(month.session, "crm_emea") == 0
    assert [one for kind in found.differences.kinds.values() for one in kind.examples] == []


def test_what_was_known_before_the_retry_is_still_told_as_it_was(
    month: Any,
    retried: list[Run],
    extended: Callable[[pytest.MonkeyPatch], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    extended(monkeypatch)

    found = check(month.folder, month.session, day=20)

    assert [one for kind in found.differences.kinds.values() for one in kind.examples] == []
