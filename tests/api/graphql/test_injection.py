"""Whatever a client writes, the statements that are sent are the same ones."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import product
from typing import Any

DOCUMENT = """
query ($text: String!, $id: ID!) {
  search(text: $text) { id name }
  legalEntity(id: $id) { id name }
  hierarchy(id: $id) { entities { id name } }
  ancestors(id: $id) { id name }
  owners(id: $id) { id }
  why(id: $id, property: $text) { facts { factId } }
  hierarchyChanges(id: $id, fromOn: "2024-01-01", toOn: "2024-02-01") { kind }
  signals(accountId: $id, ruleId: $id) { id message }
}
"""
PAYLOADS = (
    "' OR 1=1 //",
    '" OR 1=1 //',
    "`) DETACH DELETE (n",
    "}) DETACH DELETE n //",
    "$text",
    "${id}",
    "\\u0027 OR true //",
    "1; MATCH (n) DETACH DELETE n",
    "*",
    "name:*",
    "a~ AND b^9 (",
    "\\\\",
    "\x00",
    "'}) RETURN n UNION MATCH (m) RETURN m //",
    "LOAD CSV FROM 'file:///etc/passwd' AS x RETURN x",
    "CALL dbms.security.listUsers()",
    "{{7*7}}",
    "%27",
    "０＇",
    "\u202e",
    "e\u0301",
    "🙂",
    "/*",
    "--",
    "toString(x)",
)
AROUND = (
    "{}", " {} ", "a{}", "{}a", "a {} b", "'{}'", '"{}"', "`{}`", "({})", "[{}]", "{}{}", "\\{}",
    "{}\n", "\n{}", "{}//", "/*{}*/", "{};", "x:{}", "{}*", "%{}%",
)  # fmt: skip


async def test_five_hundred_strings_of_attackers_change_no_statement(
    ask: Callable[..., Any], statements: list[str]
) -> None:
    for plain in ("acme", "acme holding", "e5a3c1f0-0000-5000-8000-000000000000", "12345"):
        await ask(DOCUMENT, text=plain, id=plain)
    usual = set(statements)
    texts = [around.replace("{}", one) for one, around in product(PAYLOADS, AROUND)]
    for at in range(0, len(texts), 20):
        some = texts[at : at + 20]
        answers = await asyncio.gather(*(ask(DOCUMENT, text=one, id=one) for one in some))
        assert [one for one, told in zip(some, answers, strict=True) if "errors" in told] == []

    assert len(texts) == 500
    assert set(statements) == usual
