"""Starts the local database's process and waits until it answers."""

from __future__ import annotations

import time

from graph.engine import crash
from graph.engine.artifacts import provide
from graph.engine.configuration import command, configuration, write_configuration
from graph.engine.home import LOOPBACK, Home, choose_port
from graph.engine.java import find_java
from graph.engine.probe import Answer, ask
from graph.engine.process import born, end, launch
from graph.engine.record import ChildRecord, alive, exit_code, read_record, write_record
from graph.engine.server import Server
from graph.errors import EngineUnavailable
from graph.progress import Progress, Task
from graph.settings import Settings

# Neo4j's first user and first database have the same name.
LOGIN = "neo4j"
LOOK_EVERY = 0.1


def start(settings: Settings, home: Home, progress: Progress) -> Server:
    """The local database, started anew; raises the EngineError that says why it did not come up."""
    home.require_own_version()
    arguments, bolt, http = _prepare(settings, home, progress)
    began = time.monotonic()
    code = exit_code(home)
    fell = f" again ({crash.meaning(code)})" if code else ""
    with progress(f"starting Neo4j{fell}") as task:
        pid = launch(arguments, home)
        try:
            record = ChildRecord(pid, born(pid, home), bolt, http)
            write_record(home, record)
            answer = await_answer(settings, home, record, began, task)
        except BaseException:
            end(pid, 10.0)
            raise
    home.note_version(answer.version)
    return server_of(home, record, answer, time.monotonic() - began)


def await_answer(
    settings: Settings, home: Home, record: ChildRecord, began: float, task: Task
) -> Answer:
    """What the process says of itself once it answers; EngineStartFailed when it never does."""
    while True:
        if not alive(record):
            raise crash.explain(home)
        reason = "it does not listen yet"
        if record.listens():
            try:
                return ask(record.uri, (LOGIN, home.password()), LOGIN, connect_timeout=5.0)
            except EngineUnavailable as error:
                reason = error.what
        if time.monotonic() - began > settings.start_timeout:
            raise crash.too_slow(home, settings.start_timeout, reason)
        task.update(0)
        time.sleep(LOOK_EVERY)


def server_of(home: Home, record: ChildRecord, answer: Answer, seconds: float) -> Server:
    """The running process as every command knows it."""
    return Server(
        uri=record.uri,
        username=LOGIN,
        password=home.password(),
        database=LOGIN,
        kind="child",
        version=answer.version,
        edition=answer.edition,
        browser=f"http://{LOOPBACK}:{record.http_port}/browser/",
        pid=record.pid,
        seconds_to_start=seconds,
    )


def _prepare(settings: Settings, home: Home, progress: Progress) -> tuple[list[str], int, int]:
    """Everything that a start needs: Java, jars, folders, password, ports and configuration."""
    java = find_java()
    jars = provide(settings, progress)
    home.prepare()
    last = read_record(home) or ChildRecord(0, 0.0, 0, 0)
    bolt = choose_port(settings.bolt_port, last.bolt_port, "FOOTPRINT_BOLT_PORT")
    http = choose_port(settings.http_port, last.http_port, "FOOTPRINT_HTTP_PORT")
    write_configuration(home, configuration(settings, home, jars, bolt, http))
    return command(settings, home, jars, java), bolt, http
