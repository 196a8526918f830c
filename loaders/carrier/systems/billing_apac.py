"""The books of APAC as a mainframe writes them: fixed width, sections in two code pages."""

from __future__ import annotations

from datetime import date

from loaders.billing_apac import layout
from loaders.carrier.books import Holder, ended, holder, lines, settled, state
from loaders.carrier.native import native_id
from loaders.carrier.observation import Seen
from loaders.carrier.seeing.mangling import without_accents
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.world.money import Bill, BillingAccount, Dispute, Payment
from loaders.carrier.writing import Part

SYSTEM = "billing_apac"
STATES = {"new": "NW", "sent": "SN", "partiallyPaid": "PP", "settled": "ST"}
KINDS = {"recurring": "RC", "usage": "US", "overage": "OV", "one_off": "OO", "credit": "CR"}
CONTRIBUTORY = {True: "Y", False: "N", None: ""}


class _BillingApac:
    def __init__(self, part: Part) -> None:
        self._file = part.open("extract", "dat")
        self._lines = self._in_section = 0
        self._page = ""
        self._put(
            layout.FILE_HEADER, system="BILLAPAC", as_of=_day(part.day), version=layout.VERSION
        )

    def write(self, seen: Seen, cluster: Cluster | None) -> None:
        """Format one account, bill, payment or dispute."""
        thing = seen.thing
        if isinstance(thing, BillingAccount) and cluster is not None:
            self._account(seen, thing, holder(SYSTEM, seen, cluster))
        elif isinstance(thing, Bill):
            self._bill(seen, thing)
        elif isinstance(thing, Payment):
            self._record(
                layout.PAYMENT,
                payment=seen.native_id,
                account=native_id(SYSTEM, "billing_account", thing.account),
                bill=native_id(SYSTEM, "bill", thing.bill) if thing.bill else "",
                paid=_day(thing.paid_on),
                currency=thing.currency,
                amount=_amount(thing.amount),
                method=thing.method,
                updated=_stamp(seen.on),
            )
        elif isinstance(thing, Dispute):
            self._dispute(seen, thing)

    def close(self) -> None:
        """End the section and the file with their counts."""
        self._end_section()
        self._put(layout.FILE_TRAILER, lines=f"{self._lines + 1:09d}")

    def _account(self, seen: Seen, account: BillingAccount, held: Holder) -> None:
        name = self._in_page_of(held)
        status, since = state(account, seen.on)
        self._record(
            layout.ACCOUNT,
            account=seen.native_id,
            customer=held.number,
            name=name,
            currency=seen.get("currency", account.currency),
            status=status[0],
            status_date=_day(since),
            opened=_day(account.opened_on),
            cycle=f"{account.cycle_day:02d}",
            credit_limit=_amount(account.credit_limit),
            unapplied=_amount(account.unapplied.at(seen.on)),
            payment_plan=_day(ended(account.payment_plan_on or date.max, seen.on)),
            tax_type=held.tax_type.upper() if held.tax_id else "",
            tax_id=held.tax_id,
            duns=held.duns,
            city=self._spelt(held.address.city),
            country=held.address.country,
            updated=_stamp(seen.on),
        )

    def _in_page_of(self, held: Holder) -> str:
        """The name in the code page of the customer's country, whose section is begun.

        A name that the page cannot spell is written in Latin letters, as clerks do.
        """
        page = "SHIFT_JIS" if held.entity.country == "JP" else "LATIN-1"
        if page != self._page:
            self._end_section()
            self._begin_section(page, held.entity.country)
        return self._spelt(held.name, held.entity.names.steps[0][1].latin)

    def _spelt(self, *texts: str) -> str:
        """The first of the texts that the section's code page can spell, else without accents."""
        code_page = layout.CODE_PAGES[self._page]
        for text in (*texts, *map(without_accents, texts)):
            try:
                text.encode(code_page)
            except UnicodeEncodeError:
                continue
            return text
        return texts[-1].encode("ascii", errors="replace").decode("ascii")

    def _bill(self, seen: Seen, bill: Bill) -> None:
        found = list(lines(bill, seen.native_id))
        self._record(
            layout.BILL_HEADER,
            bill=seen.native_id,
            number=bill.number,
            account=native_id(SYSTEM, "billing_account", bill.account),
            issued=_day(bill.issued_on),
            due=_day(bill.due_on),
            first_day=_day(bill.begins),
            last_day=_day(date.fromordinal(bill.ends.toordinal() - 1)),
            state=STATES[bill.state(seen.on)],
            currency=bill.currency,
            amount=_amount(seen.get("amount", bill.amount)),
            tax=_amount(bill.tax),
            remaining=_amount(bill.remaining.at(seen.on)),
            settled=_day(settled(bill, seen.on)),
            updated=_stamp(seen.on),
        )
        for place, line in enumerate(found, start=1):
            charge = line.charge
            self._record(
                layout.BILL_LINE,
                bill=seen.native_id,
                line=f"{place:04d}",
                kind=KINDS[charge.kind],
                product=line.product,
                amount=_amount(charge.amount),
                first_day=_day(line.first_day),
                last_day=_day(line.last_day),
                reason=charge.reason,
                contributory=CONTRIBUTORY[charge.contributory],
                discount_end=_day(charge.discount_ends_on),
                discount=_amount(charge.discount) if charge.discount else "",
            )
        total = _amount(bill.amount - bill.tax)
        count = f"{len(found):05d}"
        self._record(layout.BILL_TRAILER, bill=seen.native_id, lines=count, total=total)

    def _dispute(self, seen: Seen, dispute: Dispute) -> None:
        closed = ended(dispute.closed_on, seen.on)
        self._record(
            layout.DISPUTE,
            dispute=seen.native_id,
            account=native_id(SYSTEM, "billing_account", dispute.account),
            bill=native_id(SYSTEM, "bill", dispute.bill),
            opened=_day(dispute.opened_on),
            closed=_day(closed),
            currency=dispute.currency,
            amount=_amount(dispute.amount),
            reason=dispute.reason,
            state=dispute.outcome if closed else "open",
            updated=_stamp(seen.on),
        )

    def _record(self, kind: str, /, **values: object) -> None:
        if not self._page:
            self._begin_section("LATIN-1", "")
        self._put(kind, **values)
        self._in_section += 1

    def _begin_section(self, page: str, country: str) -> None:
        self._put(layout.SECTION_HEADER, country=country, code_page=page)
        self._page, self._in_section = page, 0

    def _end_section(self) -> None:
        if self._page:
            self._put(layout.SECTION_TRAILER, lines=f"{self._in_section:09d}")
            self._page = ""

    def _put(self, kind: str, /, **values: object) -> None:
        page = layout.CODE_PAGES.get(self._page, "ascii")
        self._file.write(layout.written(kind, page, **values) + b"\n")
        self._lines += 1


def _amount(amount: int) -> str:
    """Fourteen digits and the sign behind."""
    return f"{abs(amount):014d}{'-' if amount < 0 else '+'}"


def _day(day: date | None) -> str:
    return f"{day:%Y%m%d}" if day else ""


def _stamp(day: date) -> str:
    return f"{day:%Y%m%d}000000"


def export(part: Part) -> _BillingApac:
    """Begin one part of a delivery."""
    return _BillingApac(part)
