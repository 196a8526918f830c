"""Statements of one transaction, sent in their order by a thread of its own.

While the server carries out a statement whose answer nobody needs, the rows of the next are made
ready; a batch's statements and the making of their rows took turns before.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self

import neo4j

from graph.connection import Transaction


class Sent:
    """The answer to a statement; whoever looks at it waits for it."""

    def __init__(self, records: Future[list[neo4j.Record]]) -> None:
        self._records = records

    def __iter__(self) -> Iterator[neo4j.Record]:
        return iter(self._records.result())

    def single(self, strict: bool = False) -> neo4j.Record | None:
        """The one record; without one nothing, or LookupError when there must be one."""
        records = self._records.result()
        if len(records) > 1 or (strict and not records):
            raise LookupError(f"{len(records)} records, and one was to come")
        return records[0] if records else None

    def consume(self) -> None:
        """Wait until it is done."""
        self._records.result()


class Sending:
    """A transaction that does not wait for its statements; at its end all are done.

    An error of a statement rises where its answer is looked at, at the latest at the end.
    """

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._sender = ThreadPoolExecutor(1, "send")
        self._last: Future[list[neo4j.Record]] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._sender.shutdown()
        if error is None and self._last:
            self._last.result()

    def run(self, cypher: str, parameters: dict[str, Any] | None = None, **more: Any) -> Sent:
        """Send a statement after those before it; its rows must not be changed any more."""
        self._last = self._sender.submit(
            self._run, self._last, cypher, {**(parameters or {}), **more}
        )
        return Sent(self._last)

    def _run(
        self, before: Future[list[neo4j.Record]] | None, cypher: str, parameters: dict[str, Any]
    ) -> list[neo4j.Record]:
        if before:
            before.result()  # after a statement that failed nothing is sent
        return list(self._transaction.run(cypher, parameters))
