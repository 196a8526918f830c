"""One row of a rule as a finding: what makes it the same tomorrow, what it says, what proves it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.connection import as_native, as_text
from graph.errors import RuleError
from graph.ids import text_uuid5
from rules.engine.files.format import Pair, column_of
from rules.engine.files.wording import said

Identity = tuple[tuple[str, str], ...]
"""Columns and their values, in the rule's order."""

NAMED = (
    "item_id", "product_id", "service_id", "site_id", "commitment_id", "agreement_id",
    "entity_id", "account_id",
)  # fmt: skip
"""What a finding may be about, the narrowest first: two rules that name one thing may inhibit."""
MOST_EVIDENCE = 50
"""Ids kept of each column of evidence."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found on a day."""

    rule: str
    identity: Identity
    subject: str
    account: str | None
    names: dict[str, str]
    message: str
    act_by: date | None
    value: tuple[tuple[int, str], ...]
    evidence: dict[str, tuple[str, ...]]
    """Column -> ids of nodes."""
    blind_reason: str

    @property
    def id(self) -> str:
        """The id of its signal when this finding founds it."""
        return text_uuid5(f"signal|{self.rule}|{as_json(self.identity)}")

    @property
    def nodes(self) -> tuple[str, ...]:
        """Ids of all its evidence, each once, sorted."""
        return tuple(sorted({id for ids in self.evidence.values() for id in ids} | {self.subject}))


def as_json(identity: Identity) -> str:
    """An identity as text, for the graph."""
    return json.dumps(identity, separators=(",", ":"), ensure_ascii=False)


def from_json(text: str) -> Identity:
    """The identity that such a text is."""
    return tuple((str(name), str(value)) for name, value in json.loads(text))


Row = Mapping[str, Any]


def finding_of(
    pair: Pair, values: Sequence[Any], filled: Callable[[Row], Row] = lambda row: row
) -> Finding:
    """The finding that a row is; RuleError when it lacks what every finding must have.

    `filled` gives the row with what only the engine knows.
    """
    row = filled(dict(zip(pair.statement.columns, map(as_native, values), strict=True)))
    rule, blind = pair.rule, str(row.get("blind_reason") or "")
    required = [*rule.identity, column_of(rule.subject)]
    required += [] if blind else [rule.act_by]
    missing = [column for column in required if row.get(column) is None]
    if not blind and not any(row.get(column) for column in rule.evidence):
        missing.append("evidence")
    if missing:
        raise RuleError(
            f"a row has no {missing[0]}",
            where=f"{pair.statement.path} {_plain(row, rule.identity)}",
            remedy="a finding needs its identity, its date and its evidence; or a blind_reason",
        )
    return Finding(
        rule=rule.id,
        identity=tuple((name, str(as_text(row[name]))) for name in rule.identity),
        subject=row[column_of(rule.subject)],
        account=row["account_id"],
        names={name: row[name] for name in NAMED if isinstance(row.get(name), str)},
        message=said(rule.message, row),
        act_by=row[rule.act_by],
        value=tuple((amount, code) for amount, code in row[rule.value] or ()) if rule.value else (),
        evidence={column: _ids(row.get(column)) for column in rule.evidence},
        blind_reason=blind,
    )


def _ids(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(sorted(set(value)))[:MOST_EVIDENCE] if isinstance(value, list) else (value,)


def _plain(row: Mapping[str, Any], names: Sequence[str]) -> dict[str, str]:
    return {name: str(row.get(name)) for name in names}
