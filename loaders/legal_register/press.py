"""Deals in the press: who buys whom from whom, announced, completed or withdrawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from graph.errors import RecordRejected, SourceError
from graph.facts.claims import Claims, Ref, ref
from loaders import identifiers
from loaders.audit import Fields
from loaders.dates import at, day, iso
from loaders.files import json_records, opened
from loaders.identifiers import own
from loaders.source import Delivery, Extracted, RawRecord, Unreadable

TYPES = {
    "acquisition": "MERGERS_AND_ACQUISITIONS",
    "merger": "MERGERS_AND_ACQUISITIONS",
    "absorption": "ABSORPTION",
    "branch_acquisition": "ACQUISITION_BRANCH",
    "demerger": "DEMERGER",
    "spin_off": "SPINOFF",
    "breakup": "BREAKUP",
}
"""The press's word -> GLEIF's type of event."""
STATUSES = {
    "announced": "IN_PROGRESS",
    "completed": "COMPLETED",
    "withdrawn": "WITHDRAWN_CANCELLED",
}
ROLES = {
    "buyer": "ACQUIRER",
    "acquirer": "ACQUIRER",
    "target": "TARGET",
    "seller": "SELLER",
    "predecessor": "PREDECESSOR",
    "successor": "SUCCESSOR",
    "subject": "SUBJECT",
}
SYSTEM = "legal_register"
_ABOUT_PERSONS = ("author", "contacts", "text")
_LEFT_OUT = ("deal_id", "id", "language", "published_at", "value", "withdrawn_on")
_HEAD = 4_096


def is_feed(path: Path) -> bool:
    """Whether a file is of the press: one notice a line, or JSON that speaks of deals."""
    if re.search(r"\.(jsonl|ndjson)(\.gz)?$", path.name):
        return True
    if not re.search(r"\.json(\.gz)?$", path.name):
        return False
    try:
        with opened(path) as file:
            head = file.read(_HEAD)
    except SourceError:
        return False
    return b'"deal_id"' in head or b'"parties"' in head


def deals(paths: list[Path], delivery: Delivery, broken: list[SourceError]) -> Iterator[Extracted]:
    """A record a deal, told by its last notice; what is no notice is named.

    Of each deal one notice is held in memory: a feed holds thousands of deals, not millions.
    """
    latest: dict[str, RawRecord] = {}
    for path in paths:
        try:
            for line, notice in json_records(path):
                item = _notice(notice, path, line)
                if isinstance(item, Unreadable):
                    yield item
                    continue
                before = latest.get(item.native_id)
                if before is None or (item.happened_at or "") >= (before.happened_at or ""):
                    latest[item.native_id] = item
        except SourceError as error:
            broken.append(error)
    yield from latest.values()
    if paths and not broken:
        delivery.cover("deal")


def deal(record: RawRecord) -> Claims:
    """An event with its parties; a plan only where the notice says that control will pass."""
    fields, claims = Fields(record), Claims()
    published = at(fields.take("published_at"), field="published_at")
    claims.happened_on = published.date() if published else None
    status = _word(fields, "status", STATUSES)
    announced, effective = _on(fields, "announced_on"), _on(fields, "effective_on")
    expected, withdrawn = _on(fields, "expected_on"), _on(fields, "withdrawn_on")
    headline = fields.take("headline")
    event = claims.node(
        "CorporateEvent",
        own(SYSTEM, "deal", record.native_id),
        type=_word(fields, "kind", TYPES),
        status=status,
        announced_on=announced,
        effective_on=effective if status == "COMPLETED" else expected or effective,
        recorded_on=claims.happened_on,
        documents=[headline] if headline else None,
        source_url=fields.take("source_url"),
    )
    claims.happened_on = withdrawn or effective or claims.happened_on
    roles = [_party(claims, record, party) for party in fields.take("parties", [])]
    for role, entity in roles:
        claims.link(role, event, entity)
    if not roles:
        claims.odd.append("the deal names no party")
    takes_control, share = fields.take("control"), fields.take("share")
    if status == "IN_PROGRESS" and takes_control is True:
        _plan(claims, roles, expected, share)
    fields.ignore(*_LEFT_OUT)
    return fields.report(claims)


def _notice(notice: dict[str, Any], path: Path, line: int) -> RawRecord | Unreadable:
    """One notice without the people in it, under the deal it is about."""
    native_id = str(notice.get("deal_id") or notice.get("id") or "").strip()
    if not native_id:
        return Unreadable(
            "deal",
            "",
            f"fields: {', '.join(sorted(notice))}",
            "the notice has neither deal_id nor id",
            "ask the press service for one",
            path.name,
            line,
        )
    kept = {name: value for name, value in notice.items() if name not in _ABOUT_PERSONS}
    try:
        published = iso(notice.get("published_at"))
    except RecordRejected:
        published = None  # transform refuses it, with its field
    return RawRecord("deal", native_id, kept, path.name, line, published)


def _party(claims: Claims, record: RawRecord, party: dict[str, Any]) -> tuple[str, Ref]:
    """A party's role, and the company by the best number that the notice gives, else by name."""
    fields = Fields(replace(record, payload=party))
    role = _word(fields, "role", ROLES)
    name, country = fields.take("name"), fields.take("country")
    lei, number, register = fields.take("lei"), fields.take("number"), fields.take("register")
    claims.unknown += [f"parties.{left}" for left in fields.report(Claims()).unknown]
    if lei and identifiers.is_valid_lei(lei):
        return role, ref("LegalEntity", identifiers.lei(lei))
    if lei:
        claims.odd.append("a party has an LEI with a wrong checksum")
    if number and register:
        return role, ref("LegalEntity", identifiers.registry(register, number))
    if not name:
        raise RecordRejected(
            "a party has neither name nor number", where="parties.name", remedy="ask the press"
        )
    entity = claims.node(
        "LegalEntity",
        own(SYSTEM, "named", f"{' '.join(name.split()).casefold()}/{country or ''}"),
        name=name,
        hq_country=country,
    )
    claims.name(entity, name, kind="trading")
    return role, entity


def _plan(claims: Claims, roles: list[tuple[str, Ref]], expected: Any, share: Any) -> None:
    """The target under the buyer, as planned; the register says when it is so."""
    buyers = [entity for role, entity in roles if role == "ACQUIRER"]
    targets = [entity for role, entity in roles if role == "TARGET"]
    if len(buyers) != 1:
        claims.odd.append("control passes, and not to one buyer")
        return
    for target in targets:
        claims.fact(
            "PARENT_IN",
            target,
            buyers[0],
            valid_from=expected,
            view="legal",
            basis="announced deal",
            planned=True,
            share=float(share) if isinstance(share, int | float) else None,
        )


def _on(fields: Fields, name: str) -> Any:
    return day(fields.take(name), field=name)


def _word(fields: Fields, name: str, words: dict[str, str]) -> str:
    value = str(fields.need(name)).casefold()
    if value not in words:
        raise RecordRejected(
            f"{value!r} is not one of {', '.join(words)}",
            where=name,
            remedy="map this word in loaders/legal_register/press.py",
        )
    return words[value]
