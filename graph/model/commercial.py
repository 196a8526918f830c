"""Commercial: accounts and customers, what is agreed, billed, disputed and being sold."""

from graph.model.declare import (
    CanonicalNode,
    Day,
    Fact,
    Flag,
    Number,
    PlannableFact,
    Structural,
    Text,
    Whole,
    to,
)

MINOR = "in minor units of the currency"
CURRENCY = "Currency, ISO 4217."


# (:Account)-[:ROOTED_AT]->(:LegalEntity)
class RootedAt(Fact):
    """The top of the account's commercial family."""


# (:Customer)-[:BILLED_BY]->(:BillingAccount)
class BilledBy(Fact):
    """The account on which the customer's bills are written."""


# (:Customer)-[:PARTY_TO]->(:Agreement)
class PartyTo(PlannableFact):
    """The customer is bound by the agreement; planned while a novation is pending."""


# (:Bill)-[:ON]->(:BillingAccount)
class On(Structural):
    """The account that the bill was written on."""


# (:Bill)-[:HAS_CHARGE]->(:Charge)
class HasCharge(Structural):
    """A line of the bill."""


# (:Charge)-[:FOR]->(:Product)
class For(Structural):
    """What is charged for."""


# (:Dispute)-[:DISPUTES]->(:Bill)
class Disputes(Structural):
    """The bill that is disputed."""


# (:Agreement)-[:HAS_ITEM]->(:AgreementItem)
class HasItem(Structural):
    """A line of the agreement."""


# (:Agreement)-[:HAS_CLAUSE]->(:Clause)
class HasClause(Structural):
    """A clause of the agreement that matters to us."""


# (:Agreement)-[:HAS_COMMITMENT]->(:Commitment)
class HasCommitment(Structural):
    """What the customer has promised to spend."""


# (:AgreementItem)-[:GOVERNS]->(:Product)
class Governs(Fact):
    """The product that is had on this item's terms."""


# (:AgreementItem)-[:RENEWS]->(:AgreementItem)
class Renews(Structural):
    """The earlier item that this one carries on."""


# (:BillingAccount)-[:COUNTS_TOWARD]->(:Commitment)
class CountsToward(Fact):
    """What is billed here counts toward the commitment."""


class Account(CanonicalNode):
    """The carrier's global account: a family that is sold to as one."""

    __layer__ = "commercial"

    name = Text("Name of the account.", searched=True)
    tier = Text("Tier, in the carrier's own scale.")
    segment = Text("Market segment, in the carrier's own list.")
    owner = Text("Who owns the account, as the CRM writes it.")

    rooted_at = to("party.LegalEntity", RootedAt)


class Customer(CanonicalNode):
    """A company in the role of our customer."""

    __layer__ = "commercial"

    status = Text("State of the customer, in the source's word.")
    status_since = Day("Day from which the status holds.")
    status_reason = Text("Why it has this status.")
    segment = Text("Market segment.")

    billed_by = to("commercial.BillingAccount", BilledBy)
    party_to = to("commercial.Agreement", PartyTo)


class BillingAccount(CanonicalNode):
    """An account that bills are written on."""

    __layer__ = "commercial"

    state = Text("State: Active, Closed, Suspended ...")
    state_since = Day("Day from which the state holds.")
    payment_status = Text("How it pays: due, paid, in arrears ...")
    currency = Text(CURRENCY)
    credit_limit = Whole(f"Credit limit, {MINOR}.")
    balance = Whole(f"What is owed, {MINOR}.")
    cycle = Text("How often it is billed.")

    counts_toward = to("commercial.Commitment", CountsToward)


