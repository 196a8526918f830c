"""Asks statements that others wrote: READ access, a connection of their own, limits that hold.

The server looks at time limits every two seconds, and hears them between rows only. So a watchdog
ends what runs over its limit, and whoever waits here is answered within a second of it, even while
the server is deep in one expression. What it cannot stop is refused before
(rules/engine/safety).
"""

from __future__ import annotations

import contextlib
import re
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import neo4j
from neo4j.exceptions import DriverError, Neo4jError
from neo4j.graph import Entity, Path

from graph.connection import as_native, bound, explained, open_driver
from graph.errors import FootprintError, RuleStopped, StatementError
from graph.plan import Plan, plan_of
from graph.statement import Statement

if TYPE_CHECKING:
    from graph.engine import Server

Read = TypeVar("Read")
Rows = list[tuple[Any, ...]]

WATCHDOG_SECONDS = 0.3
"""How long after its limit a transaction is terminated by a second connection."""
LAST_SECONDS = 0.75
"""How long after its limit a statement is given up, wherever the server is with it."""
FETCH_ROWS = 500
OUR_LIMIT = "db.memory.transaction.max"
MEMORY_ALLOWED = f"SHOW SETTINGS '{OUR_LIMIT}' YIELD value"
RUNNING = "SHOW TRANSACTIONS YIELD transactionId AS id, metaData AS said WHERE said.sandbox = $mark"
TERMINATE = "TERMINATE TRANSACTIONS $ids"
_POSITION = re.compile(r"\s*\(line (\d+), column (\d+) \(offset: \d+\)\)")


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a statement may go."""

    seconds: float = 30.0
    """With planning: on a server just started that alone can take ten."""
    rows: int = 50_000
    values: int = 2_000_000
    """Values in all rows, those in lists and maps too; a text counts one per hundred letters."""
    estimated_rows: float = 1e8
    """Rows that any step of the plan may expect."""
    estimated_product: float = 1e6
    """Rows that a product of patterns which share no variable may expect."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a statement gave."""

    columns: tuple[str, ...]
    rows: Rows
    milliseconds: int


class _Attempt(Generic[Read]):
    """One statement on its way, read by a thread that may be left behind."""

    def __init__(self, work: Callable[[], Read]) -> None:
        self.answers: list[Read] = []
        self.error: Exception = RuntimeError("it has not ended")
        self._ended = threading.Event()
        self._work = work
        threading.Thread(target=self._run, name="sandbox", daemon=True).start()

    def ended_within(self, seconds: float) -> bool:
        """Wait for its end, but no longer than this."""
        return self._ended.wait(max(seconds, 0.0))

    def _run(self) -> None:
        try:
            self.answers.append(self._work())
        except Exception as error:
            self.error = error
        finally:
            self._ended.set()


class Sandbox:
    """Statements of others, one at a time; what runs into a limit ends in RuleStopped."""

    def __init__(self, server: Server, limits: Limits) -> None:
        self.limits = limits
        self._server = server
        self._driver = open_driver(server)
        self._watch = open_driver(server)
        self.warnings = tuple(self._doubts())
        """What this server does not limit, in sentences: to be said once."""

    def plan(self, cypher: str | Statement, /, **parameters: Any) -> Plan:
        """How the server would answer; StatementError with line and column if it is no Cypher."""
        return self._within(
            cypher, "EXPLAIN\n", parameters, lambda result: plan_of(result.consume())
        )

    def rows(self, cypher: str | Statement, /, **parameters: Any) -> Answer:
        """The rows; RuleStopped names the limit that was hit, StatementError what failed."""
        began = time.perf_counter()
        columns, rows = self._within(
            cypher, "", parameters, lambda result: _read(result, self.limits, _path_of(cypher))
        )
        return Answer(columns, rows, round((time.perf_counter() - began) * 1000))

    def close(self) -> None:
        """Close both connections."""
        self._driver.close()
        self._watch.close()

    def _within(
        self,
        cypher: str | Statement,
        prefix: str,
        parameters: dict[str, Any],
        read: Callable[[neo4j.Result], Read],
    ) -> Read:
        """What `read` makes of the result, or the error to show; at most a second over time."""
        text = cypher if isinstance(cypher, str) else cypher.text
        path, driver, given = _path_of(cypher), self._driver, bound(parameters)
        mark = str(uuid.uuid4())
        query = neo4j.Query(prefix + text, {"sandbox": mark}, self.limits.seconds)
        deadline = time.monotonic() + self.limits.seconds
        attempt = _Attempt(lambda: _ask(driver, self._server.database, query, given, read))
        if not attempt.ended_within(deadline + WATCHDOG_SECONDS - time.monotonic()):
            self._terminate(mark)
        if not attempt.ended_within(deadline + LAST_SECONDS - time.monotonic()):
            self._leave(attempt, driver)
            raise self._timed_out(path)
        if attempt.answers:
            return attempt.answers[0]
        over = time.monotonic() >= deadline
        raise self._said(attempt.error, path, prefix.count("\n"), over) from attempt.error

    def _terminate(self, mark: str) -> None:
        """Terminate the transaction of this mark without waiting for it: a thread of its own."""

        def work() -> None:
            with contextlib.suppress(Neo4jError, DriverError), self._watch.session() as session:
                ids = [record["id"] for record in session.run(RUNNING, mark=mark)]
                if ids:
                    session.run(TERMINATE, ids=ids).consume()

        threading.Thread(target=work, name="watchdog", daemon=True).start()

    def _leave(self, attempt: _Attempt[Any], driver: neo4j.Driver) -> None:
        """Give up a statement that the server does not let go; its connection closes at its end."""

        def work() -> None:
            attempt.ended_within(threading.TIMEOUT_MAX)
            driver.close()

        threading.Thread(target=work, name="left behind", daemon=True).start()
        self._driver = open_driver(self._server)

    def _timed_out(self, path: str) -> RuleStopped:
        return _stopped("time", f"it ran longer than {self.limits.seconds:g} s", path)

    def _said(self, error: Exception, path: str, lines_before: int, over: bool) -> Exception:
        """The error to show for one that the statement ended in."""
        if isinstance(error, FootprintError) or not isinstance(error, Neo4jError):
            return explained(error)
        code = str(error.code or "")
        if "TransactionTimedOut" in code or over and code.endswith("Terminated"):
            return self._timed_out(path)
        if "OutOfMemory" in code or "StackOverFlow" in code:
            return _stopped("memory", "it needs more memory than a transaction may have", path)
        if code.startswith("Neo.ClientError.Statement") or "Procedure" in code:
            return _misspelt(error, path, lines_before)
        return explained(error)

    def _doubts(self) -> Iterator[str]:
        try:
            with self._watch.session() as session:
                values = [record["value"] for record in session.run(MEMORY_ALLOWED)]
        except (Neo4jError, DriverError) as error:
            if not isinstance(error, Neo4jError):
                raise explained(error) from error
            values = []
        if not values:
            yield f"whether this server limits a transaction's memory is not shown: {OUR_LIMIT}"
        elif values[0].startswith("0"):
            yield f"this server does not limit a transaction's memory: set {OUR_LIMIT} to 256m"


