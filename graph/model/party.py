"""Party: companies, their names and numbers, who stands above whom, and what happened to them."""

from graph.model.declare import (
    CanonicalNode,
    Day,
    Derived,
    Fact,
    Flag,
    Number,
    PlannableFact,
    SeenNode,
    Structural,
    Text,
    Texts,
    Whole,
    to,
)


# (:LegalEntity)-[:PARENT_IN]->(:LegalEntity)
class ParentIn(PlannableFact):
    """Child to parent in one view of the hierarchy: our conclusion from what sources claim."""

    view = Text("Which hierarchy.", values=("legal", "commercial", "billing", "regional"))
    controlling = Flag("True on exactly one parent per child, view and moment.")
    cut = Flag("True on the fact that closes a cycle in source data; absent otherwise.")
    basis = Text("What the conclusion stands on, like `gleif direct consolidation`.")
    share = Number("Share that the parent holds, 0 to 1; absent when the source gives none.")


# (:LegalEntity)-[:OWNS]->(:LegalEntity)
class Owns(PlannableFact):
    """Owner to owned."""

    share = Number("Share held, 0 to 1.")
    share_low = Number("Least share when the source gives a range.")
    share_high = Number("Largest share when the source gives a range.")
    interest_type = Text("Kind of interest, in BODS's word: shareholding, votingRights ...")
    directness = Text("Whether others stand between.", values=("direct", "indirect", "unknown"))
    basis = Text("In what sense it is owned.", values=("accounting", "legal", "asserted"))
    exception_reason = Text("Why the source gives no share.")


# (:LegalEntity)-[:DIRECTLY_CONSOLIDATED_BY]->(:LegalEntity)
class DirectlyConsolidatedBy(Fact):
    """GLEIF's claim of the nearest parent that consolidates the accounts."""


# (:LegalEntity)-[:ULTIMATELY_CONSOLIDATED_BY]->(:LegalEntity)
class UltimatelyConsolidatedBy(Fact):
    """GLEIF's claim of the highest parent that consolidates the accounts."""


# (:LegalEntity)-[:INTERNATIONAL_BRANCH_OF]->(:LegalEntity)
class InternationalBranchOf(Fact):
    """GLEIF's claim of the company whose branch abroad this is."""


# (:LegalEntity)-[:HAS_NAME]->(:Name)
class HasName(Fact):
    """A name and when it was borne; a rename never makes a new entity."""


# (:LegalEntity)-[:HAS_IDENTIFIER]->(:Identifier)
class HasIdentifier(Fact):
    """A number under which a register or a vendor knows the company."""


# (:LegalEntity)-[:PLAYS]->(:Customer)
class Plays(Fact):
    """The company in the role of our customer."""


# (:LegalEntity)-[:OCCUPIES]->(:Site)
class Occupies(PlannableFact):
    """The company is at this site."""


# (:LegalEntity)-[:HEADQUARTERED_AT]->(:Site)
class HeadquarteredAt(PlannableFact):
    """The site from which the company is led."""


# (:LegalEntity)-[:IN_FAMILY]->(:Account)
class InFamily(Derived):
    """The company reaches the account's root by controlling parents."""

    view = Text("In which hierarchy.", values=("legal", "commercial"))
    nearest = Flag("True on the first account met on the way up in this view.")
    depth = Whole("Steps from the company up to the account's root.")
    own = Flag(
        "True on the account that the company is of: the nearest one in the commercial view, "
        "else in the legal one. Who may see the account may see the company."
    )


# (:CorporateEvent)-[:ACQUIRER]->(:LegalEntity)
class Acquirer(Structural):
    """Who buys."""


# (:CorporateEvent)-[:TARGET]->(:LegalEntity)
class Target(Structural):
    """Who is bought."""


# (:CorporateEvent)-[:SELLER]->(:LegalEntity)
class SellerRole(Structural):
    """Who sells."""

    __type__ = "SELLER"


# (:CorporateEvent)-[:PREDECESSOR]->(:LegalEntity)
class Predecessor(Structural):
    """Who was there before."""


# (:CorporateEvent)-[:SUCCESSOR]->(:LegalEntity)
class Successor(Structural):
    """Who goes on."""


# (:CorporateEvent)-[:SUBJECT]->(:LegalEntity)
class Subject(Structural):
    """Whom it happens to, when no other role says it better."""


# (:LegalEntity)-[:HAS_FORM]->(:LegalForm)
class HasForm(Structural):
    """The legal form that the company has now, in the ELF list."""


# (:Identifier)-[:ISSUED_BY]->(:RegistrationAuthority)
class IssuedBy(Structural):
    """The register that gave the number."""


