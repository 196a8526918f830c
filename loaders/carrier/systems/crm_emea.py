"""The CRM of EMEA and APAC: rows of Dataverse, one a line; from day 12 on under other names."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.money import major_units
from loaders.carrier.native import native_id
from loaders.carrier.observation import Seen
from loaders.carrier.pipeline import account_card, concerned, decided
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.world.sales import Account, Interaction, Opportunity, Seller
from loaders.carrier.writing import Part

SYSTEM = "crm_emea"
RENAMED = {
    "name": "accountname",
    "fullname": "displayname",
    "statecode": "lifecyclestate",
    "stepname": "pipelinestage",
}
"""What the columns are called in schema 2."""
SHOWN = "@OData.Community.Display.V1.FormattedValue"
STATES = {"won": 1, "lost": 2}
ACTIVITIES = {"call": "phonecall", "meeting": "appointment", "email": "email"}


class _CrmEmea:
    def __init__(self, part: Part) -> None:
        self._put = part.json_lines("rows")
        self._carrier = part.carrier
        self._renamed = RENAMED if part.schema > 1 else {}

    def write(self, seen: Seen, cluster: Cluster | None) -> None:
        """Format one account, opportunity, activity or user."""
        thing = seen.thing
        if isinstance(thing, Seller):
            self._row("systemuser", seen, self._seller(seen, thing))
        elif isinstance(thing, Account) and cluster is not None:
            self._row("account", seen, _company(seen, thing, cluster))
        elif isinstance(thing, Opportunity) and cluster is not None:
            self._row("opportunity", seen, _selling(seen, thing, cluster))
        elif isinstance(thing, Interaction) and cluster is not None:
            self._row(ACTIVITIES[thing.kind], seen, _spoken(seen, thing))

    def close(self) -> None:
        """Nothing is left to write."""

    def _row(self, table: str, seen: Seen, values: dict[str, Any]) -> None:
        row = {"@odata.type": f"#Microsoft.Dynamics.CRM.{table}"}
        row |= {
            self._renamed.get(name, name): value
            for name, value in values.items()
            if value not in (None, "")
        }
        row["modifiedon"] = f"{seen.on}T00:00:00"
        self._put(row)

    def _seller(self, seen: Seen, seller: Seller) -> dict[str, Any]:
        team = self._carrier.teams[seller.team.at(seen.on)]
        return {
            "systemuserid": seen.native_id,
            "fullname": seller.name,
            "internalemailaddress": seller.email,
            "title": seller.role,
            "isdisabled": seller.left_on <= seen.on,
            "_businessunitid_value": native_id(SYSTEM, "team", team.key),
            f"_businessunitid_value{SHOWN}": team.name,
            "createdon": f"{seller.started_on}T00:00:00",
        }


def _company(seen: Seen, account: Account, cluster: Cluster) -> dict[str, Any]:
    card = account_card(SYSTEM, seen, cluster)
    place = card.address
    return {
        "accountid": seen.native_id,
        "name": card.name,
        "_parentaccountid_value": card.parent,
        "_ownerid_value": card.owner,
        "statecode": int(card.is_closed),
        "customertypecode": 3,
        f"customertypecode{SHOWN}": "Customer",
        "industrycode": ord(card.entity.industry[:1] or " "),
        f"industrycode{SHOWN}": card.entity.industry,
        "accountratingcode": 1,
        f"accountratingcode{SHOWN}": account.tier,
        "telephone1": card.phone,
        "websiteurl": card.domain,
        "address1_line1": place.street,
        "address1_postalcode": place.postcode,
        "address1_city": place.city,
        "address1_stateorprovince": place.region,
        "address1_country": place.country,
        "fpr_lei": card.lei,
        "fpr_vatnumber": card.vat,
        "fpr_dunsnumber": card.duns,
        "createdon": f"{account.opened_on}T00:00:00",
    }


def _selling(seen: Seen, selling: Opportunity, cluster: Cluster) -> dict[str, Any]:
    about, stage = concerned(selling, cluster), selling.stage.at(seen.on)
    closed: date | None = decided(selling, seen.on)
    return {
        "opportunityid": seen.native_id,
        "name": selling.name,
        "_parentaccountid_value": native_id(SYSTEM, "account", selling.account),
        "_ownerid_value": native_id(SYSTEM, "user", selling.owner),
        "opportunitytype": ord(selling.kind[0]),
        f"opportunitytype{SHOWN}": selling.kind,
        "statecode": STATES.get(stage, 0),
        "stepname": stage,
        "fpr_stagesince": selling.stage.since(seen.on),
        "closeprobability": round(selling.probability.at(seen.on) * 100),
        "estimatedvalue": float(major_units(selling.amount, selling.currency)),
        "fpr_isocurrencycode": selling.currency,
        "estimatedclosedate": selling.close_on.at(seen.on),
        "actualclosedate": closed,
        "fpr_competitorname": selling.competitor,
        "fpr_competitorcontractend": selling.competitor_ends_on,
        "fpr_lostreason": selling.lost_reason if stage == "lost" else "",
        "fpr_siteid": about.site,
        "fpr_agreementitemids": about.items,
        "fpr_offeringids": about.offerings,
        "createdon": f"{selling.created_on}T00:00:00",
    }


def _spoken(seen: Seen, spoken: Interaction) -> dict[str, Any]:
    return {
        "activityid": seen.native_id,
        "activitytypecode": ACTIVITIES[spoken.kind],
        "actualstart": spoken.at.isoformat(),
        "_regardingobjectid_value": native_id(SYSTEM, "account", spoken.account),
    }


def export(part: Part) -> _CrmEmea:
    """Begin one part of a delivery."""
    return _CrmEmea(part)
