"""Statements sent by a thread of their own: in order, and no error is lost."""

from __future__ import annotations

import threading
from typing import Any, cast

import pytest

from graph.connection import BatchSession, Transaction
from graph.facts.sending import Sending

CREATE = "CREATE (:Region {id: $id})"
COUNT = "MATCH (region:Region) RETURN count(region) AS regions"


def test_statements_are_done_in_their_order_and_all_at_the_end(batches: BatchSession) -> None:
    def work(transaction: Transaction) -> list[int]:
        with Sending(transaction) as sending:
            before = sending.run(COUNT)
            sending.run(CREATE, id="a")
            sending.run(CREATE, {"id": "b"})
            after = sending.run(COUNT)
            sending.run(CREATE, id="c")
        return [before.single(strict=True)[0], after.single(strict=True)[0]]  # type: ignore[index]

    assert batches.write(work) == [0, 2]
    assert batches.row(COUNT) == (3,)


def test_nobody_waits_for_an_answer_that_nobody_looks_at() -> None:
    gate = threading.Event()

    class Slow:
        def run(self, *_: Any) -> list[Any]:
            gate.wait(5)
            return [(1,)]

    with Sending(cast(Transaction, Slow())) as sending:
        sent = sending.run("RETURN 1 AS one")
        assert not gate.is_set()  # it came back before the statement was done
        gate.set()
        assert list(sent) == [(1,)]


def test_an_error_that_nobody_looked_at_rises_at_the_end_and_undoes_all(
    batches: BatchSession,
) -> None:
    def work(transaction: Transaction) -> None:
        with Sending(transaction) as sending:
            sending.run(CREATE, id="a")
            sending.run("RETURN 1 / $zero AS nothing", zero=0)
            sending.run(CREATE, id="b")

    with pytest.raises(Exception, match="by zero"):
        batches.write(work)
    assert batches.row(COUNT) == (0,)


def test_the_error_of_whoever_sends_is_the_one_that_rises() -> None:
    class Failing:
        def run(self, *_: Any) -> list[Any]:
            raise ValueError("the server")

    def send() -> None:
        with Sending(cast(Transaction, Failing())) as sending:
            sending.run("RETURN 1 AS one")
            raise LookupError("the sender")

    with pytest.raises(LookupError, match="the sender"):
        send()


def test_one_record_is_one_record(batches: BatchSession) -> None:
    def work(transaction: Transaction) -> None:
        with Sending(transaction) as sending:
            assert sending.run("UNWIND [] AS one RETURN one").single() is None
            for rows in ([], [1, 2]):
                with pytest.raises(LookupError):
                    sending.run("UNWIND $rows AS one RETURN one", rows=rows).single(strict=True)

    batches.write(work)