class LegalEntity(CanonicalNode):
    """A company, branch, fund or sole proprietor that can be a party."""

    __layer__ = "party"

    lei = Text("Legal Entity Identifier, ISO 17442.", index=True)
    name = Text("Legal name that it bears now.", searched=True)
    jurisdiction = Text("Jurisdiction of its formation, ISO 3166-1 or -2.")
    legal_form = Text("Legal form, ISO 20275 (ELF) code.")
    legal_form_name = Text("Legal form in words, as the source writes it.")
    category = Text(
        "What kind of party it is, in GLEIF's list.",
        values=(
            "GENERAL",
            "BRANCH",
            "FUND",
            "SOLE_PROPRIETOR",
            "RESIDENT_GOVERNMENT_ENTITY",
            "INTERNATIONAL_ORGANIZATION",
        ),
    )
    status = Text("Whether the company exists.", values=("ACTIVE", "INACTIVE"))
    status_since = Day("Day from which the status holds.")
    registration_status = Text("State of the LEI, not of the company: ISSUED, LAPSED ...")
    created_on = Day("Day of its formation.")
    ended_on = Day("Day on which it ceased to exist; closes no facts around it.")
    revised = Flag(
        "True once a parent, a name or a value of it was replaced or contested: only then is "
        "there another to look for."
    )
    is_sellable = Flag("False on a shell that nobody sells to; the commercial view steps over it.")
    parent_exception = Text("Why no direct parent is reported, in the word of its source.")
    ultimate_exception = Text("Why no ultimate parent is reported, in GLEIF's word.")
    legal_address = Text("Registered address on one line.")
    hq_address = Text("Address of the headquarters on one line.")
    hq_city = Text("City of the headquarters.")
    hq_country = Text("Country of the headquarters, ISO 3166-1 alpha-2.")

    parent_in = to("party.LegalEntity", ParentIn)
    owns = to("party.LegalEntity", Owns)
    directly_consolidated_by = to("party.LegalEntity", DirectlyConsolidatedBy)
    ultimately_consolidated_by = to("party.LegalEntity", UltimatelyConsolidatedBy)
    international_branch_of = to("party.LegalEntity", InternationalBranchOf)
    has_name = to("party.Name", HasName)
    has_identifier = to("party.Identifier", HasIdentifier)
    plays = to("commercial.Customer", Plays)
    occupies = to("service.Site", Occupies)
    headquartered_at = to("service.Site", HeadquarteredAt)
    in_family = to("commercial.Account", InFamily)
    has_form = to("party.LegalForm", HasForm)


class Name(SeenNode):
    """One name of a company."""

    __layer__ = "party"

    value = Text("The name as it is written.", searched=True)
    kind = Text("What name it is.", values=("legal", "trading", "former", "transliterated"))
    language = Text("Language, BCP 47.")


class Identifier(SeenNode):
    """A number under which somebody else knows a company."""

    __layer__ = "party"
    __indexes__ = (("scheme", "value"),)

    scheme = Text("Kind of number: lei, registry, duns, vat ...")
    value = Text("The number, without blanks and punctuation.", index=True)
    issuer = Text("Who gave it, like a GLEIF registration authority code.")
    is_valid = Flag("Whether its checksum is right; absent when it has none.")

    issued_by = to("party.RegistrationAuthority", IssuedBy)


class LegalForm(CanonicalNode):
    """A legal form of one jurisdiction, ISO 20275 (ELF)."""

    __layer__ = "party"

    code = Text("ELF code, four characters.", index=True)
    name = Text("The form in a language of its jurisdiction.")
    other_names = Texts("The form in the jurisdiction's other languages, and transliterated.")
    abbreviations = Texts("How the form is abbreviated, in local script and transliterated.")
    jurisdiction = Text("Jurisdiction of formation, ISO 3166-1 or -2.")
    status = Text("Whether the code may still be given.", values=("ACTIVE", "INACTIVE"))


class RegistrationAuthority(CanonicalNode):
    """A register or supervisor that gives companies numbers, in GLEIF's list (RA codes)."""

    __layer__ = "party"

    code = Text("RA code, like `RA000585`.", index=True)
    name = Text("Name of the register, in English where it has one.")
    organisation = Text("Who keeps the register.")
    jurisdictions = Texts("Countries that it registers for, ISO 3166-1 alpha-2.")
    website = Text("Where the register is found.")


class CorporateEvent(CanonicalNode):
    """Something that happens to companies: a merger, a spin-off, a new name, an end."""

    __layer__ = "party"

    type = Text("What happens, in GLEIF's list of legal entity events.")
    group = Text("The group of events it is part of, in GLEIF's list.")
    status = Text("How far it is.", values=("IN_PROGRESS", "COMPLETED", "WITHDRAWN_CANCELLED"))
    announced_on = Day("Day of its announcement.")
    effective_on = Day("Day on which it takes effect.")
    recorded_on = Day("Day on which the register noted it.")
    documents = Texts("What proves it, as addresses or titles.")
    source_url = Text("Where it was published.")

    acquirer = to("party.LegalEntity", Acquirer)
    target = to("party.LegalEntity", Target)
    seller = to("party.LegalEntity", SellerRole)
    predecessor = to("party.LegalEntity", Predecessor)
    successor = to("party.LegalEntity", Successor)
    subject = to("party.LegalEntity", Subject)
