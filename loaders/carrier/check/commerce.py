"""What records of billing systems and of contracts say."""

from __future__ import annotations

from datetime import date

from loaders.carrier.books import holder, lines, settled, state
from loaders.carrier.check.saying import Saying
from loaders.carrier.native import native_id
from loaders.carrier.observation import Seen
from loaders.carrier.referring import billed, of_crm, product_id
from loaders.carrier.seeing.mangling import without_accents
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.world.contract import Agreement, Commitment, Item
from loaders.carrier.world.money import Bill, BillingAccount, Dispute, Payment

RECORD_TYPES = {
    "billing_americas": ("account", "invoice"),
    "billing_emea": ("billingAccount", "customerBill"),
    "billing_apac": ("account", "bill"),
}
"""Billing system -> its words for an account and for a bill."""
LONGEST = 30
"""Bytes that the mainframe of APAC has room for in a name."""


def billing_account(system: str, seen: Seen, cluster: Cluster) -> list[Saying]:
    """An account, the company in the role of its customer, who pays for it."""
    thing: BillingAccount = seen.thing
    held, (status, since) = holder(system, seen, cluster), state(thing, seen.on)
    number, party = seen.native_id, f"{system}:party:{held.number}" if held.number else ""
    saying = Saying(RECORD_TYPES[system][0], number, seen.on, company=party)
    account, customer = f"{system}:billing_account:{number}", f"{system}:customer:{number}"
    saying.value(
        "BillingAccount",
        account,
        state=status,
        state_since=since,
        currency=seen.get("currency", thing.currency),
        credit_limit=thing.credit_limit,
        unapplied_amount=thing.unapplied.at(seen.on),
    )
    if party:
        saying.name(
            _fitting(system, held.name, held.entity.names.steps[0][1].latin, held.entity.country)
        )
        duns = "" if system == "billing_emea" else held.duns
        saying.all_numbers(((held.tax_type, held.tax_id), ("duns", duns)))
        saying.fact("PLAYS", party, customer, valid_from=thing.opened_on)
        saying.fact("BILLED_BY", customer, account, valid_from=thing.opened_on)
        payer = cluster.billing_accounts.get(thing.parent)
        if payer and system == "billing_americas" and payer.entity != thing.entity:
            above = f"{system}:party:{native_id(system, 'entity', payer.entity)}"
            saying.fact("PARENT_IN", party, above, tag="billing")
    return [saying]


def bill(system: str, seen: Seen) -> list[Saying]:
    """A bill with its lines, which the Americas deliver as records of their own."""
    thing: Bill = seen.thing
    changed_on = seen.on
    saying = Saying(RECORD_TYPES[system][1], seen.native_id, changed_on)
    saying.value(
        "Bill",
        f"{system}:bill:{seen.native_id}",
        state=thing.state(seen.on),
        amount=seen.get("amount", thing.amount),
        tax_amount=thing.tax,
        remaining_amount=thing.remaining.at(seen.on),
        currency=thing.currency,
        issued_on=thing.issued_on,
        due_on=thing.due_on,
        settled_on=settled(thing, seen.on),
        period_from=thing.begins,
        period_to=thing.ends,
    )
    named, billed_on = (
        f"{system}:bill:{seen.native_id}",
        native_id(system, "billing_account", thing.account),
    )
    saying.link("ON", named, f"{system}:billing_account:{billed_on}")
    apart = [saying]
    for place, line in enumerate(lines(thing, seen.native_id), 1):
        number = f"{seen.native_id}/{place:04d}" if system == "billing_apac" else line.native_id
        on = saying
        if system == "billing_americas":
            on = Saying("charge", number)
            apart.append(on)
        charge = f"{system}:charge:{number}"
        on.link("HAS_CHARGE", named, charge)
        if line.product:
            on.link("FOR", charge, f"inventory:product:{line.product}")
        if line.service and system == "billing_americas":
            on.link("FOR", charge, f"inventory:service:{line.service}")
        on.value(
            "Charge",
            charge,
            kind=line.charge.kind,
            amount=line.charge.amount,
            currency=thing.currency,
            period_from=line.first_day,
            period_to=date.fromordinal(line.last_day.toordinal() + 1),
        )
    return apart


def payment(system: str, seen: Seen) -> list[Saying]:
    """Money that came in."""
    thing: Payment = seen.thing
    saying = Saying("payment", seen.native_id, seen.on)
    _on(saying, system, "SETTLES", f"{system}:payment:{seen.native_id}", thing)
    saying.value(
        "Payment",
        f"{system}:payment:{seen.native_id}",
        amount=thing.amount,
        currency=thing.currency,
        paid_on=thing.paid_on,
    )
    return [saying]


