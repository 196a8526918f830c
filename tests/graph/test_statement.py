"""A .cypher file says what it asks, what it needs and what it gives."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import StatementError
from graph.statement import Statement, parse_statement, read_statement, split_statements

OWNERS = """\
// Every owner of a company at or above a share. One row per owner.
MATCH (owner:LegalEntity)-[owns:OWNS]->(:LegalEntity {id: $entity_id})
WHERE owns.share >= $min_share // $not_this, `nor this
RETURN owner.id AS owner_id, owner.name AS name, owns.share AS share
ORDER BY share DESC, owner_id
LIMIT $limit;
"""


def columns(returned: str) -> tuple[str, ...]:
    return parse_statement(f"// Something. One row per thing.\n{returned}").columns


def refusal(text: str) -> str:
    with pytest.raises(StatementError) as refused:
        parse_statement(text, Path("rule.cypher"))
    return refused.value.sentence


def test_a_file_gives_its_sentence_parameters_columns_and_order(tmp_path: Path) -> None:
    path = tmp_path / "owners.cypher"
    path.write_text(OWNERS)

    statement = read_statement(path)

    assert statement == Statement(
        path=path,
        sentence="Every owner of a company at or above a share. One row per owner.",
        parameters=("entity_id", "min_share", "limit"),
        columns=("owner_id", "name", "share"),
        order_by=("share DESC", "owner_id"),
        writes=False,
        text=OWNERS,
    )
    assert statement.name == "owners"


def test_a_file_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "owners.cypher"
    path.write_text(OWNERS)

    assert read_statement(path) is read_statement(path)


@pytest.mark.parametrize(
    ("returned", "named"),
    [
        ("RETURN DISTINCT node.id AS id", ("id",)),
        ("RETURN node.id AS `the id`, $limit AS b", ("the id", "b")),
        ("RETURN [x IN xs | {a: 1, b: x}] AS list, f(a, b) AS c", ("list", "c")),
        ("RETURN 'a AS b, c' AS text, \"it's\" AS other", ("text", "other")),
        ("RETURN order AS order, limit AS skip ORDER BY order", ("order", "skip")),
        ("CALL () { MATCH (n) RETURN n AS inner } RETURN inner.id AS outer", ("outer",)),
        ("RETURN 1 AS a UNION RETURN 2 AS a", ("a",)),
        ("RETURN CASE WHEN a THEN 1 ELSE 2 END AS which SKIP 1 LIMIT 2", ("which",)),
        ("RETURN a.return AS b /* , c AS d */ // , e AS f", ("b",)),
        ("MATCH (n) SET n.a = 1", ()),
    ],
)
def test_columns_are_the_names_of_the_last_return(returned: str, named: tuple[str, ...]) -> None:
    assert columns(returned) == named


@pytest.mark.parametrize(
    ("body", "writes"),
    [
        ("MATCH (n) DETACH DELETE n", True),
        ("MERGE (n:Site {id: $id}) RETURN n.id AS id", True),
        ("CALL () { CREATE (n:Site) RETURN n.id AS id } RETURN id AS id", True),
        ("LOAD CSV FROM $url AS row RETURN row AS row", True),
        ("MATCH (set:Site) RETURN 'CREATE' AS create, set.delete AS merge", False),
        ("MATCH (n:Create|Merge) RETURN {set: n.id} AS row // DELETE n", False),
        ("MATCH (n:`SET`) /* SET n.a = 1 */ RETURN n.id AS id", False),
    ],
)
def test_a_write_is_seen_and_a_word_that_only_looks_like_one_is_not(
    body: str, writes: bool
) -> None:
    assert parse_statement(f"// Something. One row per thing.\n{body}").writes is writes


def test_a_parameter_in_a_comment_or_a_string_is_none() -> None:
    text = "// Uses $a. One row per b.\nRETURN '$c' AS c, $d AS d, $`an e` AS e, $d AS f /* $g */"

    assert parse_statement(text).parameters == ("d", "an e")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no statement [rule.cypher] -> write one"),
        (
            "RETURN 1 AS a",
            "does not begin with its sentence [rule.cypher:1] -> "
            "make the first line `// What it finds. One row per <what>.`",
        ),
        (
            "// One row per a.\nRETURN 1 AS a,\n  b.c",
            "the column `b.c` has no name [rule.cypher:3] -> "
            "name every column of the last RETURN by AS",
        ),
        (
            "// One row per a.\nRETURN *",
            "the column `*` has no name [rule.cypher:2] -> "
            "name every column of the last RETURN by AS",
        ),
        (
            "// One row per a.\nRETURN 1 AS a; RETURN 2 AS b",
            "holds several statements [rule.cypher] -> one statement a file",
        ),
        (
            "// One row per a.\nRETURN 'a AS a",
            "the quote ' is never closed [rule.cypher:2] -> close or remove it",
        ),
        (
            "// One row per a.\nRETURN (1 AS a",
            "1 brackets are never closed [rule.cypher:2] -> close or remove it",
        ),
        (
            "// One row per a.\nRETURN 1) AS a",
            ") closes nothing [rule.cypher:2] -> close or remove it",
        ),
    ],
)
def test_a_broken_form_is_refused_with_its_place_and_a_remedy(text: str, said: str) -> None:
    assert refusal(text) == said


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StatementError, match="No such file"):
        read_statement(tmp_path / "owners.cypher")


def test_a_text_of_several_statements_is_split_at_semicolons_outside_of_strings() -> None:
    text = "// a;\nRETURN ';' AS a;\n\nCREATE (n {b: \"x;\"}) /* ; */;\n// end;\n"

    assert split_statements(text) == ("RETURN ';' AS a", 'CREATE (n {b: "x;"})')


@given(st.text(alphabet=st.characters(blacklist_characters="\\'\r", codec="utf-8")))
def test_whatever_a_string_holds_it_is_one_column(content: str) -> None:
    assert columns(f"RETURN '{content}' AS content") == ("content",)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(StatementError):
        parse_statement(text)
