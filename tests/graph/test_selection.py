"""Some columns of a statement are what the whole statement says in them, and cost no others."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from graph.connection import BatchSession
from graph.errors import UsageError
from graph.selection import selection
from graph.settings import ROOT
from graph.statement import Statement, parse_statement, read_statement

LETTERS = "UNWIND [[2, 'b'], [1, 'a'], [1, 'c'], [1, 'a']] AS row\n"
STATEMENTS = {
    "rows in an order": "RETURN row[0] AS number, row[1] AS letter, row[0] * 10 AS tens\n"
    "ORDER BY tens DESC, row[1]",
    "groups": "RETURN row[0] AS number, row[1] AS letter, count(*) AS times\n"
    "ORDER BY number, letter",
    "one group": "RETURN collect(row[1]) AS letters, max(row[0]) AS most, count(*) AS times",
    "each once": "RETURN DISTINCT row[0] AS number, row[1] AS letter ORDER BY number, letter",
    "counted in a bracket": "RETURN row[0] AS number,\n"
    "  COUNT { UNWIND [1, 2] AS one RETURN one } AS two, /* RETURN */ row[1] AS `a letter`,\n"
    "  'RETURN x, y' AS text ORDER BY number, `a letter` LIMIT 3",
    "united": "RETURN row[0] AS number, row[1] AS letter ORDER BY number, letter\n"
    "UNION ALL\nRETURN 3 AS number, 'd' AS letter ORDER BY number",
}


def statement_of(text: str) -> Statement:
    return parse_statement(f"// Letters. One row per letter.\n{LETTERS}{text}", Path("x.cypher"))


@pytest.mark.parametrize("text", STATEMENTS.values(), ids=STATEMENTS)
def test_any_columns_in_any_order_say_what_they_say_among_all(
    batches: BatchSession, text: str
) -> None:
    statement = statement_of(text)
    whole = [dict(zip(statement.columns, row, strict=True)) for row in batches.rows(statement.text)]
    for size in range(1, len(statement.columns) + 1):
        for columns in combinations(reversed(statement.columns), size):
            chosen = selection(statement, columns)
            rows = batches.rows(chosen.text)
            assert [[row[place] for place in chosen.places] for row in rows] == [
                [row[name] for name in columns] for row in whole
            ], columns


def test_only_what_is_asked_for_is_worked_out() -> None:
    chosen = selection(statement_of(STATEMENTS["one group"]), ("times",))

    assert chosen.text.endswith("AS row\nRETURN count(*) AS times")
    assert chosen.places == (0,)


def test_what_an_aggregate_is_grouped_by_and_what_is_sorted_by_stays() -> None:
    grouped = selection(statement_of(STATEMENTS["groups"]), ("times",))
    sorted_by = selection(statement_of(STATEMENTS["rows in an order"]), ("letter",))

    assert (grouped.places, sorted_by.places) == ((2,), (0,))
    assert "row[0] AS number" in grouped.text
    assert "row[0] AS number" not in sorted_by.text
    assert "row[0] * 10 AS tens" in sorted_by.text


@pytest.mark.parametrize("columns", [(), ("letters", "n RETURN 1 AS x //")])
def test_what_is_no_column_is_refused_and_never_gets_into_a_statement(
    columns: tuple[str, ...],
) -> None:
    with pytest.raises(UsageError, match="has no column"):
        selection(statement_of(STATEMENTS["one group"]), columns)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "queries").glob("*/*.cypher")), ids=lambda path: path.stem
)
def test_each_column_of_each_named_question_can_be_asked_for_alone(path: Path) -> None:
    statement = read_statement(path)
    for name in statement.columns:
        chosen = selection(statement, (name,))
        assert parse_statement(chosen.text, path).columns[chosen.places[0]] == name
