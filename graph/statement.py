"""Reads a .cypher file once: its sentence, its $parameters, its columns, its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from graph.errors import FootprintError, StatementError

# Cypher 5: https://neo4j.com/docs/cypher-manual/5/syntax/
_TOKEN = re.compile(
    r"""
      (?P<comment>   //[^\n]* | /\*.*?\*/ )
    | (?P<string>    '(?:\\.|[^'\\])*' | "(?:\\.|[^"\\])*" )
    | (?P<parameter> \$(?:`(?:``|[^`])*`|\w+) )
    | (?P<quoted>    `(?:``|[^`])*` )
    | (?P<number>    \d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?!\w) )
    | (?P<word>      \w+ )
    | (?P<space>     \s+ )
    | (?P<sign>      . )
    """,
    re.VERBOSE | re.DOTALL,
)
_NAME_GOES_ON = re.compile(r"\s*[:.]")
_PUBLIC = re.compile(r"^// Public: \S.*$", re.MULTILINE)
_OPENS = frozenset("([{")
_CLOSES = frozenset(")]}")
_WRITES = frozenset(
    {"CREATE", "MERGE", "SET", "DELETE", "DETACH", "NODETACH", "REMOVE", "FOREACH", "INSERT"}
    | {"LOAD", "DROP", "ALTER", "GRANT", "DENY", "REVOKE", "TERMINATE"}
)
_BEFORE_NAMES = frozenset({".", ":", "&", "|", "!", "AS"})
_AFTER_RETURN = frozenset({"ORDER", "SKIP", "OFFSET", "LIMIT", "UNION"})


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of Cypher that is neither space nor comment."""

    kind: str
    """string, parameter, quoted, number, word or sign."""
    text: str
    depth: int
    """How many brackets are open around it."""
    start: int
    """Where it begins in the text."""
    is_name: bool
    """Whether a dot, a colon or AS beside it says that it names something: no keyword then."""

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these keywords."""
        return self.kind == "word" and not self.is_name and self.text.upper() in words

    @property
    def name(self) -> str:
        """The name that it spells, without backticks."""
        text = self.text.removeprefix("$")
        return text[1:-1].replace("``", "`") if text.startswith("`") else text


@dataclass(frozen=True, slots=True)
class Statement:
    """One Cypher statement and what it says about itself."""

    path: Path
    sentence: str
    """Its documentation: the first comment line, which ends `One row per ...`."""
    parameters: tuple[str, ...]
    """Names of its $parameters, in the order of their first use."""
    columns: tuple[str, ...]
    """Names of its columns, in order."""
    order_by: tuple[str, ...]
    """What the last RETURN is ordered by; empty when it is not."""
    writes: bool
    """Whether it holds a clause that writes; the server's READ access decides in the end."""
    text: str

    @property
    def name(self) -> str:
        """The stem of its file, which is also the name of its function."""
        return self.path.stem


@dataclass(frozen=True, slots=True)
class Returned:
    """What a RETURN says, in tokens."""

    items: list[list[Token]]
    """One a column, its AS and its name included."""
    keys: list[list[Token]]
    """What it is ordered by."""
    distinct: bool


@cache
def read_statement(path: Path) -> Statement:
    """The statement in a file; raises StatementError when it breaks the house's form."""
    return parse_statement(text_of(path, StatementError), path)


