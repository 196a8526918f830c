"""Within what a finding of a rule rests: its whole account, or one company of it.

Where it is one company, a change is looked for in the companies that it touches alone: the same
statement begins at `$entity_ids` instead of `$account_ids`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from graph.statement import Statement, Token, line_of, read_statement, tokens_of
from rules.engine.files.format import Pair

HERE = Path(__file__).parent
NEAREST = read_statement(HERE / "by_company.cypher").text
BY_ACCOUNT, BY_COMPANY = (
    "".join(text.splitlines(keepends=True)[1:3])
    for text in (read_statement(HERE / "by_account.cypher").text, NEAREST)
)
"""How a statement begins: the lines between a file's sentence and its RETURN."""
BESIDE_NODES = frozenset("-<>")
"""What stands beside a node of a pattern, and beside nothing else in round brackets."""


def by_company(pair: Pair) -> Pair:
    """The same rule asked for companies; only for one `within: company`."""
    text = pair.statement.text.replace(BY_ACCOUNT, BY_COMPANY, 1)
    return replace(pair, statement=replace(pair.statement, text=text))


def strays(statement: Statement) -> Iterator[tuple[int, str, str]]:
    """Line, reason and mend of what looks past the one company at which the statement begins."""
    text = statement.text
    begins = text.find(BY_ACCOUNT)
    if begins < 0:
        yield 2, "it does not begin with the companies of accounts", BY_ACCOUNT.strip()
        return
    tokens = [one for one in tokens_of(text) if one.start >= begins + len(BY_ACCOUNT)]
    named = max(
        (place for place in _places(tokens, "account_id") if tokens[place].is_name), default=0
    )
    again = [place for place in _places(tokens, "account") if _is_in_a_pattern(tokens, place)]
    again += [place for place in _places(tokens[:named], "account_id")]
    for place in sorted(again):
        reason = "it looks at the whole account once more"
        yield line_of(text, tokens[place].start), reason, "within: account"


def _places(tokens: list[Token], text: str) -> Iterator[int]:
    return (place for place, token in enumerate(tokens) if token.text == text)


def _is_in_a_pattern(tokens: list[Token], place: int) -> bool:
    """Whether a variable stands for a node of a pattern: `(account)-`, `->(account)`."""
    before, opens, _, closes, after = (
        tokens[at].text if 0 <= at < len(tokens) else "" for at in range(place - 2, place + 3)
    )
    if opens != "(" or closes in (",", "."):
        return False
    return closes != ")" or before in BESIDE_NODES or after in BESIDE_NODES
