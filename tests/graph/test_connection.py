"""Moments cross the wire as UTC text, and the driver's errors come out with a remedy."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from neo4j.exceptions import AuthError, IncompleteCommit, ServiceUnavailable, SessionExpired

from graph.connection import as_text, bound, explained
from graph.errors import EngineUnavailable

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=9)), ZoneInfo("Europe/Berlin")])
def test_a_moment_of_any_zone_crosses_as_utc_text(zone) -> None:
    assert bound({"at": NOON.astimezone(zone)}) == {"at": "2026-07-01T12:00:00Z"}


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        as_text(datetime(2026, 7, 1))


def test_days_and_other_values_stay_what_they_are() -> None:
    assert (as_text(date(2026, 7, 1)), as_text(3), as_text(None)) == ("2026-07-01", 3, None)


@pytest.mark.parametrize("kind", [ServiceUnavailable, SessionExpired, IncompleteCommit])
def test_a_server_that_went_away_is_said_with_a_remedy(kind) -> None:
    error = explained(kind("connection closed"))

    assert isinstance(error, EngineUnavailable)
    assert "went away" in error.what
    assert error.remedy


def test_a_refused_password_names_its_settings() -> None:
    error = explained(AuthError("denied"))

    assert isinstance(error, EngineUnavailable)
    assert "NEO4J_PASSWORD" in error.remedy
