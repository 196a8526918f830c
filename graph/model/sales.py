"""Sales, part of the commercial layer: opportunities, quotes, orders, and who spoke with whom."""

from graph.model.declare import CanonicalNode, Day, Moment, Number, Structural, Text, Whole, to

MINOR = "in minor units of the currency"
CURRENCY = "Currency, ISO 4217."


# (:Opportunity)-[:FOR_ACCOUNT]->(:Account)
class ForAccount(Structural):
    """The account that the opportunity is with."""


# (:Opportunity)-[:CONCERNS]->(:LegalEntity)
# (:Opportunity)-[:CONCERNS]->(:Site)
# (:Opportunity)-[:CONCERNS]->(:Agreement)
# (:Opportunity)-[:CONCERNS]->(:AgreementItem)
# (:Opportunity)-[:CONCERNS]->(:Product)
# (:Opportunity)-[:CONCERNS]->(:ProductOffering)
class Concerns(Structural):
    """What the opportunity is about."""


# (:Quote)-[:QUOTES]->(:Opportunity)
class Quotes(Structural):
    """The opportunity that the quote answers."""


# (:Quote)-[:HAS_LINE]->(:QuoteItem)
class HasLine(Structural):
    """A line of the quote."""


# (:QuoteItem)-[:FOR_OFFERING]->(:ProductOffering)
class ForOffering(Structural):
    """The offering that the line is about."""


# (:QuoteItem)-[:FOR_SITE]->(:Site)
class ForSite(Structural):
    """The site that the line is for."""


# (:Order)-[:FULFILS]->(:Quote)
class Fulfils(Structural):
    """The quote that was accepted with the order."""


# (:Order)-[:DELIVERS]->(:Service)
class Delivers(Structural):
    """The service that the order acts on."""

    action = Text("What the order does to it.", values=("add", "modify", "move", "delete"))


# (:Order)-[:REPLACES]->(:Service)
class Replaces(Structural):
    """The service that goes when the order is done."""


# (:Interaction)-[:WITH]->(:Account)
# (:Interaction)-[:WITH]->(:LegalEntity)
class With(Structural):
    """The customer that was spoken with; never the person."""


class Opportunity(CanonicalNode):
    """Something that we try to sell."""

    __layer__ = "commercial"

    stage = Text("How far it is, in the CRM's word.")
    stage_since = Day("Day from which the stage holds.")
    kind = Text("What is sold to whom: new business, renewal ..., in the CRM's word.")
    probability = Number("Chance of winning it as the CRM has it, 0 to 1.")
    lost_on = Day("Day on which it was lost; absent unless it was.")
    amount = Whole(f"Amount expected, {MINOR}.")
    currency = Text(CURRENCY)
    close_on = Day("Day on which it is to be decided.")
    competitor = Text("Who else is in it.")
    competitor_ends_on = Day("Day on which the competitor's contract ends.")

    for_account = to("commercial.Account", ForAccount)
    concerns_entity = to("party.LegalEntity", Concerns)
    concerns_site = to("service.Site", Concerns)
    concerns_agreement = to("commercial.Agreement", Concerns)
    concerns_item = to("commercial.AgreementItem", Concerns)
    concerns_product = to("service.Product", Concerns)
    concerns_offering = to("offering.ProductOffering", Concerns)


class Quote(CanonicalNode):
    """An offer at a price."""

    __layer__ = "commercial"

    number = Text("Number on the quote; its versions share it.")
    party_name = Text("Name of the customer as the quote has it.")
    state = Text("How far it is: pending, inProgress, approved, accepted, rejected, cancelled.")
    state_since = Day("Day from which the state holds.")
    version = Text("Version of the quote.")
    created_on = Day("Day on which it was made.")
    valid_to = Day("First day on which the offer holds no more.")
    amount = Whole(f"Amount offered, {MINOR}.")
    currency = Text(CURRENCY)
    discount = Number("Discount from list, 0 to 1.")
    floor_amount = Whole(f"Least amount that may be offered without leave, {MINOR}.")
    requested_at = Moment("When leave was asked.")
    approved_at = Moment("When leave was given.")
    approver = Text("Who gave leave, or is asked for it.")

    quotes = to("sales.Opportunity", Quotes)
    has_line = to("sales.QuoteItem", HasLine)


class QuoteItem(CanonicalNode):
    """One line of a quote."""

    __layer__ = "commercial"

    action = Text("What is offered to be done.", values=("add", "modify", "delete", "noChange"))
    bandwidth_mbps = Number("Bandwidth offered, in Mbit/s.")
    price = Whole(f"Price offered a month, {MINOR}.")
    list_price = Whole(f"List price a month, {MINOR}.")
    currency = Text(CURRENCY)
    discount = Number("Discount from list, 0 to 1.")
    promised_on = Day("Day on which delivery is promised.")
    exception_approved_on = Day("Day on which a price outside the limits was allowed.")

    for_offering = to("offering.ProductOffering", ForOffering)
    for_site = to("service.Site", ForSite)


class Order(CanonicalNode):
    """An order for services."""

    __layer__ = "commercial"

    status = Text("How far it is, in the source's word.")
    status_since = Day("Day from which the status holds.")
    ordered_at = Moment("When it was placed.")
    requested_on = Day("Day on which the customer wants it.")
    committed_on = Day("Day on which we promised it.")
    stage = Text("Milestone of delivery that it reached last.")
    stage_since = Day("Day on which it reached that milestone.")
    blocker = Text("What holds it up; absent while nothing does.")
    blocked_since = Day("Day from which it is held up.")
    completed_at = Moment("When it was completed.")

    fulfils = to("sales.Quote", Fulfils)
    delivers = to("service.Service", Delivers)
    replaces = to("service.Service", Replaces)


class Interaction(CanonicalNode):
    """A call, a visit or a letter between the carrier and a customer."""

    __layer__ = "commercial"

    kind = Text("What it was: appointment, phonecall, email, letter ..., in the CRM's word.")
    at = Moment("When it was.")

    with_account = to("commercial.Account", With)
    with_entity = to("party.LegalEntity", With)
