"""Service: what is delivered where, how well it runs, and what went wrong."""

from graph.model.declare import (
    CanonicalNode,
    Day,
    Derived,
    Fact,
    Flag,
    Moment,
    Number,
    PlannableFact,
    Structural,
    Text,
    Whole,
    to,
)


# (:Product)-[:OF_OFFERING]->(:ProductOffering)
class OfOffering(Structural):
    """The offering that was bought."""


# (:Product)-[:REALIZED_BY]->(:Service)
class RealizedBy(PlannableFact):
    """The service that makes the product work."""


# (:Service)-[:DELIVERED_AT]->(:Site)
class DeliveredAt(PlannableFact):
    """A site where the service ends."""


# (:Service)-[:MEASURED_IN]->(:ServiceMeasure)
class MeasuredIn(Structural):
    """A monthly measure of the service."""


# (:Service)-[:DIVERSE_FROM]->(:Service)
class DiverseFrom(Fact):
    """Two services that are said to share no route."""


# (:Service)-[:ROUTED_VIA]->(:PointOfPresence)
class RoutedVia(Fact):
    """A point of presence that the service runs through."""


# (:Site)-[:IN_COUNTRY]->(:Country)
# (:PointOfPresence)-[:IN_COUNTRY]->(:Country)
class InCountry(Structural):
    """The country it lies in."""


# (:Country)-[:IN_REGION]->(:Region)
# (:Site)-[:IN_REGION]->(:Region)
class InRegion(Structural):
    """The region it belongs to."""


# (:Region)-[:PART_OF]->(:Region)
class PartOf(Structural):
    """The larger region around a region."""


# (:Site)-[:NEAR]->(:PointOfPresence)
class Near(Derived):
    """The point of presence is in reach, as the crow flies."""

    distance_m = Whole("Distance in metres.")


# (:TroubleTicket)-[:AFFECTS]->(:Service)
# (:Alarm)-[:AFFECTS]->(:Service)
class Affects(Structural):
    """The service that suffers."""


class Product(CanonicalNode):
    """What a customer has bought."""

    __layer__ = "service"

    status = Text("State: created, pendingActive, active, pendingTerminate, terminated ...")
    status_since = Day("Day from which the status holds.")
    starts_on = Day("First day on which the customer has it.")
    terminates_on = Day("First day on which the customer has it no more.")
    accepted_on = Day("Day on which the customer accepted its delivery.")
    price = Whole("Recurring price a month, in minor units of the currency.")
    currency = Text("Currency, ISO 4217.")
    next_price_on = Day("Day on which another price is agreed to begin.")
    bandwidth_mbps = Number("Bandwidth bought, in Mbit/s.")
    bandwidth_band = Text("Band of bandwidth, like 100-1000.")
    service_level = Text("Service level bought, in the catalogue's own scale.")
    bundle = Text("Id of the bundle that it is part of, in its source; absent when alone.")

    of_offering = to("offering.ProductOffering", OfOffering)
    realized_by = to("service.Service", RealizedBy)


class Service(CanonicalNode):
    """A service that runs: a circuit, an access, a tunnel."""

    __layer__ = "service"

    name = Text("Name or circuit id.")
    state = Text(
        "State in its life.",
        values=(
            "feasibilityChecked",
            "designed",
            "reserved",
            "inactive",
            "active",
            "suspended",
            "terminated",
        ),
    )
    state_since = Day("Day from which the state holds.")
    operating_status = Text(
        "How it runs now.",
        values=(
            "pending",
            "configured",
            "starting",
            "running",
            "degraded",
            "failed",
            "limited",
            "stopping",
            "stopped",
            "unknown",
        ),
    )
    activated_on = Day("First day on which it ran.")
    ceased_on = Day("First day on which it ran no more; closes no facts around it.")
    ceased_by = Text("Who asked for the cease.", values=("customer", "carrier", "supplier"))
    bandwidth_mbps = Number("Bandwidth in Mbit/s.")
    diversity = Text("What is promised on separate routes.")
    tier = Text("Level of service, in the carrier's own scale.")
    role = Text("What it is to its site.", values=("primary", "backup"))
    is_test = Flag("Whether it is for tests or our own use, so that nobody pays; absent if unsaid.")
    access_kind = Text("Whose line the access is.", values=("on_net", "off_net"))
    access_path = Text("Span, duct or building entry that the access runs through.")
    supplier_ends_on = Day("Day on which the contract for a rented access ends.")
    supplier_notice_days = Whole("Days of notice to the supplier of a rented access.")
    supplier_cost = Whole("Cost of a rented access a month, in minor units of its currency.")
    supplier_currency = Text("Currency of the supplier's cost, ISO 4217.")

    delivered_at = to("service.Site", DeliveredAt)
    measured_in = to("service.ServiceMeasure", MeasuredIn)
    diverse_from = to("service.Service", DiverseFrom)
    routed_via = to("service.PointOfPresence", RoutedVia)