@contextlib.contextmanager
def open_sandbox(server: Server, limits: Limits | None = None) -> Iterator[Sandbox]:
    """A sandbox on this server, closed at the end."""
    sandbox = Sandbox(server, limits or Limits())
    try:
        yield sandbox
    finally:
        sandbox.close()


def _ask(
    driver: neo4j.Driver,
    database: str,
    query: neo4j.Query,
    parameters: dict[str, Any],
    read: Callable[[neo4j.Result], Read],
) -> Read:
    """What `read` makes of the rows; an error of its own drops those that are left."""
    with driver.session(
        database=database, default_access_mode=neo4j.READ_ACCESS, fetch_size=FETCH_ROWS
    ) as session:
        return read(session.run(query, parameters))


def _read(result: neo4j.Result, limits: Limits, path: str) -> tuple[tuple[str, ...], Rows]:
    """Columns and rows, as far as the limits allow."""
    columns, rows, values = tuple(result.keys()), Rows(), 0
    for record in result:
        if len(rows) == limits.rows:
            raise _stopped("rows", f"it returned more than {limits.rows:,} rows", path)
        row = tuple(as_native(value) for value in record.values())
        _refuse_nodes(columns, row, path)
        values += sum(_size(value) for value in row)
        if values > limits.values:
            raise _stopped("values", f"it returned more than {limits.values:,} values", path)
        rows.append(row)
    return columns, rows


def _size(value: Any) -> int:
    """How many values it holds."""
    if isinstance(value, (list, tuple)):
        return 1 + sum(map(_size, value))
    if isinstance(value, dict):
        return 1 + sum(map(_size, value.values()))
    return 1 + len(value) // 100 if isinstance(value, str) else 1


def _refuse_nodes(columns: Sequence[str], row: Sequence[Any], path: str) -> None:
    for column, value in zip(columns, row, strict=True):
        if isinstance(value, (Entity, Path)):
            raise StatementError(
                f"the column {column} holds a {type(value).__name__.lower()}",
                where=path,
                remedy="return ids and values: `service.id AS service_id`",
            )


def _path_of(cypher: str | Statement) -> str:
    return "statement" if isinstance(cypher, str) else str(cypher.path)


def _stopped(limit: str, what: str, where: str) -> RuleStopped:
    remedies = {
        "time": "begin with what a parameter or an index finds, and bind each pattern to it",
        "memory": "collect fewer things, or fewer of their properties; group before collecting",
    }
    remedy = remedies.get(limit, "return what was found and what proves it, at most 50 ids a row")
    return RuleStopped(limit, f"stopped: {what}", where=where, remedy=remedy)


def _misspelt(error: Neo4jError, path: str, lines_before: int) -> StatementError:
    """What the server says against a statement, with the place in its author's file."""
    message = str(error.message or error)
    place = _POSITION.search(message)
    where = f"{path}:{int(place[1]) - lines_before}:{place[2]}" if place else path
    reason = _POSITION.sub("", message).split("\n", 1)[0].strip()
    return StatementError(reason, where=where, remedy="mend it; Neo4j Browser shows the same")
