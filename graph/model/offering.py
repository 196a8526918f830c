"""Offerings, part of the service layer: what can be bought, where, and at which price."""

from graph.model.declare import CanonicalNode, Day, Fact, Flag, Number, Structural, Text, Whole, to


# (:PriceRule)-[:PRICES]->(:ProductOffering)
# (:PriceIndex)-[:PRICES]->(:ProductOffering)
class Prices(Structural):
    """The offering that a price is for."""


# (:ProductOffering)-[:AVAILABLE_IN]->(:Country)
class AvailableIn(Fact):
    """A country in which the offering can be had."""


class ProductOffering(CanonicalNode):
    """What can be bought."""

    __layer__ = "service"

    name = Text("Name of the offering.")
    family = Text("Product family.")
    bandwidth_band = Text("Band of bandwidth, like 100-1000.")
    status = Text("State in the catalogue.")
    status_since = Day("Day from which the status holds.")
    lead_time_days = Whole("Days from an order to its delivery, as the catalogue promises.")
    sale_ends_on = Day("First day on which it is sold no more.")
    support_ends_on = Day("First day on which it is supported no more.")
    retires_on = Day("The earlier of the end of sale and the end of support.")
    shared_by_group = Flag("Whether one serves a whole group, so that each company needs none.")

    available_in = to("service.Country", AvailableIn)


class PriceRule(CanonicalNode):
    """A line of a price book: what an offering costs, and how far sellers may go below."""

    __layer__ = "service"

    name = Text("Name of the price in its book.")
    book = Text("Price book that it stands in.")
    kind = Text("What is charged.", values=("recurring", "one_off", "usage"))
    country = Text("Country that it holds for, ISO 3166-1 alpha-2; absent when for all.")
    region = Text("Code of the region that it holds for; absent when for all.")
    bandwidth_band = Text("Band of bandwidth, like 100-1000.")
    term_months = Whole("Length of contract that it holds for.")
    currency = Text("Currency, ISO 4217.")
    list_amount = Whole("List price a month, or once, in minor units of the currency.")
    floor_amount = Whole("Least price without leave, in minor units of the currency.")
    max_discount = Number("Largest discount from list, 0 to 1.")
    role = Text("Role of the seller whose limit it is; absent when it is everybody's.")
    valid_from = Day("First day on which it holds.")
    valid_to = Day("First day on which it holds no more.")

    prices = to("offering.ProductOffering", Prices)


class PriceIndex(CanonicalNode):
    """What the market paid for the like of an offering in one month."""

    __layer__ = "service"

    country = Text("Country, ISO 3166-1 alpha-2.")
    bandwidth_band = Text("Band of bandwidth, like 100-1000.")
    term_months = Whole("Length of contract.")
    month = Day("First day of the month.")
    currency = Text("Currency, ISO 4217.")
    median = Whole("Median price a month, in minor units of the currency.")

    prices = to("offering.ProductOffering", Prices)
