"""Billing, part of the commercial layer: accounts, bills, charges, payments, disputes and rates."""

from graph.model.declare import (
    CanonicalNode,
    Day,
    Fact,
    Flag,
    Number,
    Structural,
    Text,
    Whole,
    to,
)

MINOR = "in minor units of the currency"
CURRENCY = "Currency, ISO 4217."


# (:Bill)-[:ON]->(:BillingAccount)
# (:Charge)-[:ON]->(:BillingAccount)
# (:Payment)-[:ON]->(:BillingAccount)
# (:Dispute)-[:ON]->(:BillingAccount)
class On(Structural):
    """The account that it was booked on; a charge on a bill has its bill's account."""


# (:Bill)-[:HAS_CHARGE]->(:Charge)
class HasCharge(Structural):
    """A line of the bill."""


# (:Charge)-[:FOR]->(:Product)
# (:Charge)-[:FOR]->(:Service)
class For(Structural):
    """What is charged for, as the billing system names it: a product, a service or both."""


# (:Payment)-[:SETTLES]->(:Bill)
class Settles(Structural):
    """A bill that the payment pays, in full or in part."""

    amount = Whole(f"What of the payment goes to this bill, {MINOR} of the payment.")


# (:Dispute)-[:DISPUTES]->(:Bill)
class Disputes(Structural):
    """The bill that is disputed."""


# (:BillingAccount)-[:COUNTS_TOWARD]->(:Commitment)
class CountsToward(Fact):
    """What is billed here counts toward the commitment."""


class BillingAccount(CanonicalNode):
    """An account that bills are written on."""

    __layer__ = "commercial"

    party_name = Text("Name of the account's holder, as it stands on the bills.")
    state = Text("State: Active, Closed, Suspended ...")
    state_since = Day("Day from which the state holds.")
    payment_status = Text("How it pays: due, paid, in arrears ...")
    currency = Text(CURRENCY)
    credit_limit = Whole(f"Credit limit, {MINOR}.")
    balance = Whole(f"What is owed, {MINOR}.")
    unapplied_amount = Whole(f"What was paid and is applied to no bill yet, {MINOR}.")
    payment_plan_on = Day("Day on which a payment plan was agreed; absent while there is none.")
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
    amount = Whole(f"Amount due with tax, {MINOR}.")
    tax_amount = Whole(f"Tax in the amount due, {MINOR}; the rest is the sum of its charges.")
    remaining_amount = Whole(f"What is still to be paid, {MINOR}.")
    disputed_amount = Whole(f"What of it is under dispute, {MINOR}.")
    currency = Text(CURRENCY)

    on = to("billing.BillingAccount", On)
    has_charge = to("billing.Charge", HasCharge)


class Charge(CanonicalNode):
    """One charge, billed or to be billed."""

    __layer__ = "commercial"

    kind = Text("Kind of charge.", values=("recurring", "usage", "overage", "one_off", "credit"))
    reason = Text("Why it was made, in the source's word: service_level on a credit for a fault.")
    amount = Whole(f"Amount without tax, {MINOR}; negative on a credit.")
    currency = Text(CURRENCY)
    base_amount = Whole("Amount in the base currency, in its minor units.")
    fx_rate = Number("Rate that base_amount was made with.")
    fx_on = Day("Day of that rate.")
    period_from = Day("First day charged.")
    period_to = Day("First day no more charged.")
    discount_amount = Whole(f"Discount that the amount is net of, {MINOR}; absent without one.")
    discount_ends_on = Day("First day on which a discount in it holds no more.")
    is_billed = Flag("Whether it is on a bill.")
    contributory = Flag("Whether it counts toward a commitment; absent when unknown.")

    charged_for = to("service.Product", For)
    charged_for_service = to("service.Service", For)
    on = to("billing.BillingAccount", On)


class Payment(CanonicalNode):
    """Money that came in, in TMF676's sense."""

    __layer__ = "commercial"

    amount = Whole(f"Amount paid, {MINOR}; negative on one that was taken back.")
    currency = Text(CURRENCY)
    paid_on = Day("Day on which it came in.")
    method = Text("How it was paid, in the source's word.")
    state = Text("How far it is, in the source's word.")

    settles = to("billing.Bill", Settles)
    on = to("billing.BillingAccount", On)


class Dispute(CanonicalNode):
    """An amount that the customer does not accept."""

    __layer__ = "commercial"

    amount = Whole(f"Amount disputed, {MINOR}.")
    currency = Text(CURRENCY)
    reason = Text("Why it is disputed.")
    state = Text("How far it is, in the source's word.")
    opened_on = Day("Day on which it was raised.")
    closed_on = Day("Day on which it was settled; absent while it is open.")

    disputes = to("billing.Bill", Disputes)
    on = to("billing.BillingAccount", On)


class ExchangeRate(CanonicalNode):
    """What one unit of a base currency was worth in another on a day."""

    __layer__ = "commercial"
    __indexes__ = (("currency", "base", "on"),)

    currency = Text(CURRENCY)
    base = Text("Currency of which one unit is priced, ISO 4217.")
    rate = Number("Units of the currency for one unit of the base.")
    on = Day("Day of the rate.")
