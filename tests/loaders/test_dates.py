"""Days and moments: what exists is read, what does not is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from graph.errors import RecordRejected
from loaders.dates import at, day, iso, local_day


@pytest.mark.parametrize(
    ("text", "form", "found"),
    [
        ("2024-05-31", "iso", date(2024, 5, 31)),
        ("2024-05-31T23:59:59Z", "iso", date(2024, 5, 31)),
        ("2024-05-31 12:00", "iso", date(2024, 5, 31)),
        ("2024-02-29", "iso", date(2024, 2, 29)),
        ("31/05/2024", "d/m/y", date(2024, 5, 31)),
        ("1/2/2024 10:00", "m/d/y", date(2024, 1, 2)),
        ("", "iso", None),
        ("  ", "iso", None),
        (None, "iso", None),
        (date(2024, 5, 31), "iso", date(2024, 5, 31)),
    ],
)
def test_a_day_is_read_as_it_is_written(text, form, found) -> None:
    assert day(text, form=form) == found


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2023-02-29", "iso"),
        ("2024-13-01", "iso"),
        ("2024-05-312", "iso"),
        ("2024-05-31garbage", "iso"),
        ("31/05/2024", "iso"),
        ("31/05/2024", "m/d/y"),
        ("31/05/24", "d/m/y"),
        ("31/05/2024/1", "d/m/y"),
        ("soon", "d/m/y"),
        ("0999-12-31", "iso"),
    ],
)
def test_a_day_that_does_not_exist_is_refused_with_its_field(text, form) -> None:
    with pytest.raises(RecordRejected) as refused:
        day(text, field="began", form=form)

    assert refused.value.where == "began"
    assert text in refused.value.what


@pytest.mark.parametrize(
    ("stamp", "found"),
    [
        ("2021-11-01T23:00:00Z", date(2021, 11, 2)),
        ("2021-11-01T12:00:00Z", date(2021, 11, 2)),
        ("2021-11-01T11:59:59Z", date(2021, 11, 1)),
        ("2021-11-01T00:00:00+01:00", date(2021, 11, 1)),
        ("", None),
    ],
)
def test_a_local_midnight_is_the_day_it_begins(stamp, found) -> None:
    assert local_day(stamp) == found


@pytest.mark.parametrize("stamp", ["9999-12-31T23:00:00Z", "0001-01-01T00:00:00+05:00"])
def test_a_stamp_beyond_the_calendar_is_refused(stamp) -> None:
    with pytest.raises(RecordRejected):
        local_day(stamp, field="began")


def test_moments_come_out_in_utc() -> None:
    assert at("2024-05-31T12:00:00+02:00") == datetime(2024, 5, 31, 10, tzinfo=UTC)
    assert at("2024-05-31T12:00:00") == datetime(2024, 5, 31, 12, tzinfo=UTC)
    assert iso("2024-05-31T12:00:00.5Z") == "2024-05-31T12:00:00.500000Z"
    assert iso(None) is None


def test_a_moment_in_words_is_refused() -> None:
    with pytest.raises(RecordRejected):
        at("yesterday", field="seen")


def test_a_moment_without_a_zone_is_of_the_zone_given_and_one_with_a_zone_is_not() -> None:
    chicago = ZoneInfo("America/Chicago")

    assert iso("2026-11-03 23:15:00", zone=chicago) == "2026-11-04T05:15:00Z"
    assert iso("2026-07-03 23:15:00", zone=chicago) == "2026-07-04T04:15:00Z"
    assert iso("2026-11-03T23:15:00Z", zone=chicago) == "2026-11-03T23:15:00Z"