class Bill(CanonicalNode):
    """A bill."""

    __layer__ = "commercial"

    number = Text("Number on the bill.")
    state = Text("How far it is: new, onHold, validated, sent, partiallyPaid, settled.")
    state_since = Day("Day from which the state holds.")
    period_from = Day("First day billed.")
    period_to = Day("First day no more billed.")
    issued_on = Day("Day of issue.")
    due_on = Day("Day by which it is to be paid.")
    settled_on = Day("Day on which it was paid in full.")
    next_bill_on = Day("Day of the bill after it.")
    amount = Whole(f"Amount due, {MINOR}.")
    remaining_amount = Whole(f"What is still to be paid, {MINOR}.")
    currency = Text(CURRENCY)

    on = to("commercial.BillingAccount", On)
    has_charge = to("commercial.Charge", HasCharge)


class Charge(CanonicalNode):
    """One charge, billed or to be billed."""

    __layer__ = "commercial"

    kind = Text("Kind of charge.", values=("recurring", "usage", "overage", "one_off", "credit"))
    amount = Whole(f"Amount without tax, {MINOR}; negative on a credit.")
    currency = Text(CURRENCY)
    base_amount = Whole("Amount in the base currency, in its minor units.")
    fx_rate = Number("Rate that base_amount was made with.")
    fx_on = Day("Day of that rate.")
    period_from = Day("First day charged.")
    period_to = Day("First day no more charged.")
    is_billed = Flag("Whether it is on a bill.")
    contributory = Flag("Whether it counts toward a commitment; absent when unknown.")

    charged_for = to("service.Product", For)


class Dispute(CanonicalNode):
    """An amount that the customer does not accept."""

    __layer__ = "commercial"

    amount = Whole(f"Amount disputed, {MINOR}.")
    currency = Text(CURRENCY)
    reason = Text("Why it is disputed.")
    state = Text("How far it is, in the source's word.")
    opened_on = Day("Day on which it was raised.")
    closed_on = Day("Day on which it was settled; absent while it is open.")

    disputes = to("commercial.Bill", Disputes)


class Agreement(CanonicalNode):
    """A contract."""

    __layer__ = "commercial"

    type = Text("Kind of contract: master, order form, amendment ...")
    status = Text("State: in process, approved, rejected ...")
    status_since = Day("Day from which the status holds.")
    signed_on = Day("Day of signature; absent while it is unsigned.")
    period_from = Day("First day of its term.")
    period_to = Day("First day after its term.")

    has_item = to("commercial.AgreementItem", HasItem)
    has_clause = to("commercial.Clause", HasClause)
    has_commitment = to("commercial.Commitment", HasCommitment)


class AgreementItem(CanonicalNode):
    """One line of a contract, with its own term."""

    __layer__ = "commercial"

    starts_on = Day("First day of its term.")
    ends_on = Day("First day after its term; closes no facts around it.")
    notice_days = Whole("Days of notice before the end.")
    auto_renew = Flag("Whether it goes on unless notice is given.")
    renewal_term_months = Whole("Months that an automatic renewal adds.")
    monthly_amount = Whole(f"Recurring charge a month, {MINOR}.")
    currency = Text(CURRENCY)

    governs = to("service.Product", Governs)
    renews = to("commercial.AgreementItem", Renews)


class Clause(CanonicalNode):
    """A clause that gives somebody a right or a date."""

    __layer__ = "commercial"

    kind = Text(
        "What it is about.",
        values=(
            "change_of_control",
            "assignment",
            "benchmark",
            "tech_refresh",
            "divestiture",
            "parity",
            "notice",
        ),
    )
    text = Text("The clause as it is written.")
    span = Text("Where it stands in the document.")
    confidence = Number("How sure it was read, 0 to 1.")
    opens_on = Day("First day on which the right can be used.")
    deadline_on = Day("Last day on which the right can be used.")


class Commitment(CanonicalNode):
    """What a customer has promised to spend in a period."""

    __layer__ = "commercial"

    kind = Text("What is promised.", values=("MARC", "TRC", "MMRC", "volume"))
    amount = Whole(f"What is promised, {MINOR}.")
    currency = Text(CURRENCY)
    period_from = Day("First day that counts.")
    period_to = Day("First day that counts no more.")
