"""Several questions asked as one statement say what each says alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.composition import (
    Either,
    Every,
    Fewer,
    Filled,
    First,
    Listed,
    Parameter,
    Part,
    composition,
)
from graph.connection import BatchSession
from graph.errors import StatementError, UsageError
from graph.statement import Statement, parse_statement


def statement_of(text: str) -> Statement:
    return parse_statement(f"// Letters. One row per letter.\n{text}", Path("letters.cypher"))


NUMBERS = statement_of(
    "UNWIND range(1, $most) AS number // counted\n"
    "RETURN number AS number, toString(number) AS text ORDER BY number DESC;"
)
SUMS = statement_of(
    "CALL () { UNWIND $numbers AS one RETURN one\n UNION ALL UNWIND [$more] AS one RETURN one }\n"
    "CALL (one) { WITH one WHERE one IN $numbers RETURN true AS is_given\n"
    "  UNION WITH one WHERE NOT one IN $numbers RETURN false AS is_given }\n"
    "CALL { RETURN size($numbers) AS given }\n"
    "RETURN DISTINCT one AS one, is_given AS is_given, given AS `how many`\n"
    "ORDER BY one LIMIT $limit"
)
NUMBERED = Part("numbers", NUMBERS)


def test_what_one_finds_is_what_the_next_is_asked_with(batches: BatchSession) -> None:
    given = {"numbers": Every("numbers", "number"), "more": First("numbers", "number")}
    text = composition([NUMBERED, Part("sums", SUMS, given)])

    ((numbers, sums),) = batches.rows(text, numbers__most=3, sums__limit=2)
    assert numbers == [[3, "3"], [2, "2"], [1, "1"]]
    assert sums == [[1, True, 3], [2, True, 3]]


def test_a_part_is_given_what_the_whole_is_asked_with(batches: BatchSession) -> None:
    first = Either((First("numbers", "number"), Parameter("else")))
    given = {"numbers": Listed((Parameter("own"), first)), "more": first, "limit": Parameter("own")}
    text = composition([NUMBERED, Part("sums", SUMS, given)])

    ((_, some),) = batches.rows(text, numbers__most=1, own=9, **{"else": 7})
    ((none, otherwise),) = batches.rows(text, numbers__most=0, own=9, **{"else": 7})
    assert some == [[1, True, 2], [9, True, 2]]
    assert (none, otherwise) == ([], [[7, True, 2], [9, True, 2]])


@pytest.mark.parametrize(("most", "asked"), [(0, [[1, "1"]]), (1, [[1, "1"]]), (2, [])])
def test_a_part_is_asked_only_where_others_found_too_little(
    batches: BatchSession, most: int, asked: list[object]
) -> None:
    text = composition(
        [
            NUMBERED,
            Part("more", NUMBERS, when=(Fewer(("numbers",), Parameter("enough")), Filled("given"))),
        ]
    )

    ((_, more),) = batches.rows(text, numbers__most=most, more__most=1, enough=2, given="")
    ((_, none),) = batches.rows(text, numbers__most=most, more__most=1, enough=2, given=None)
    assert (more, none) == (asked, [])


def test_who_looks_is_the_same_in_every_part() -> None:
    scoped = statement_of("MATCH (one {id: $id}) WHERE $scope IS NULL RETURN one.id AS one_id")
    text = composition([Part("a", scoped), Part("b", scoped)])

    assert (text.count("$scope"), text.count("$a__id"), text.count("$b__id")) == (2, 1, 1)


def test_what_is_not_there_before_is_refused() -> None:
    for given in (First("sums", "one"), Every("numbers", "letter")):
        with pytest.raises(UsageError, match="no part sums|no column letter"):
            composition([NUMBERED, Part("sums", SUMS, {"numbers": given})])
    with pytest.raises(UsageError, match="two parts are called numbers"):
        composition([NUMBERED, NUMBERED])


def test_what_cannot_be_a_part_is_refused() -> None:
    united = statement_of("RETURN 1 AS one UNION RETURN 2 AS one")
    taken = statement_of("WITH $x AS it__x RETURN it__x AS one")
    with pytest.raises(StatementError, match="UNION"):
        composition([Part("united", united)])
    with pytest.raises(StatementError, match="it__x"):
        composition([NUMBERED, Part("it", taken, {"x": First("numbers", "number")})])