class Site(CanonicalNode):
    """A place where a customer is or a service ends."""

    __layer__ = "service"

    name = Text("Name of the site.", searched=True)
    address = Text("Address on one line.")
    city = Text("City.")
    country = Text("Country, ISO 3166-1 alpha-2.")
    latitude = Number("Where it is: degrees north, WGS 84.")
    longitude = Number("Where it is: degrees east, WGS 84.")
    tier = Text("Importance, in the customer's own scale.")
    kind = Text("What it is: office, plant, data centre, shop, registered office ...")
    opened_on = Day("First day of the site.")
    closed_on = Day("First day on which the site is no more.")
    on_net = Flag("Whether our own network reaches it; absent when unknown.")
    on_net_since = Day("Day from which our own network reaches it.")
    building_entry = Text("Where lines come into the building.")

    in_country = to("service.Country", InCountry)
    in_region = to("service.Region", InRegion)
    near = to("service.PointOfPresence", Near)


class PointOfPresence(CanonicalNode):
    """A place of our own network."""

    __layer__ = "service"

    name = Text("Name of the point of presence.")
    city = Text("City.")
    country = Text("Country, ISO 3166-1 alpha-2.")
    latitude = Number("Where it is: degrees north, WGS 84.")
    longitude = Number("Where it is: degrees east, WGS 84.")
    capacity_mbps = Number("Bandwidth that it can carry, in Mbit/s.")
    committed_mbps = Number("Bandwidth that is sold on it, in Mbit/s.")
    relief_on = Day("Day on which more capacity comes; absent when none is planned.")
    operating_status = Text("How it runs now, in the words of a service's.")

    in_country = to("service.Country", InCountry)


class Country(CanonicalNode):
    """A country."""

    __layer__ = "service"

    code = Text("ISO 3166-1 alpha-2.", index=True)
    name = Text("Name in English.")
    currency = Text("Currency, ISO 4217.")

    in_region = to("service.Region", InRegion)


class Region(CanonicalNode):
    """A region in which the carrier sells or reports."""

    __layer__ = "service"

    code = Text("Code of the region.", index=True)
    name = Text("Name of the region.")
    currency = Text("Currency it reports in, ISO 4217.")

    part_of = to("service.Region", PartOf)


class ServiceMeasure(CanonicalNode):
    """One measure of one service in one month."""

    __layer__ = "service"

    metric = Text("What is measured: availability, utilisation_p95, busy_weeks_over_80 ...")
    month = Day("First day of the month.")
    value = Number("What was measured; shares 0 to 1.")
    target = Number("What was promised, on the same scale.")
    coverage = Number("Share of the month that was measured, 0 to 1.")
    excused_minutes = Whole("Minutes of planned or excused outage, taken out of the value.")


class TroubleTicket(CanonicalNode):
    """A fault as customer and carrier speak of it."""

    __layer__ = "service"

    status = Text(
        "How far it is.",
        values=(
            "acknowledged",
            "inProgress",
            "pending",
            "held",
            "resolved",
            "closed",
            "cancelled",
            "rejected",
        ),
    )
    status_since = Day("Day from which the status holds.")
    severity = Text("How bad it is; 1 is worst.")
    root_cause = Text("What it came from.")
    downtime_minutes = Whole("Minutes without service.")
    planned = Flag("Whether it is about planned work.")
    caused_by = Text("Who caused it: customer, carrier, supplier, third party.")
    incident = Text("Id of the incident that it is part of, in its source; absent when alone.")
    opened_at = Moment("When it was opened.")
    resolved_at = Moment("When it was resolved; absent while it is open.")

    affects = to("service.Service", Affects)


class Alarm(CanonicalNode):
    """A fault as the network tells it."""

    __layer__ = "service"

    severity = Text("Perceived severity: critical, major, minor, warning ...")
    state = Text("Whether it stands.", values=("raised", "updated", "cleared"))
    service_affecting = Flag("Whether services suffer.")
    planned = Flag("Whether it is planned work.")
    raised_at = Moment("When it was raised.")
    cleared_at = Moment("When it was cleared; absent while it stands.")

    affects = to("service.Service", Affects)