def text_of(path: Path, kind: type[FootprintError]) -> str:
    """The text of a file; an error of this kind when there is none."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise kind(
            f"cannot be read: {error.strerror}", where=str(path), remedy="check the name"
        ) from error
    except UnicodeDecodeError as error:
        raise kind(f"is not UTF-8: {error}", where=str(path), remedy="save it as UTF-8") from error


def parse_statement(text: str, path: Path = Path("statement.cypher")) -> Statement:
    """The statement in a text; `path` is where errors say that it is."""
    tokens = tuple(tokens_of(text, where=str(path)))
    if not tokens:
        raise StatementError("holds no statement", where=str(path), remedy="write one")
    ends = [token for token in tokens if token.text == ";"]
    if ends and ends[0] is not tokens[-1]:
        raise StatementError(
            "holds several statements", where=str(path), remedy="one statement a file"
        )
    returned = return_of([token for token in tokens if token.text != ";"])
    return Statement(
        path=path,
        sentence=_sentence(text, path),
        parameters=tuple(dict.fromkeys(t.name for t in tokens if t.kind == "parameter")),
        columns=tuple(_alias(item, text, path) for item in returned.items),
        order_by=tuple(_text_of(item, text) for item in returned.keys),
        writes=any(token.is_word(*_WRITES) for token in tokens),
        text=text,
    )


def tokens_of(text: str, *, where: str = "") -> Iterator[Token]:
    """The tokens of a Cypher text; raises StatementError for an open string or bracket."""
    depth = 0
    before = ""
    for match in _TOKEN.finditer(text):
        kind, piece = str(match.lastgroup), match.group()
        if kind in ("comment", "space"):
            continue
        if kind == "sign" and piece in "'\"`":
            raise _unfinished(f"the quote {piece} is never closed", text, match.start(), where)
        if kind == "sign" and piece in _CLOSES:
            depth -= 1
            if depth < 0:
                raise _unfinished(f"{piece} closes nothing", text, match.start(), where)
        named = before in _BEFORE_NAMES or _NAME_GOES_ON.match(text, match.end()) is not None
        yield Token(kind, piece, depth, match.start(), named)
        if kind == "sign" and piece in _OPENS:
            depth += 1
        before = piece.upper()
    if depth:
        raise _unfinished(f"{depth} brackets are never closed", text, len(text), where)


@lru_cache(4_000)
def is_scoped(text: str) -> bool:
    """Whether a statement names `$scope`, or says in a line `// Public: why` that it need not."""
    if any(token.kind == "parameter" and token.name == "scope" for token in tokens_of(text)):
        return True
    return _PUBLIC.search(text) is not None


def split_statements(text: str, *, where: str = "") -> tuple[str, ...]:
    """The statements of a text with several, without semicolons and the comments around them."""
    found: list[str] = []
    part: list[Token] = []
    for token in tokens_of(text, where=where):
        if token.text == ";" and token.depth == 0:
            found.append(_text_of(part, text))
            part = []
        else:
            part.append(token)
    found.append(_text_of(part, text))
    return tuple(statement for statement in found if statement)


def _sentence(text: str, path: Path) -> str:
    first = text.split("\n", 1)[0]
    sentence = first.removeprefix("//").strip()
    if not first.startswith("//") or not re.search(r"(^|\s)One row per [^.]+\.$", sentence):
        raise StatementError(
            "does not begin with its sentence",
            where=f"{path}:1",
            remedy="make the first line `// What it finds. One row per <what>.`",
        )
    return sentence


def return_of(tokens: Sequence[Token]) -> Returned:
    """The last RETURN outside of brackets; one without items when there is none."""
    places = [i for i, token in enumerate(tokens) if token.depth == 0 and token.is_word("RETURN")]
    if not places:
        return Returned([], [], False)
    rest = list(tokens[places[-1] + 1 :])
    distinct = bool(rest) and rest[0].is_word("DISTINCT")
    items, tail = _until_clause(rest[1:] if distinct else rest)
    if not (tail and tail[0].is_word("ORDER")):
        return Returned(_split_at_commas(items), [], distinct)
    keys, _ = _until_clause(tail[2:])
    return Returned(_split_at_commas(items), _split_at_commas(keys), distinct)


def _until_clause(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """The tokens before the next sub-clause, and those from it on.

    A word at the start of an item is a variable, whatever it is called: `RETURN order AS order`.
    """
    for i, token in enumerate(tokens):
        starts_item = i == 0 or tokens[i - 1].text == ","
        if token.depth == 0 and not starts_item and token.is_word(*_AFTER_RETURN):
            return tokens[:i], tokens[i:]
    return tokens, []


def _split_at_commas(tokens: Sequence[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.text == "," and token.depth == 0:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _alias(item: Sequence[Token], text: str, path: Path) -> str:
    named = len(item) >= 3 and item[-2].depth == 0 and item[-2].is_word("AS")
    if not named or item[-1].kind not in ("word", "quoted"):
        where = item[0].start if item else len(text)
        raise StatementError(
            f"the column `{_text_of(item, text)}` has no name",
            where=f"{path}:{line_of(text, where)}",
            remedy="name every column of the last RETURN by AS",
        )
    return item[-1].name


def _text_of(tokens: Sequence[Token], text: str) -> str:
    if not tokens:
        return ""
    return text[tokens[0].start : tokens[-1].start + len(tokens[-1].text)]


def line_of(text: str, offset: int) -> int:
    """The line of a place in a text, counted from 1."""
    return text.count("\n", 0, offset) + 1


def _unfinished(what: str, text: str, offset: int, where: str) -> StatementError:
    return StatementError(
        what, where=f"{where}:{line_of(text, offset)}".lstrip(":"), remedy="close or remove it"
    )
