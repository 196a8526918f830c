"""People: who sells what to whom."""

from graph.model.declare import CanonicalNode, Day, Fact, Number, PlannableFact, Text, to


# (:Seller)-[:COVERS]->(:Account)
# (:Seller)-[:COVERS]->(:LegalEntity)
# (:Seller)-[:COVERS]->(:Site)
# (:Seller)-[:COVERS]->(:Territory)
class Covers(PlannableFact):
    """The seller answers for it."""

    role = Text("In what role: account owner, local owner, specialist ...")
    share = Number("Share of the credit, 0 to 1.")


# (:Seller)-[:MEMBER_OF]->(:Team)
class MemberOf(Fact):
    """The team that the seller works in."""


class Seller(CanonicalNode):
    """A person who sells for the carrier."""

    __layer__ = "people"

    name = Text("Name of the person.")
    email = Text("Address at work.")
    role = Text("Role in the sales organisation.")
    region = Text("Code of the region the person works in.")
    started_on = Day("First day in the role.")

    covers_account = to("commercial.Account", Covers)
    covers_entity = to("party.LegalEntity", Covers)
    covers_site = to("service.Site", Covers)
    covers_territory = to("people.Territory", Covers)
    member_of = to("people.Team", MemberOf)


class Team(CanonicalNode):
    """A team of sellers."""

    __layer__ = "people"

    name = Text("Name of the team.")
    email = Text("Shared address.")
    role = Text("What the team is for.")
    region = Text("Code of the region the team works in.")
    started_on = Day("First day of the team.")


class Territory(CanonicalNode):
    """A part of the market that is given to sellers."""

    __layer__ = "people"

    name = Text("Name of the territory.")
    region = Text("Code of the region it lies in.")
    started_on = Day("First day of the territory.")
