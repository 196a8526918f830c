"""The two kinds of session: reads that requests wait for (async), batches that run (sync).

Moments cross the wire as ISO text and become temporal on the server: a native datetime costs ten
times as much, and one with a `zoneinfo` zone crashes the interpreter (python/cpython#125318).
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import neo4j
from neo4j import AsyncGraphDatabase, GraphDatabase
from neo4j.exceptions import (
    AuthError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from graph.asked import Asked
from graph.errors import EngineUnavailable, StatementError
from graph.scope import EVERYTHING, Scope
from graph.statement import is_scoped

if TYPE_CHECKING:
    from graph.engine import Server

Result = TypeVar("Result")
Transaction = neo4j.ManagedTransaction

READ_TRIES = 4
RETRY_SECONDS = 30.0


def as_utc(moment: datetime) -> datetime:
    """The same moment in plain UTC, safe as a parameter; a naive one is refused."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment without a zone: {moment!r}; give it one (UTC)")
    return moment.astimezone(UTC)


def as_text(value: Any) -> Any:
    """A day or a moment as ISO text; anything else as it is."""
    if isinstance(value, date):  # as a datetime is, too
        if isinstance(value, datetime):
            return as_utc(value).isoformat().replace("+00:00", "Z")
        return value.isoformat()
    return value


