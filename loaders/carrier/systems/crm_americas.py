"""The CRM of the Americas: Account, Opportunity, OpportunityHistory and User of Salesforce."""

from __future__ import annotations

from graph.money import major_units
from loaders.carrier.native import native_id
from loaders.carrier.observation import Seen
from loaders.carrier.pipeline import account_card, concerned
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.world.sales import Account, Opportunity, Seller
from loaders.carrier.writing import Part

SYSTEM = "crm_americas"
ACCOUNT = (
    "Id", "Name", "ParentId", "OwnerId", "Type", "Industry", "Phone", "Website", "BillingStreet",
    "BillingCity", "BillingState", "BillingPostalCode", "BillingCountryCode", "LEI__c",
    "VAT_Number__c", "DUNS_Number__c", "Tier__c", "IsDeleted", "CreatedDate", "LastModifiedDate",
)  # fmt: skip
OPPORTUNITY = (
    "Id", "AccountId", "Name", "Type", "StageName", "LastStageChangeDate", "Probability", "Amount",
    "CurrencyIsoCode", "CloseDate", "IsClosed", "IsWon", "OwnerId", "Competitor__c",
    "Competitor_Contract_End__c", "Loss_Reason__c", "Site__c", "Agreement_Items__c",
    "Offerings__c", "CreatedDate", "LastModifiedDate",
)  # fmt: skip
HISTORY = ("Id", "OpportunityId", "StageName", "Amount", "CloseDate", "Probability", "CreatedDate")
USER = (
    "Id", "Name", "Username", "Email", "Title", "Department", "IsActive", "CreatedDate",
    "LastModifiedDate",
)  # fmt: skip
STAGES = {
    "prospecting": "Prospecting",
    "qualification": "Qualification",
    "proposal": "Proposal/Price Quote",
    "negotiation": "Negotiation/Review",
    "won": "Closed Won",
    "lost": "Closed Lost",
}
TYPES = {
    "new": "New Business",
    "upgrade": "Upgrade",
    "renewal": "Renewal",
    "co_termination": "Co-termination",
}


class _CrmAmericas:
    def __init__(self, part: Part) -> None:
        self._account = part.csv("Account", ACCOUNT)
        self._opportunity = part.csv("Opportunity", OPPORTUNITY)
        self._history = part.csv("OpportunityHistory", HISTORY)
        self._user = part.csv("User", USER)
        self._carrier = part.carrier

    def write(self, seen: Seen, cluster: Cluster | None) -> None:
        """Format one account, opportunity or user."""
        thing = seen.thing
        if isinstance(thing, Seller):
            self._seller(seen, thing)
        elif isinstance(thing, Account) and cluster is not None:
            self._company(seen, thing, cluster)
        elif isinstance(thing, Opportunity) and cluster is not None:
            self._selling(seen, thing, cluster)

    def close(self) -> None:
        """Nothing is left to write."""

    def _seller(self, seen: Seen, seller: Seller) -> None:
        team = self._carrier.teams[seller.team.at(seen.on)].name
        active = _flag(seen.on < seller.left_on)
        row = (seller.name, seller.email, seller.email, seller.role, team, active)
        self._user((seen.native_id, *row, seller.started_on, seen.on))

    def _company(self, seen: Seen, account: Account, cluster: Cluster) -> None:
        card = account_card(SYSTEM, seen, cluster)
        place = card.address
        kind = "Former Customer" if card.is_closed else "Customer"
        address = (place.street, place.city, place.region, place.postcode, place.country)
        self._account(
            (
                seen.native_id, card.name, card.parent, card.owner, kind, card.entity.industry,
                card.phone, card.domain, *address, card.lei, card.vat, card.duns, account.tier,
                "false", account.opened_on, seen.on,
            )
        )  # fmt: skip

    def _selling(self, seen: Seen, selling: Opportunity, cluster: Cluster) -> None:
        about, stage = concerned(selling, cluster), selling.stage.at(seen.on)
        amount = major_units(selling.amount, selling.currency)
        closes = selling.close_on.at(seen.on)
        self._opportunity(
            (
                seen.native_id, native_id(SYSTEM, "account", selling.account), selling.name,
                TYPES[selling.kind], STAGES[stage], selling.stage.since(seen.on),
                _percent(selling.probability.at(seen.on)), amount, selling.currency, closes,
                _flag(stage in ("won", "lost")), _flag(stage == "won"),
                native_id(SYSTEM, "user", selling.owner), selling.competitor,
                selling.competitor_ends_on or "", selling.lost_reason if stage == "lost" else "",
                about.site, about.items, about.offerings, selling.created_on, seen.on,
            )
        )  # fmt: skip
        for place, (since, past) in enumerate(selling.stage.steps):
            if since <= seen.on:
                self._history(
                    (
                        f"008{seen.native_id[3:14]}{place:04d}", seen.native_id, STAGES[past],
                        amount, selling.close_on.at(since),
                        _percent(selling.probability.at(since)), since,
                    )
                )  # fmt: skip


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _percent(share: float) -> int:
    return round(share * 100)


def export(part: Part) -> _CrmAmericas:
    """Begin one part of a delivery."""
    return _CrmAmericas(part)
