"""What a row of each table says; columns by the names that Dataverse gives them.

https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/account
"""

from __future__ import annotations

import re
from datetime import UTC, tzinfo
from typing import Any

from graph.errors import RecordRejected
from graph.facts.claims import Claims, Ref, ref
from loaders.audit import Fields
from loaders.company import Number, seat
from loaders.crm.telling import AccountRow, Life, Naming, tell_account
from loaders.crm_emea import ignored
from loaders.dates import at, day
from loaders.money import currency, minor_units
from loaders.source import RawRecord

CUSTOM = (
    "agreementitemids",
    "competitorcontractend",
    "competitorname",
    "dunsnumber",
    "isocurrencycode",
    "lei",
    "lostreason",
    "offeringids",
    "registrationauthority",
    "registrationnumber",
    "siteid",
    "stagesince",
    "vatnumber",
)
"""Columns that a carrier adds; each begins with its publisher's prefix, like `fpr_lei`."""
ADDRESS = tuple(
    f"address1_{part}"
    for part in ("line1", "line2", "line3", "postalcode", "city", "stateorprovince", "country")
)
NUMBERS = (("lei", "lei"), ("vat", "vatnumber"), ("duns", "dunsnumber"))
STATES = {0: "open", 1: "won", 2: "lost"}
"""opportunity.statecode."""
CONCERNED = (
    ("siteid", "Site", "geographic_site"),
    ("agreementitemids", "AgreementItem", "agreement_item"),
    ("offeringids", "ProductOffering", "product_offering"),
)
"""Custom columns with ids of other systems, blank between; what they name, its kind there."""


class Row(Fields):
    """A row's columns: without annotations, custom ones without their publisher's prefix."""

    def __init__(self, record: RawRecord, naming: Naming, zone: tzinfo = UTC) -> None:
        named = {_plain(name): value for name, value in record.payload.items() if "@" not in name}
        super().__init__(RawRecord(record.record_type, record.native_id, named))
        self.native_id, self.record_type = record.native_id, record.record_type
        self.reference, self.zone = naming, zone
        self.labels = {
            name.partition("@")[0]: value
            for name, value in record.payload.items()
            if name.endswith("@OData.Community.Display.V1.FormattedValue")
        }
        """What a person sees in place of a code or an id, where the row says it."""

    def text(self, name: str) -> str | None:
        """A column as text."""
        value = self.take(name)
        return None if value is None else str(value)

    def shown(self, name: str) -> str | None:
        """A coded column in the words that a person sees, else its code."""
        code = self.text(name)
        return self.labels.get(name) or code

    def linked(self, name: str) -> str | None:
        """The id of another row, from a look-up column."""
        return self.text(f"_{name}_value")

    def code(self, name: str, codes: dict[int, str]) -> str | None:
        """A coded column in our word; RecordRejected for a code that is not known."""
        value = self.take(name)
        if value is None:
            return None
        if not isinstance(value, int) or value not in codes:
            raise RecordRejected(
                f"{value!r} is not one of {', '.join(map(str, codes))}",
                where=name,
                remedy="ask the CRM's owner what it means, and map it by name",
            )
        return codes[value]

    def yes(self, name: str) -> bool:
        """A column that is true or false, false when absent; RecordRejected for another."""
        value = self.take(name, False)
        if not isinstance(value, bool):
            raise RecordRejected(
                f"{value!r} is neither true nor false", where=name, remedy="ask the CRM's owner"
            )
        return value


def account(row: Row) -> Claims:
    """A company in the role of customer, its place in this CRM's tree, who owns the account."""
    claims = Claims()
    merged, state = row.yes("merged"), row.code("statecode", {0: "active", 1: "inactive"})
    kind = row.shown("customertypecode")
    register = row.text("registrationauthority") or ""
    numbers = [Number(scheme, row.text(column)) for scheme, column in NUMBERS]
    told = AccountRow(
        native_id=row.native_id,
        name=row.need("name"),
        life=_life(row, claims, merged),
        status="inactive" if state == "inactive" else kind,
        segment=row.shown("industrycode"),
        tier=row.shown("accountratingcode"),
        owner=row.linked("ownerid"),
        parent=row.linked("parentaccountid"),
        master=row.linked("masterid") if merged else None,
        numbers=[*numbers, Number("registry", row.text("registrationnumber"), register)],
    )
    tell_account(claims, row.reference, told, **_seat(row, claims))
    return _ended(row, claims, ignored.ACCOUNT)


