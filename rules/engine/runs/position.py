"""How far each rule has taken in what changed: where its next run over changes begins."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from graph.connection import Statements
from graph.errors import UsageError
from graph.statement import read_statement
from rules.engine.judged.judging import Judged
from rules.engine.judged.sight import Sight

HERE = Path(__file__).parent
POSITIONS = read_statement(HERE / "positions.cypher").text
TAKE = read_statement(HERE / "take_position.cypher").text
FEED = read_statement(HERE / "feed_head.cypher").text
EARLIEST = "0001-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the feed and in the row of loads."""

    epoch: int
    sequence: int
    moment: str
    """Recorded clock of the newest load or run."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a rule stands on a day."""

    digest: str
    status: str
    is_hidden: bool
    """Whether nobody was shown its signals."""
    place: Place
    sight: Mapping[str, date | None]
    """System -> the day that it spoke of."""


def place_now(session: Statements) -> Place:
    """How far the feed and the loads have come; a run takes in what came before it began."""
    epoch, sequence, moment = session.row(FEED) or (1, 0, None)
    return Place(epoch, sequence, moment or EARLIEST)


def refuse_a_day_to_come(session: Statements, day: date, now: datetime) -> None:
    """Refuse a run for a day that neither the clock nor any load has reached; UsageError.

    It would give facts the tense of that day for good.
    """
    latest = max(now.date(), date.fromisoformat(place_now(session).moment[:10]))
    if day > latest:
        raise UsageError(
            f"{day} is still to come",
            remedy=f"a day up to {latest}; ./footprint rules diff tells what would be found on "
            "a later one and writes nothing",
        )


def positions(session: Statements, today: date) -> dict[str, Position]:
    """Rule -> where it stands, of those that were asked over all accounts on this day."""
    return {
        rule: Position(digest, status, is_hidden, Place(epoch, sequence, moment), _days(sight))
        for rule, digest, status, is_hidden, epoch, sequence, moment, sight in session.rows(
            POSITIONS, today=today
        )
    }


def take_positions(
    session: Statements,
    judged: Iterable[Judged],
    place: Place,
    sight: Sight,
    hidden: Collection[str],
) -> None:
    """Note that these runs took in all up to a place; a rule that failed is asked anew."""
    rows = [
        {
            "rule": one.pair.rule.id,
            "rule_hash": one.pair.digest,
            "status": None if one.status == "FAILED" else one.status,
            "is_hidden": one.pair.rule.id in hidden,
        }
        for one in judged
    ]
    if rows:
        session.run(
            TAKE,
            rows=rows,
            today=sight.today,
            feed_epoch=place.epoch,
            sequence=place.sequence,
            moment=place.moment,
            sight=[f"{one.id} {one.complete_on or ''}" for one in sight.systems],
        )


def _days(sight: Iterable[str]) -> dict[str, date | None]:
    told = (text.rpartition(" ") for text in sight)
    return {system: date.fromisoformat(day) if day else None for system, _, day in told}
