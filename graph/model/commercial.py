"""Commercial: accounts and customers, and what is agreed with them."""

from graph.model.declare import (
    CanonicalNode,
    Day,
    Fact,
    Flag,
    Number,
    PlannableFact,
    Structural,
    Text,
    Texts,
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

    billed_by = to("billing.BillingAccount", BilledBy)
    party_to = to("commercial.Agreement", PartyTo)


class Agreement(CanonicalNode):
    """A contract."""

    __layer__ = "commercial"

    type = Text("Kind of contract: master, order form, amendment ...")
    status = Text("State: in process, approved, rejected ...")
    status_since = Day("Day from which the status holds.")
    party_name = Text("Name of the customer as the paper has it.")
    signed_on = Day("Day of signature; absent while it is unsigned.")
    period_from = Day("First day of its term.")
    period_to = Day("First day after its term.")
    notice_days = Whole("Days of notice before the end, where the lines do not say their own.")
    auto_renew = Flag("Whether it goes on unless notice is given.")
    renewal_term_months = Whole("Months that an automatic renewal adds.")
    notice_given_on = Day("Day on which either side gave notice; absent while none did.")
    decision = Text("What was decided at the last deadline: renew, renegotiate, let roll, end.")
    credit_claim_days = Whole("Days after a missed month in which a credit can be claimed.")
    separate_tender = Flag("Whether it must be tendered by itself.")

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
    early_termination_share = Number("Share of the rest payable on leaving early, 0 to 1.")
    credit_share = Number("Share of the monthly amount credited for a missed month, 0 to 1.")
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
            "term",
            "auto_renewal",
            "service_termination",
            "indexation",
        ),
    )
    text = Text("The clause as it is written.")
    span = Text("Where it stands in the document.")
    confidence = Number("How sure it was read, 0 to 1.")
    opens_on = Day("First day on which the right can be used.")
    deadline_on = Day("Last day on which the right can be used.")
    closes_on = Day("First day on which the right is gone.")
    exercised_on = Day("Day on which the right was last used.")
    waived_on = Day("Day on which the right was given up.")
    notice_days = Whole("Days of notice that the clause asks for.")
    consent_before = Flag("Whether consent is due before the change; false: after it.")
    exempts_affiliates = Flag("Whether companies of the same group are left out.")
    threshold = Number("How often, or by how much, before the right arises.")
    window_months = Whole("Months in which the threshold is counted.")


class Commitment(CanonicalNode):
    """What a customer has promised to spend in a period."""

    __layer__ = "commercial"

    kind = Text("What is promised.", values=("MARC", "TRC", "MMRC", "volume"))
    amount = Whole(f"What is promised, {MINOR}.")
    currency = Text(CURRENCY)
    period_from = Day("First day that counts.")
    period_to = Day("First day that counts no more.")
    payable_share = Number("Share of a shortfall that is payable, 0 to 1.")
    steps = Texts("Amounts of a stepped commitment, each like `2026-01-01 1200000`.")
