"""Settings are read once, refuse what is not understood, and are all documented."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from graph.errors import SettingsError
from graph.settings import ROOT, Settings, read_settings, variable_of
from graph.settings_page import stale


def test_every_setting_is_on_the_page_and_in_the_example() -> None:
    assert stale() == []
    example = (ROOT / ".env.example").read_text()
    assert [name for name in Settings.model_fields if variable_of(name) not in example] == []


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".env"
    file.write_text("FOOTPRINT_BATCH_ROWS=10\nFOOTPRINT_CLOSE_GUARD=0.3\n")
    monkeypatch.setenv("FOOTPRINT_BATCH_ROWS", "20")

    settings = read_settings(env_file=file)

    assert (settings.batch_rows, settings.close_guard) == (20, 0.3)


def test_a_wrong_value_names_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTPRINT_CLOSE_GUARD", "2")

    with pytest.raises(SettingsError) as caught:
        read_settings(env_file=None)

    assert caught.value.where == "FOOTPRINT_CLOSE_GUARD"
    assert caught.value.exit_code == 2


def test_a_misspelt_name_is_refused_with_the_near_one(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("FOOTPRINT_HAEP=2g\n")

    with pytest.raises(SettingsError) as caught:
        read_settings(env_file=file)

    assert caught.value.remedy == "did you mean FOOTPRINT_HEAP?"


def test_settings_cannot_be_changed_and_hide_the_password() -> None:
    settings = read_settings(env_file=None, neo4j_password="hidden")

    with pytest.raises(ValidationError):
        settings.batch_rows = 1  # type: ignore[misc]
    assert "hidden" not in repr(settings)


def test_a_relative_folder_counts_from_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTPRINT_STATE_DIR", "elsewhere")

    assert read_settings(env_file=None).state_dir == ROOT / "elsewhere"
