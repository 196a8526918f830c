"""What a source may hold: the words by which a rule says what it needs to be fresh."""

from types import MappingProxyType

HOLDINGS = MappingProxyType(
    {
        "registry": "companies, who consolidates or owns them, what happened to them",
        "deals": "announced deals",
        "contracts": "agreements, items, clauses, commitments",
        "crm": "accounts, opportunities, interactions",
        "quotes": "quotes and their approvals",
        "orders": "orders",
        "billing": "billing accounts, bills, charges, payments, disputes",
        "inventory": "products, services, sites",
        "tickets": "trouble tickets",
        "measures": "monthly measures of services",
        "prices": "price books and market prices",
        "catalogue": "offerings, where they are sold and until when",
        "network": "points of presence, routes, buildings on our network, capacity",
        "occupancy": "who is at which site",
        "coverage": "sellers, teams, territories",
        "credit": "credit ratings",
        "rates": "exchange rates",
    }
)