def opportunity(row: Row) -> Claims:
    """Something that is being sold, to the company of its account."""
    claims = Claims()
    claims.happened_on = day(row.take("modifiedon"), field="modifiedon")
    if (state := row.code("statecode", STATES)) is None:
        raise RecordRejected(
            f"opportunity {row.native_id} has no statecode",
            where="statecode",
            remedy="ask the source for it, then load again",
        )
    closed = day(row.take("actualclosedate"), field="actualclosedate")
    company = row.linked("parentaccountid") or row.linked("customerid")
    amount, unit = _money(row, claims)
    selling = claims.node(
        "Opportunity",
        row.reference("opportunity", row.native_id),
        stage=row.text("stepname") or state,
        stage_since=day(row.take("stagesince"), field="stagesince"),
        kind=row.shown("opportunitytype"),
        probability=_share(row, claims),
        amount=amount,
        currency=unit,
        close_on=closed or day(row.take("estimatedclosedate"), field="estimatedclosedate"),
        lost_on=closed if state == "lost" else None,
        competitor=row.text("competitorname"),
        competitor_ends_on=day(row.take("competitorcontractend"), field="competitorcontractend"),
    )
    row.ignore("estimatedclosedate")  # a deal that is closed has the day on which it was
    if company:
        claims.link("CONCERNS", selling, ref("LegalEntity", row.reference("account", company)))
    _concerns(row, claims, selling)
    return _ended(row, claims, ignored.OPPORTUNITY)


def systemuser(row: Row) -> Claims:
    """A person who sells; the business unit is the team while the user is enabled."""
    claims = Claims()
    claims.happened_on = day(row.take("modifiedon"), field="modifiedon")
    seller = claims.node(
        "Seller",
        row.reference("user", row.native_id),
        name=row.need("fullname"),
        email=row.text("internalemailaddress"),
        role=row.text("title"),
    )
    team = row.linked("businessunitid")
    if team and not row.yes("isdisabled"):
        name = row.labels.get("_businessunitid_value", team)
        unit = claims.node("Team", row.reference("team", team), name=name)
        claims.fact("MEMBER_OF", seller, unit)
    return _ended(row, claims, ignored.USER)


def activity(row: Row) -> Claims:
    """A visit, a call or a message, with a company; what was said and by whom is left out."""
    claims = Claims()
    table = row.record_type
    spoken = claims.node(
        "Interaction",
        row.reference("activity", row.native_id),
        kind=table,
        at=at(row.need("actualstart"), field="actualstart", zone=row.zone),
    )
    company = row.linked("regardingobjectid")
    if company:
        claims.link("WITH", spoken, ref("LegalEntity", row.reference("account", company)))
    return _ended(row, claims, ignored.ACTIVITY)


def _plain(column: str) -> str:
    """A custom column by its name without the publisher's prefix; others as they are."""
    prefix, _, rest = column.partition("_")
    return rest if prefix and rest in CUSTOM else column


def _concerns(row: Row, claims: Claims, selling: Ref) -> None:
    for column, label, kind in CONCERNED:
        for native_id in (row.text(column) or "").split():
            claims.link("CONCERNS", selling, ref(label, row.reference(kind, native_id)))


def _life(row: Row, claims: Claims, merged: bool) -> Life:
    """A row that was merged into another is over; Dataverse deletes nothing softly."""
    claims.happened_on = day(row.take("modifiedon"), field="modifiedon")
    begins = day(row.take("createdon"), field="createdon")
    return Life(begins, claims.happened_on, merged)


def _seat(row: Row, claims: Claims) -> dict[str, str | None]:
    """The address; a country in words is no code and is only part of the line."""
    lines = {name: row.text(name) for name in ADDRESS}
    country = lines["address1_country"]
    is_code = bool(country and re.fullmatch("[A-Z]{2}", country))
    if country and not is_code:
        claims.odd.append("a country in words: it stands in the address only")
    return seat(*lines.values(), city=lines["address1_city"], country=country if is_code else None)


def _money(row: Row, claims: Claims) -> tuple[int | None, str | None]:
    """The amount estimated, exact to the minor unit, and the currency that the row names."""
    amount = row.take("estimatedvalue")
    code = row.text("isocurrencycode")
    if amount is None:
        return None, currency(code, field="isocurrencycode") if code else None
    if code is None:
        claims.unknown.append("estimatedvalue (its currency is not told: send isocurrencycode)")
        return None, None
    unit = currency(code, field="isocurrencycode")
    return minor_units(amount, unit, field="estimatedvalue"), unit


def _share(row: Row, claims: Claims) -> float | None:
    value: Any = row.take("closeprobability")
    if value is None or (isinstance(value, int) and 0 <= value <= 100):
        return None if value is None else value / 100
    claims.unknown.append("closeprobability (no percentage)")
    return None


def _ended(row: Row, claims: Claims, names: tuple[str, ...]) -> Claims:
    row.ignore(*ignored.EVERYWHERE, *names)
    return row.report(claims)
