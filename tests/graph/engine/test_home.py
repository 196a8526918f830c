"""The local database's folder: password, ports, version of the store, and a full disk."""

from __future__ import annotations

import errno
import os
import socket
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.engine import open_server
from graph.engine.artifacts import VERSION
from graph.engine.home import Home, choose_port, home_of
from graph.engine.record import ChildRecord, alive, read_record, write_record
from graph.errors import EngineIncompatible, EngineStartFailed
from graph.settings import Settings, read_settings


@pytest.fixture
def local(tmp_path: Path) -> Settings:
    return read_settings(env_file=None, state_dir=tmp_path, neo4j_uri=None)


@pytest.fixture
def home(local: Settings) -> Home:
    return home_of(local)


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def test_the_password_is_random_and_for_its_owner_only(home: Home, tmp_path: Path) -> None:
    other = home_of(read_settings(env_file=None, state_dir=tmp_path / "other"))
    home.prepare()
    other.folder.parent.mkdir()
    other.prepare()

    assert home.password() != other.password()
    assert stat.S_IMODE(home.password_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(home.folder.stat().st_mode) == 0o700
    assert home.password() not in (home.data / "dbms" / "auth.ini").read_text()


def test_data_without_their_password_are_not_overwritten(home: Home) -> None:
    home.prepare()
    (home.data / "databases").mkdir()
    home.password_file.unlink()

    with pytest.raises(EngineStartFailed, match="password file is gone"):
        home.prepare()


@pytest.mark.parametrize(
    ("found", "age"), [("4.4.40", "older"), ("5.99.0", "newer"), ("2025.6.0", "newer")]
)
def test_a_store_of_another_version_is_not_opened(
    local: Settings, home: Home, found: str, age: str
) -> None:
    home.folder.mkdir(parents=True)
    home.version_file.write_text(found + "\n")

    with pytest.raises(EngineIncompatible) as caught:
        open_server(local)

    assert f"the {age} Neo4j {found}" in caught.value.what
    assert "db reset" in caught.value.remedy


@pytest.mark.parametrize("found", [VERSION, "5.26.2", "5.20.0"])
def test_a_store_of_this_version_or_an_earlier_five_is_opened(home: Home, found: str) -> None:
    home.folder.mkdir(parents=True)
    home.version_file.write_text(found)

    home.require_own_version()


def test_a_fixed_port_that_is_taken_is_an_error_with_its_setting(taken_port: int) -> None:
    with pytest.raises(EngineStartFailed) as caught:
        choose_port(taken_port, 0, "FOOTPRINT_BOLT_PORT")

    assert caught.value.where == "FOOTPRINT_BOLT_PORT"


def test_a_remembered_port_is_kept_unless_another_program_took_it(taken_port: int) -> None:
    free = choose_port(0, 0, "FOOTPRINT_BOLT_PORT")

    assert choose_port(0, free, "FOOTPRINT_BOLT_PORT") == free
    assert choose_port(0, taken_port, "FOOTPRINT_BOLT_PORT") != taken_port


def test_a_process_of_the_same_number_is_not_taken_for_ours(home: Home) -> None:
    home.folder.mkdir(parents=True)
    write_record(home, ChildRecord(os.getpid(), 12345.0, 1, 2))

    record = read_record(home)
    assert record is not None
    assert not alive(record)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": 1}'])
def test_a_damaged_record_counts_as_none(home: Home, text: str) -> None:
    home.folder.mkdir(parents=True)
    home.record_file.write_text(text)

    assert read_record(home) is None


@pytest.fixture
def full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with no room left: a tiny file system as root, else writes that fail."""
    small = tmp_path / "small"
    small.mkdir()
    mounted = os.geteuid() == 0 and not subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(small)],
        check=False,
        capture_output=True,
    ).returncode  # fmt: skip
    if mounted:
        with (small / "filler").open("wb", buffering=0) as filler:
            try:
                while filler.write(bytes(4096)):
                    pass
            except OSError:
                pass
    else:
        monkeypatch.setattr(Path, "mkdir", _no_room)
    yield small
    if mounted:
        subprocess.run(["umount", str(small)], check=True)


def _no_room(path: Path, *_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))


def test_a_full_disk_is_said_with_the_room_that_is_needed(full_disk: Path) -> None:
    settings = read_settings(env_file=None, state_dir=full_disk / "state", neo4j_uri=None)

    with pytest.raises(EngineStartFailed) as caught:
        open_server(settings)

    assert "No space left" in caught.value.what
    assert "300 MB" in caught.value.remedy
