"""From what a person types to a company: by id, reference or number, or by a name with faults."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from graph.composition import Fewer, Filled, Parameter
from graph.connection import ReadSession
from graph.errors import NotFound
from graph.ids import node_id
from queries.entity.entity import entity
from queries.entity.identified import Identified, identified
from queries.entity.search import Found, search
from queries.together import Together, asked

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
)
# What the index leaves out (Lucene's EnglishAnalyzer): these words cannot be asked for.
NOT_INDEXED = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be but by for if in into is it no not of on or such that the their "
        "then there these they this to was will with",
    )
)
Rows = dict[str, list[Any]]
"""What each look-up found, by its name."""
CANDIDATES = 4
"""Names read for each company shown: one company bears several."""
SHOWN = 5


@dataclass(slots=True)
class Match:
    """One company that was found, and how."""

    entity_id: str
    name: str | None
    matched: str
    """The name or the number that was matched."""
    by: str
    """id, reference, a scheme of numbers, name, or similar name."""
    jurisdiction: str | None
    status: str | None
    reference: str | None = None
    lei: str | None = None
    child_count: int | None = None
    """Companies that it controls directly, in any view; nothing where it was found by a number."""


def words_of(text: str) -> list[str]:
    """The words of a name without case, accents and signs: nothing that Lucene reads as syntax."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return re.findall(r"[^\W_]+", plain)[:12]


def whole_words(words: list[str]) -> str:
    """A full-text query for names that hold every word."""
    return " ".join(f"{_must(word)}{word}" for word in words)


def last_begun(words: list[str]) -> str:
    """The same where the last word may be the beginning of one, as while a person types."""
    *before, last = words
    return " ".join([whole_words(before), f"+{last}*"]).strip()


def all_begun(words: list[str]) -> str:
    """The same where every word may be the beginning of one."""
    return " ".join(f"{_must(word)}{word}*" for word in words)


def misspelt(words: list[str]) -> str:
    """A full-text query that forgives one wrong letter in every word of four or more."""
    return " ".join(
        f"{_must(word)}({word}^4 {word}~1)" if len(word) > 3 else f"{_must(word)}{word}"
        for word in words
    )


def one_missing(words: list[str]) -> str:
    """A full-text query for names that hold all the words but one."""
    asked = [word for word in words if word not in NOT_INDEXED]
    rest = (asked[:place] + asked[place + 1 :] for place in range(len(asked)))
    return " ".join(f"({whole_words(some)})" for some in rest if some)


def any_word(words: list[str]) -> str:
    """A full-text query for names that hold one of the words or its beginning, faults forgiven."""
    return " ".join(
        f"({word}^4 {word}*^2{f' {word}~1' if len(word) > 3 else ''})" for word in words
    )


def _must(word: str) -> str:
    return "" if word in NOT_INDEXED else "+"


READINGS = (whole_words, last_begun, all_begun, misspelt, one_missing, any_word)
"""From strict to loose, which is also from cheap to dear: a common word misspelt is slow."""


EXACT = ("by_id", "by_reference", "numbered")
NAMED = [reading.__name__ for reading in READINGS]


def _in_turn() -> Together:
    """Each look-up where those before it found too little, all in one statement."""
    parts = {
        "by_id": asked(entity, entity_id=Parameter("id")),
        "by_reference": asked(
            entity, when=(Fewer(EXACT[:1]),), entity_id=Parameter("reference_id")
        ),
        "numbered": asked(
            identified,
            when=(Fewer(EXACT[:2]),),
            value=Parameter("number"),
            scheme=Parameter("scheme"),
        ),
    }
    for loose, name in enumerate(NAMED):
        enough = Parameter("limit") if loose == 1 else 1
        before = (Fewer(tuple(NAMED[:loose]), enough),) if loose else ()
        parts[name] = asked(
            search,
            when=(Filled(name), Fewer(EXACT), *before),
            query=Parameter(name),
            candidates=Parameter("candidates"),
            limit=Parameter("limit"),
        )
    return Together(**parts)


IN_TURN = _in_turn()


def _best(found: list[Found], words: list[str]) -> list[Found]:
    """Names that are just these words first, then those that begin with them, then the rest."""

    def unlike(one: Found) -> int:
        named = words_of(one.matched)
        return 0 if named == words else 1 if named[: len(words)] == words else 2

    return sorted(found, key=unlike)


async def matches(graph: ReadSession, text: str, *, limit: int = 10) -> list[Match]:
    """Companies that a text may mean: by id or number if it is one, else by name, best first.

    A looser reading of a name counts only where the stricter ones find nothing, or too few.
    """
    words, plain = words_of(text), text.strip()
    scheme, _, number = plain.rpartition(":")
    found = await IN_TURN.ask(
        graph,
        id=plain.lower() if _ID.fullmatch(plain.lower()) else None,
        reference_id=node_id(plain) if ":" in plain else None,
        number=number.strip().upper(),
        scheme=scheme.partition(":")[0].lower() or None,
        limit=limit,
        candidates=limit * CANDIDATES,
        **{one.__name__: (one(words) if words else "") or None for one in READINGS},
    )
    exact = _by_id(found, plain) or _by_number(found["numbered"])
    return exact or _by_name(found, words)[:limit]


async def the_one(graph: ReadSession, text: str) -> Match:
    """The one company that a text means; NotFound lists the candidates when there are several."""
    found = await matches(graph, text)
    exact = [match for match in found if match.by != "similar name"]
    if len(exact) == 1:
        return exact[0]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(
            f"nothing has the id, number or name {text!r}",
            remedy=f"./footprint search {_quoted(text)} forgives faults; "
            "./footprint sources says what is loaded",
        )
    several = exact or found
    listed = "; ".join(_described(match) for match in several[:SHOWN])
    more = f"; and {len(several) - SHOWN} more" if len(several) > SHOWN else ""
    raise NotFound(
        f"{text!r} may mean {len(several)} companies: {listed}{more}",
        remedy="give the id or the LEI of the one you mean",
    )


def _by_id(found: Rows, text: str) -> list[Match]:
    return [
        Match(
            one.entity_id,
            one.name,
            text,
            by,
            one.jurisdiction,
            one.status,
            one.reference,
            one.lei,
            one.child_count,
        )
        for by in ("id", "reference")
        for one in found[f"by_{by}"]
    ]


def _by_number(found: list[Identified]) -> list[Match]:
    seen = {one.entity_id: one for one in reversed(found)}
    return [
        Match(one.entity_id, one.name, one.value, one.scheme, one.jurisdiction, one.status)
        for one in seen.values()
    ]


def _by_name(found: Rows, words: list[str]) -> list[Match]:
    """Each company once, by the strictest reading that finds it."""
    each: dict[str, Found] = {}
    for name in NAMED:
        for row in found[name]:
            each.setdefault(row.entity_id, row)
    return [
        Match(
            one.entity_id,
            one.name,
            one.matched,
            "name" if words_of(one.matched) == words else "similar name",
            one.jurisdiction,
            one.status,
            one.reference,
            one.lei,
            one.child_count,
        )
        for one in _best(list(each.values()), words)
    ]


def _described(match: Match) -> str:
    place = ", ".join(part for part in (match.jurisdiction, match.status) if part)
    return f"{match.name or match.matched} ({place + ', ' if place else ''}{match.entity_id})"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "") + "'"
