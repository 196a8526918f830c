"""The whole of one customer in one statement is what many statements say, to the byte."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.connection import ReadSession
from graph.ids import node_id
from graph.scope import Scope
from queries.account.account_glance import WHOLE
from tests.queries.account.in_many import in_many, to_the_byte

DAYS = [None, date(2026, 9, 25), date(2019, 1, 1)]
ASKED = [
    *(("company:Top", day) for day in DAYS),
    *(("company:Low", day) for day in DAYS),
    *(("account:top", day) for day in DAYS[:2]),
]


async def test_one_statement_says_what_many_say(customer: None, graph: ReadSession) -> None:
    for reference, day in ASKED:
        asked: dict[str, Any] = {"id": node_id(reference), "valid_on": day, "horizon_days": 365}
        one = await WHOLE.ask(graph, **asked, today=date(2026, 10, 7))
        many = await in_many(graph, **asked, today=date(2026, 10, 7))
        assert to_the_byte(one) == to_the_byte(many), (reference, day)


async def test_who_is_not_there_has_no_family(customer: None, graph: ReadSession) -> None:
    stranger = graph.seen_by(Scope("stranger", ("another account",)))
    for eyes, reference in ((graph, "company:Nobody"), (stranger, "account:top")):
        found = await WHOLE.ask(
            eyes, id=node_id(reference), valid_on=None, horizon_days=365, today=date(2026, 10, 7)
        )
        assert (found["top"], [one.ids for one in found["family"]]) == ([], [])