def dispute(system: str, seen: Seen) -> list[Saying]:
    """An amount that the customer does not accept."""
    thing: Dispute = seen.thing
    saying = Saying("dispute", seen.native_id, seen.on)
    _on(saying, system, "DISPUTES", f"{system}:dispute:{seen.native_id}", thing)
    saying.value(
        "Dispute",
        f"{system}:dispute:{seen.native_id}",
        amount=thing.amount,
        currency=thing.currency,
        opened_on=thing.opened_on,
        closed_on=thing.closed_on if thing.closed_on <= seen.on else None,
    )
    return [saying]


def _on(saying: Saying, system: str, kind: str, named: str, thing: Payment | Dispute) -> None:
    """What a payment or a dispute is on: an account, and mostly a bill."""
    account = native_id(system, "billing_account", thing.account)
    saying.link("ON", named, f"{system}:billing_account:{account}")
    if thing.bill:
        saying.link(kind, named, f"{system}:bill:{native_id(system, 'bill', thing.bill)}")


def agreement(seen: Seen, cluster: Cluster) -> list[Saying]:
    """A contract with its term, its items and its commitments, and who is bound by it."""
    thing: Agreement = seen.thing
    paper = f"contracts:agreement:{seen.native_id}"
    saying = Saying("agreement", seen.native_id)
    given = thing.notice_given_on
    saying.value(
        "Agreement",
        paper,
        type=thing.kind,
        status=thing.status.at(seen.on),
        signed_on=thing.signed_on if thing.signed_on and thing.signed_on <= seen.on else None,
        period_from=thing.begins,
        period_to=seen.get("ends", thing.ends.at(seen.on)),
        notice_days=thing.notice_days,
        auto_renew=thing.auto_renew,
        renewal_term_months=thing.renewal_months,
        notice_given_on=given if given and given <= seen.on else None,
        decision=thing.decision.at(seen.on),
    )
    account = cluster.entities[thing.entity].account.at(seen.on)
    own = f"contracts:customer:{native_id('contracts', 'entity', thing.entity)}"
    customer = of_crm("customer", account, cluster) if account else own
    saying.fact("PARTY_TO", customer, paper, valid_from=thing.begins)
    for clause in thing.clauses:
        own = native_id("contracts", "clause", clause.key)
        saying.link("HAS_CLAUSE", paper, f"contracts:clause:{seen.native_id}/{own}")
    for item in thing.items:
        _item(saying, seen, item)
    for commitment in thing.commitments:
        _commitment(saying, seen, commitment, cluster)
    return [saying]


def _item(saying: Saying, seen: Seen, item: Item) -> None:
    line = f"contracts:agreement_item:{seen.native_id}/{native_id('contracts', 'item', item.key)}"
    saying.value(
        "AgreementItem",
        line,
        starts_on=item.begins,
        ends_on=item.ends.at(seen.on),
        notice_days=item.notice_days,
        auto_renew=item.auto_renew,
        monthly_amount=item.monthly_amount.at(seen.on),
        currency=item.currency,
    )
    saying.link("HAS_ITEM", f"contracts:agreement:{seen.native_id}", line)
    for key in item.services:
        saying.fact("GOVERNS", line, f"inventory:product:{product_id(key)}", valid_from=item.begins)


def _commitment(saying: Saying, seen: Seen, promised: Commitment, cluster: Cluster) -> None:
    own = native_id("contracts", "commitment", promised.key)
    node = f"contracts:commitment:{seen.native_id}/{own}"
    saying.value(
        "Commitment",
        node,
        kind=promised.kind,
        amount=promised.amount,
        currency=promised.currency,
        period_from=promised.begins,
        period_to=promised.ends,
    )
    saying.link("HAS_COMMITMENT", f"contracts:agreement:{seen.native_id}", node)
    for account in cluster.billing_accounts.values():
        if promised.key in account.commitments:
            saying.fact("COUNTS_TOWARD", billed(account), node, valid_from=promised.begins)


def _fitting(system: str, name: str, latin: str, country: str) -> str:
    """A name as the system can write it: the mainframe has thirty bytes and two code pages."""
    if system != "billing_apac":
        return name
    page = "cp932" if country == "JP" else "latin-1"
    for text in (name, latin, without_accents(name), without_accents(latin)):
        try:
            whole = text.encode(page)
        except UnicodeEncodeError:
            continue
        return whole[:LONGEST].decode(page, errors="ignore").strip()
    return latin.encode("ascii", errors="replace").decode("ascii")[:LONGEST].strip()
