"""Which records are wrong, how, and the labels that say so.

A mistake is decided once for a record and kept on every day, until somebody corrects it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from loaders.carrier.config import Config
from loaders.carrier.draw import Draw
from loaders.carrier.native import native_id
from loaders.carrier.observation import AS_IT_IS
from loaders.carrier.plants.papers import PAPER_LOST
from loaders.carrier.seeing import mangling
from loaders.carrier.seeing.index import Index
from loaders.carrier.world.contract import Agreement
from loaders.carrier.world.money import Bill, BillingAccount
from loaders.carrier.world.party import Entity
from loaders.carrier.world.sales import Account
from loaders.carrier.world.service import Service, Ticket

CORRECTED = 0.12
"""Share of the mistakes in names and numbers that somebody corrects within the thirty days."""


@dataclass(frozen=True, slots=True)
class Label:
    """One mistake of one record: what it says, and what is true."""

    dirt: str
    system: str
    kind: str
    native_id: str
    key: str
    property: str
    said: str
    truth: str
    corrected_on: date | None = None


@dataclass(slots=True)
class Errors:
    """What one record says otherwise, and until when."""

    says: dict[str, Any]
    labels: list[Label]
    corrected_on: date | None = None
    is_left_out: bool = False
    """The system lacks the record altogether."""
    twin: dict[str, Any] | None = None
    """What a second record of the same thing says; None when there is none."""


NONE = Errors(dict(AS_IT_IS), [])


class Mistakes:
    """Decides on the mistakes of one system in one cluster, in the order of its records."""

    def __init__(self, config: Config, system: str, found: Index) -> None:
        self.config, self.system, self.found = config, system, found
        self.rates = config.rates
        self.draw = Draw(config.seed, f"mistakes {system}", found.cluster.number)
        self.makers: dict[str, Callable[[str, Any, str], Errors]] = {
            "account": self._account,
            "billing_account": self._billing_account,
            "bill": self._bill,
            "agreement": self._agreement,
            "service": self._service,
            "ticket": self._ticket,
            "coverage": self._coverage,
        }
        self.played = found.cluster.played

    def of(self, kind: str, key: str, thing: Any, native: str) -> Errors:
        """The mistakes of a record; `NONE` for most."""
        made = self.makers.get(kind)
        return NONE if made is None else made(key, thing, native)

    def hit(self, dirt: str) -> bool:
        """Whether this record has this kind of dirt."""
        return self.draw.chance(self.rates.get(dirt, 0.0))

    def _label(self, errors: Errors, dirt: str, where: tuple[str, str, str], name: str,
               said: Any, truth: Any) -> None:  # fmt: skip
        kind, native, key = where
        errors.says[name] = said
        errors.labels.append(
            Label(dirt, self.system, kind, native, key, name, _text(said), _text(truth))
        )

    def _correct(self, errors: Errors) -> Errors:
        """Somebody may notice; the labels then carry the day."""
        if errors.labels and self.draw.chance(CORRECTED):
            day = self.config.day(self.draw.number(1, self.config.last_day))
            errors.corrected_on = day
            errors.labels = [_corrected(label, day) for label in errors.labels]
        return errors

    def _account(self, key: str, account: Account, native: str) -> Errors:
        entity = self.found.cluster.entities[account.root]
        errors, where = Errors({}, []), ("account", native, key)
        if account.segment == "enterprise":
            self._name(errors, where, entity, account.name.at(self.config.day_zero))
            self._numbers(errors, where, entity)
            self._contact(errors, where, entity, account)
            if len(entity.names.steps) > 1 and len(account.name.steps) == 1:
                said, truth = account.name.steps[0][1], entity.names.steps[-1][1].latin
                errors.labels.append(Label("old_name", self.system, *where, "name", said, truth))
        twin = None
        if account.parent and self.hit("duplicate_account"):
            other = native_id(self.system, "account", key, 1)
            typed = mangling.misspelt(entity.names.at(self.config.day_zero).latin, self.draw)
            twin = {"name": typed, "lei": None, "duns": None}
            errors.labels.append(Label("duplicate_account", self.system, "account", other, key,
                                       "record", other, native))  # fmt: skip
        errors.twin = twin
        return self._correct(errors)

    def _name(
        self, errors: Errors, where: tuple[str, str, str], entity: Entity, truth: str
    ) -> None:
        """At most one thing goes wrong with a name."""
        name = entity.names.at(self.config.day_zero)
        if name.legal != name.latin:
            if self.hit("transliterated"):
                self._label(errors, "transliterated", where, "name", name.latin, name.legal)
            else:
                errors.says["name"] = name.legal
            return
        for dirt, typed in (
            ("spelling", mangling.misspelt),
            ("form_dropped", lambda text, _: mangling.without_form(text, name.form)),
            ("abbreviated", lambda text, _: mangling.abbreviated(text)),
            ("truncated", lambda text, _: mangling.truncated(text)),
        ):
            if self.hit(dirt):
                said = typed(truth, self.draw)
                if said != truth:
                    self._label(errors, dirt, where, "name", said, truth)
                    return

    def _numbers(self, errors: Errors, where: tuple[str, str, str], entity: Entity) -> None:
        entities = self.found.cluster.entities
        if entity.category == "BRANCH" and self.hit("parent_identifier"):
            head = entities[self.found.parent(entity.key, self.config.day_zero)]
            for name in ("lei", "duns"):
                if getattr(head, name):
                    said, truth = getattr(head, name), getattr(entity, name)
                    self._label(errors, "parent_identifier", where, name, said, truth)
        if entity.vat and self.hit("vat_group"):
            lead = entities[self.found.root(entity.key, self.config.day_zero)]
            parent = entities.get(self.found.parent(entity.key, self.config.day_zero), lead)
            group = parent if parent.country == entity.country else lead
            if group.vat and group.vat != entity.vat and group.country == entity.country:
                self._label(errors, "vat_group", where, "vat", group.vat, entity.vat)
        for name in ("lei", "vat", "duns"):
            truth = getattr(entity, name)
            if not truth or name in errors.says:
                continue
            if self.hit("identifier_missing"):
                self._label(errors, "identifier_missing", where, name, None, truth)
            elif self.hit("identifier_wrong"):
                said = mangling.wrong_number(truth, self.draw)
                self._label(errors, "identifier_wrong", where, name, said, truth)

    def _contact(
        self, errors: Errors, where: tuple[str, str, str], entity: Entity, account: Account
    ) -> None:
        above = self.found.cluster.accounts.get(account.parent)
        if above is None or above.root == entity.key:
            return
        lead = self.found.cluster.entities[above.root]
        if self.hit("shared_phone"):
            self._label(errors, "shared_phone", where, "phone", lead.phone, entity.phone)
        if self.hit("shared_address"):
            said = lead.headquarters.at(self.config.day_zero)
            truth = entity.headquarters.at(self.config.day_zero)
            if said != truth:
                self._label(errors, "shared_address", where, "address", said, truth)

    def _billing_account(self, key: str, account: BillingAccount, native: str) -> Errors:
        entity = self.found.cluster.entities[account.entity]
        errors, where = Errors({}, []), ("billing_account", native, key)
        self._name(errors, where, entity, account.party_name.at(self.config.day_zero))
        if entity.vat and self.hit("identifier_missing"):
            self._label(errors, "identifier_missing", where, "vat", None, entity.vat)
        if account.entity in self.played:
            return self._correct(errors)
        if self.hit("orphan_billing_account"):
            self._label(errors, "orphan_billing_account", where, "entity", None, entity.key)
        if self.hit("mixed_currency"):
            said = "EUR" if account.currency == "USD" else "USD"
            self._label(errors, "mixed_currency", where, "currency", said, account.currency)
        return self._correct(errors)

    def _bill(self, key: str, bill: Bill, native: str) -> Errors:
        held = self.found.cluster.billing_accounts[bill.account]
        if held.entity in self.played or not self.hit("bill_does_not_add_up"):
            return NONE
        errors = Errors({}, [])
        said = bill.amount + self.draw.number(1, 90) * 100
        self._label(errors, "bill_does_not_add_up", ("bill", native, key), "amount", said,
                    bill.amount)  # fmt: skip
        return errors

    def _agreement(self, key: str, agreement: Agreement, native: str) -> Errors:
        errors, where = Errors({}, []), ("agreement", native, key)
        if agreement.entity in self.played:
            return NONE
        if agreement.kind == "order_form" and self.hit("ends_before_start"):
            said = agreement.begins - timedelta(days=30)
            truth = agreement.ends.at(self.config.day_zero)
            self._label(errors, "ends_before_start", where, "ends", said, truth)
        return errors

    def _service(self, key: str, service: Service, native: str) -> Errors:
        if self.system != "inventory" or service.entity in self.played:
            return NONE
        errors, where = Errors({}, []), ("service", native, key)
        if service.item.at(self.config.day_zero) and self.hit("contract_without_service"):
            self._label(errors, "contract_without_service", where, "record", None, native)
            errors.is_left_out = True
        elif self.hit("two_inventories"):
            other = native_id(self.system, "service", key, 1)
            errors.twin = {}
            errors.labels.append(Label("two_inventories", self.system, "service", other, key,
                                       "record", other, native))  # fmt: skip
        return errors

    def _ticket(self, key: str, ticket: Ticket, native: str) -> Errors:
        if not self.hit("time_zone"):
            return NONE
        errors = Errors({}, [])
        said = local_without_zone(ticket)
        self._label(errors, "time_zone", ("ticket", native, key), "opened_at", said,
                    ticket.opened_at)  # fmt: skip
        return errors

    def _coverage(self, key: str, coverage: Any, native: str) -> Errors:
        if coverage.covers != "account" or not self.hit("overlapping_coverage"):
            return NONE
        errors = Errors({}, [])
        region = self.found.cluster.accounts[coverage.covered].sales_region
        other = f"S{self.draw.number(0, self.config.size.sellers - 1)}"
        if other == coverage.seller:
            return NONE
        copy = native_id(self.system, "coverage", key, 1)
        errors.twin = {"seller": other}
        errors.labels.append(Label("overlapping_coverage", self.system, "coverage", copy, key,
                                   "seller", other, f"{coverage.seller} ({region})"))  # fmt: skip
        return errors


def world_labels(found: Index) -> Iterator[Label]:
    """Dirt that is in the world itself: what a case for a rule is also called."""
    for plant in found.cluster.plants:
        if plant.case == PAPER_LOST:
            key = plant.identity["product_id"]
            native = native_id("contracts", "service", key)
            yield Label("service_without_contract", "contracts", "item", native, key, "record",
                        "", native)  # fmt: skip
        elif plant.rule == "ended_company_still_billed" and plant.opens_on is not None:
            key = plant.identity["entity_id"]
            for account in found.cluster.billing_accounts.values():
                if account.entity == key:
                    native = native_id(account.system, "billing_account", account.key)
                    yield Label("billed_to_closed", account.system, "billing_account", native,
                                account.key, "entity", key, "")  # fmt: skip


def local_without_zone(ticket: Ticket) -> Any:
    """The moment as the desk's clock shows it, with no zone said."""
    return ticket.opened_at.astimezone(ZoneInfo(ticket.timezone)).replace(tzinfo=None)


def _corrected(label: Label, day: date) -> Label:
    return Label(label.dirt, label.system, label.kind, label.native_id, label.key, label.property,
                 label.said, label.truth, day)  # fmt: skip


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value.one_line() if hasattr(value, "one_line") else str(value)
