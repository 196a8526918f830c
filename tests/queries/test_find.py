"""A search is one statement, which asks looser readings only where the stricter find too little."""

from __future__ import annotations

from typing import Any

import pytest

from graph.connection import ReadSession
from graph.errors import UsageError
from queries.account.companies import companies
from queries.entity.find import IN_TURN, matches
from queries.together import Together, asked
from tests.queries.conftest import Register
from tests.queries.register import company, entity_id


async def test_only_what_is_needed_is_looked_up(graph: ReadSession, register: Register) -> None:
    register(
        company("1", name="Delta", identifiers=[["duns", "150483782"]]),
        company("2", name="Delta Nord"),
    )
    nothing: dict[str, Any] = dict.fromkeys(
        ["id", "reference_id", "number", "scheme", "whole_words", "last_begun", "all_begun",
         "misspelt", "one_missing", "any_word"]
    ) | {"limit": 2, "candidates": 8}  # fmt: skip
    asked: list[tuple[dict[str, Any], list[str]]] = [
        ({"id": entity_id("1"), "number": "150483782", "any_word": "delta"}, ["by_id"]),
        ({"reference_id": entity_id("1"), "whole_words": "delta"}, ["by_reference"]),
        ({"number": "150483782", "whole_words": "delta"}, ["numbered"]),
        ({"whole_words": "delta", "last_begun": "delta"}, ["whole_words"]),
        ({"whole_words": "+delta +nord", "last_begun": "delta", "all_begun": "delta"},
         ["whole_words", "last_begun"]),
        ({"last_begun": "nobody", "misspelt": "delta", "any_word": "delta"}, ["misspelt"]),
    ]  # fmt: skip
    for given, found in asked:
        rows = await IN_TURN.ask(graph, **nothing | given)
        assert [name for name, some in rows.items() if some] == found, given


async def test_a_search_is_one_statement(
    graph: ReadSession, register: Register, monkeypatch: Any
) -> None:
    register(company("1", name="Delta"))
    sent: list[str] = []
    rows = ReadSession.rows

    async def noted(self: ReadSession, cypher: str, **parameters: Any) -> Any:
        sent.append(cypher)
        return await rows(self, cypher, **parameters)

    monkeypatch.setattr(ReadSession, "rows", noted)
    for text in ("delta", "dolta", "nobody at all", "", "duns:1", entity_id("1")):
        await matches(graph, text)
    assert (len(sent), len(set(sent))) == (6, 1)


async def test_a_question_that_is_put_together_without_what_it_needs_is_refused(
    graph: ReadSession,
) -> None:
    with pytest.raises(UsageError, match="companies is asked without valid_on"):
        await Together(companies=asked(companies, root_id="x")).ask(graph)
