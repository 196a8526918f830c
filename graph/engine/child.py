"""Finds, starts, stops and resets the local database, one process for all commands of a folder."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from graph.engine import crash
from graph.engine.home import Home, home_of
from graph.engine.probe import ask
from graph.engine.process import end
from graph.engine.record import ChildRecord, alive, forget_exit, read_record
from graph.engine.server import Server
from graph.engine.starting import LOGIN, await_answer, server_of, start
from graph.errors import EngineStartFailed, EngineUnavailable, LoginRefused
from graph.progress import Progress
from graph.settings import Settings

STOP_PATIENCE = 60.0


def find_child(settings: Settings) -> Server | None:
    """The local database if its process runs and answers; None if none runs."""
    home = home_of(settings)
    record = _alive_record(home)
    if record is None:
        return None
    try:
        answer = ask(record.uri, (LOGIN, home.password()), LOGIN, connect_timeout=5.0)
    except LoginRefused:
        raise _other_password(home) from None
    except EngineUnavailable as error:
        raise EngineUnavailable(
            f"the local database runs (process {record.pid}) but {error.what}",
            where=str(home.console),
            remedy="wait if it is starting; else ./footprint db stop, then ./footprint db start",
        ) from None
    return server_of(home, record, answer, 0.0)


def start_child(settings: Settings, progress: Progress) -> Server:
    """The local database, started if it does not run; a second starter waits for the first."""
    home = home_of(settings)
    with _alone(home, settings, progress):
        return _running(settings, home, progress) or start(settings, home, progress)


def stop_child(settings: Settings, progress: Progress) -> bool:
    """Ends the local database cleanly; False if none ran."""
    home = home_of(settings)
    if _alive_record(home) is None:
        return False
    with _alone(home, settings, progress):
        return _stop(home, progress)


def reset_child(settings: Settings, progress: Progress) -> None:
    """Stops the local database and deletes its data."""
    home = home_of(settings)
    with _alone(home, settings, progress):
        _stop(home, progress)
        if home.folder.exists():
            shutil.rmtree(home.folder)


def _stop(home: Home, progress: Progress) -> bool:
    record = _alive_record(home)
    if record is None:
        return False
    with progress("stopping Neo4j"):
        end(record.pid, STOP_PATIENCE)
        forget_exit(home)
    return True


def _alive_record(home: Home) -> ChildRecord | None:
    record = read_record(home)
    return record if record and alive(record) else None


@contextmanager
def _alone(home: Home, settings: Settings, progress: Progress) -> Iterator[None]:
    """One command at a time starts or stops; the system frees the lock when a command dies."""
    try:
        home.folder.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(home.lock_file)
        try:
            lock.acquire(timeout=0.2)
        except Timeout:
            with progress("waiting for another command that starts or stops Neo4j"):
                lock.acquire(timeout=settings.start_timeout + STOP_PATIENCE)
        try:
            yield
        finally:
            lock.release()
    except Timeout:
        raise EngineStartFailed(
            "another command has been starting or stopping Neo4j for too long",
            where=str(home.lock_file),
            remedy="end that command, then start again",
        ) from None
    except OSError as error:
        raise crash.cannot_write(home, error) from None


def _running(settings: Settings, home: Home, progress: Progress) -> Server | None:
    """The process that already runs; one that never answers is ended, so that another can start."""
    record = _alive_record(home)
    if record is None:
        return None
    try:
        return find_child(settings)
    except LoginRefused:
        raise
    except EngineUnavailable:
        began = time.monotonic()
    try:
        with progress("waiting for Neo4j, which runs but does not answer yet") as task:
            answer = await_answer(settings, home, record, began, task)
        return server_of(home, record, answer, time.monotonic() - began)
    except EngineStartFailed:
        end(record.pid, STOP_PATIENCE)
        return None


def _other_password(home: Home) -> LoginRefused:
    return LoginRefused(
        "the local database refuses the password that was kept for it",
        where=str(home.password_file),
        remedy="if it was changed in Neo4j Browser, write the new one into that file",
    )
