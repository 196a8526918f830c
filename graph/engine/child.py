"""Starts, finds and stops the local database, one process for all commands of a folder."""

from __future__ import annotations

import time

from filelock import FileLock, Timeout

from graph.engine import crash
from graph.engine.artifacts import provide
from graph.engine.configuration import command, configuration, write_configuration
from graph.engine.home import LOOPBACK, Home, choose_port, home_of
from graph.engine.java import find_java
from graph.engine.probe import Answer, ask
from graph.engine.process import born, end, exit_code, launch
from graph.engine.record import ChildRecord, alive, read_record, write_record
from graph.engine.server import Server
from graph.errors import EngineStartFailed, EngineUnavailable
from graph.progress import Progress, Task
from graph.settings import Settings

STOP_PATIENCE = 60.0


def find_child(settings: Settings) -> Server | None:
    """The local database if its process runs and answers; None if none runs."""
    home = home_of(settings)
    record = read_record(home)
    if record is None or not alive(record):
        return None
    answer = ask(record.uri, ("neo4j", home.password()), "neo4j", connect_timeout=5.0)
    return _server(home, record, answer, 0.0)


def start_child(settings: Settings, progress: Progress) -> Server:
    """The local database, started if it does not run; a second starter waits for the first."""
    home = home_of(settings)
    try:
        home.folder.mkdir(parents=True, exist_ok=True)
        with _start_lock(home, settings, progress):
            return _running(settings, home) or _start(settings, home, progress)
    except OSError as error:
        raise crash.cannot_write(home, error) from None


def stop_child(settings: Settings, progress: Progress) -> bool:
    """Ends the local database cleanly; False if none ran."""
    home = home_of(settings)
    record = read_record(home)
    if record is None or not alive(record):
        home.record_file.unlink(missing_ok=True)
        return False
    with progress("stopping Neo4j"):
        end(record.pid, STOP_PATIENCE)
    home.record_file.unlink(missing_ok=True)
    return True


def _start_lock(home: Home, settings: Settings, progress: Progress) -> FileLock:
    """Held while one command starts the process; the system frees it when that command dies."""
    lock = FileLock(home.lock_file)
    try:
        lock.acquire(timeout=0)
        lock.release()
    except Timeout:
        with progress("waiting for another command that starts Neo4j"):
            lock.acquire(timeout=settings.start_timeout + STOP_PATIENCE)
            lock.release()
    return lock


def _running(settings: Settings, home: Home) -> Server | None:
    """The process that already runs; one that runs but does not answer in time is ended."""
    record = read_record(home)
    if record is None or not alive(record):
        return None
    try:
        return find_child(settings)
    except EngineUnavailable:
        try:
            answer = _await_answer(settings, home, record, time.monotonic())
            return _server(home, record, answer, 0.0)
        except EngineStartFailed:
            end(record.pid, STOP_PATIENCE)
            return None


def _start(settings: Settings, home: Home, progress: Progress) -> Server:
    home.require_own_version()
    java = find_java()
    jars = provide(settings, progress)
    home.prepare()
    began = time.monotonic()
    last = read_record(home) or ChildRecord(0, 0.0, 0, 0)
    bolt = choose_port(settings.bolt_port, last.bolt_port, "FOOTPRINT_BOLT_PORT")
    http = choose_port(settings.http_port, last.http_port, "FOOTPRINT_HTTP_PORT")
    write_configuration(home, configuration(settings, home, jars, bolt, http))
    code = exit_code(home)
    fell = f" again ({crash.meaning(code)} since the last start)" if code else ""
    with progress(f"starting Neo4j{fell}") as task:
        pid = launch(command(settings, home, jars, java), home)
        record = ChildRecord(pid, born(pid), bolt, http)
        write_record(home, record)
        try:
            answer = _await_answer(settings, home, record, began, task)
        except BaseException:
            end(pid, 10.0)
            raise
    home.note_version(answer.version)
    return _server(home, record, answer, time.monotonic() - began)


def _await_answer(
    settings: Settings,
    home: Home,
    record: ChildRecord,
    began: float,
    task: Task | None = None,
) -> Answer:
    """What the process says of itself once it answers; EngineStartFailed when it never does."""
    while True:
        if not alive(record):
            raise crash.explain(home)
        if record.listens():
            try:
                return ask(record.uri, ("neo4j", home.password()), "neo4j", connect_timeout=5.0)
            except EngineUnavailable as error:
                reason = error.what
        else:
            reason = "it does not listen yet"
        if time.monotonic() - began > settings.start_timeout:
            raise crash.too_slow(home, settings.start_timeout, reason)
        if task:
            task.update(0)
        time.sleep(0.1)


def _server(home: Home, record: ChildRecord, answer: Answer, seconds: float) -> Server:
    return Server(
        uri=record.uri,
        username="neo4j",
        password=home.password(),
        database="neo4j",
        kind="child",
        version=answer.version,
        edition=answer.edition,
        browser=f"http://{LOOPBACK}:{record.http_port}/browser/",
        pid=record.pid,
        seconds_to_start=seconds,
    )