def bound(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters as they may cross the wire: moments as ISO text (`datetime($moment)`)."""
    return {
        name: as_text(value) if isinstance(value, datetime) else value
        for name, value in parameters.items()
    }


def as_native(value: Any) -> Any:
    """A value as the driver reads it, with Python's own days and moments, in lists and maps too."""
    if isinstance(value, list):
        return [as_native(one) for one in value]
    if isinstance(value, dict):
        return {name: as_native(one) for name, one in value.items()}
    return value.to_native() if hasattr(value, "to_native") else value


class OneTransaction:
    """Statements in one transaction, which whoever began it commits or undoes."""

    def __init__(self, transaction: neo4j.Transaction | Transaction) -> None:
        self._transaction = transaction

    def rows(self, cypher: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of one statement."""
        result = self._transaction.run(cypher, bound(parameters))
        return [tuple(record.values()) for record in result]

    def row(self, cypher: str, **parameters: Any) -> tuple[Any, ...]:
        """The first row of one statement; an empty tuple when there is none."""
        rows = self.rows(cypher, **parameters)
        return rows[0] if rows else ()

    run = rows


class Statements(Protocol):
    """What can be asked and told one statement at a time: a session, or a transaction."""

    def rows(self, cypher: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of a read."""

    def row(self, cypher: str, **parameters: Any) -> tuple[Any, ...]:
        """The first row of a read; an empty tuple when there is none."""

    def run(self, cypher: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of a write."""


class BatchSession:
    """The loaders' and rules' way in: sync, one statement or one transaction at a time."""

    def __init__(self, driver: neo4j.Driver, database: str) -> None:
        self._driver = driver
        self._database = database
        self._bookmarks = GraphDatabase.bookmark_manager()

    def rows(self, cypher: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of one read, retried while the server changes hands."""
        for attempt in range(READ_TRIES):
            try:
                with self._session(neo4j.READ_ACCESS) as session:
                    result = session.run(cypher, bound(parameters))
                    return [tuple(record.values()) for record in result]
            except (Neo4jError, DriverError) as error:
                if attempt == READ_TRIES - 1 or not error.is_retryable():
                    raise explained(error) from error
                time.sleep(0.2 * 2**attempt)
        raise AssertionError("unreachable")

    def row(self, cypher: str, **parameters: Any) -> tuple[Any, ...]:
        """The first row of one read; an empty tuple when there is none."""
        rows = self.rows(cypher, **parameters)
        return rows[0] if rows else ()

    def write(self, work: Callable[[Transaction], Result]) -> Result:
        """Do the work in one transaction, again from its start after a passing fault."""
        try:
            with self._session(neo4j.WRITE_ACCESS) as session:
                return session.execute_write(work)
        except (Neo4jError, DriverError) as error:
            raise explained(error) from error

    def run(self, cypher: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """One write statement in a transaction of its own."""

        def work(transaction: Transaction) -> list[tuple[Any, ...]]:
            result = transaction.run(cypher, bound(parameters))
            return [tuple(record.values()) for record in result]

        return self.write(work)

    def run_alone(self, cypher: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """One auto-commit statement: DDL, or CALL IN TRANSACTIONS; never retried."""
        try:
            with self._session(neo4j.WRITE_ACCESS) as session:
                result = session.run(cypher, bound(parameters))
                return [tuple(record.values()) for record in result]
        except (Neo4jError, DriverError) as error:
            raise explained(error) from error

    @contextlib.contextmanager
    def trial(self) -> Iterator[OneTransaction]:
        """A transaction that is undone at its end, whatever was done in it."""
        try:
            with (
                self._session(neo4j.WRITE_ACCESS) as session,
                session.begin_transaction() as transaction,
            ):
                yield OneTransaction(transaction)
                transaction.rollback()
        except (Neo4jError, DriverError) as error:
            raise explained(error) from error

    def _session(self, access: str) -> neo4j.Session:
        return self._driver.session(
            database=self._database,
            default_access_mode=access,
            fetch_size=-1,
            bookmark_manager=self._bookmarks,
        )


class ReadSession:
    """The queries' way in: async, READ access, one auto-commit statement at a time.

    It cannot be made without a scope, each of its statements is given `$scope`, and one that does
    not name it is not asked.
    """

    def __init__(
        self, driver: neo4j.AsyncDriver, database: str, scope: Scope, asked: Asked | None = None
    ) -> None:
        self._driver = driver
        self._database = database
        self.scope = scope
        self.asked = asked or Asked()

    def seen_by(self, scope: Scope) -> ReadSession:
        """The same graph through other eyes, on the same connections."""
        return ReadSession(self._driver, self._database, scope, self.asked)

    async def rows(
        self, cypher: str, *, tries: int = READ_TRIES, **parameters: Any
    ) -> list[Sequence[Any]]:
        """The rows of one statement, each a list of its columns.

        Raises StatementError for one that neither names `$scope` nor says why it need not.
        """
        if not is_scoped(cypher):
            raise StatementError(
                "a read names no $scope, so it would show everything to everybody",
                where=cypher.split("\n", 1)[0],
                remedy="apply the predicate of docs/decisions/0018, or say `// Public: why`",
            )
        own = {"scope": self.scope.parameter}
        for attempt in range(tries):
            try:
                async with self._driver.session(
                    database=self._database,
                    default_access_mode=neo4j.READ_ACCESS,
                    fetch_size=-1,
                ) as session:
                    result = await session.run(cypher, bound(parameters) | own)
                    rows: list[Sequence[Any]] = [record.values() async for record in result]
                self.asked.note(cypher, len(rows))
                return rows
            except (Neo4jError, DriverError) as error:
                if attempt == tries - 1 or not error.is_retryable():
                    raise explained(error) from error
                await asyncio.sleep(0.2 * 2**attempt)
        raise AssertionError("unreachable")


@contextlib.contextmanager
def open_batches(server: Server) -> Iterator[BatchSession]:
    """A batch session on this server, closed at the end."""
    with open_driver(server) as driver:
        yield BatchSession(driver, server.database)


@contextlib.asynccontextmanager
async def open_reads(server: Server, scope: Scope = EVERYTHING) -> AsyncIterator[ReadSession]:
    """A read session on this server with the eyes of a scope, closed at the end."""
    async with AsyncGraphDatabase.driver(
        server.uri,
        auth=(server.username, server.password),
        notifications_min_severity="OFF",
        telemetry_disabled=True,
    ) as driver:
        yield ReadSession(driver, server.database, scope)


def open_driver(server: Server) -> neo4j.Driver:
    """The official driver on this server; whoever asks closes it."""
    return GraphDatabase.driver(
        server.uri,
        auth=(server.username, server.password),
        max_transaction_retry_time=RETRY_SECONDS,
        notifications_min_severity="OFF",
        telemetry_disabled=True,
    )


def explained(error: Exception) -> Exception:
    """The driver's error as one of ours where we know what to do; itself otherwise."""
    if isinstance(error, AuthError):
        return EngineUnavailable(
            "the server refused the user name or the password",
            remedy="set NEO4J_USERNAME and NEO4J_PASSWORD",
        )
    if isinstance(error, (ServiceUnavailable, SessionExpired)):
        return EngineUnavailable(
            f"the server went away: {error}",
            remedy="see `./footprint db status`, then repeat: what was committed stays",
        )
    if isinstance(error, Neo4jError) and "MemoryPoolOutOfMemory" in str(error.code or ""):
        return EngineUnavailable(
            "the server allows a transaction less memory than this one needs",
            remedy="set FOOTPRINT_BATCH_ROWS lower, or db.memory.transaction.max higher",
        )
    if isinstance(error, Neo4jError) and "NoSpace" in str(error.code or ""):
        return EngineUnavailable("the server's disk is full", remedy="free space, then repeat")
    return error
