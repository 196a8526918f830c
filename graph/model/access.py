"""Access: who may ask, and by which keys. A rebuild leaves it alone, and no rule may name it."""

from graph.model.declare import Moment, Node, Text, Texts


class Principal(Node):
    """A person or a program that asks, and what decides which accounts it may see."""

    __layer__ = "plumbing"

    name = Text("What people call it.", unique=True)
    role = Text(
        "What it is to us.",
        values=(
            "account_executive",
            "regional_lead",
            "leader",
            "steward",
            "rule_author",
            "partner",
            "administrator",
        ),
    )
    seller = Text("Id of the Seller that an account executive is.")
    teams = Texts("Ids of the teams that a regional lead leads.")
    territories = Texts("Ids of the territories that a regional lead leads.")
    countries = Texts("Countries that a regional lead leads, ISO 3166-1.")
    accounts = Texts("Ids of the accounts that are opened to a partner.")
    created_at = Moment("When it was made.")


class ApiKey(Node):
    """A key by which a principal asks: its secret is not kept, only what proves it."""

    __layer__ = "plumbing"

    principal = Text("Id of the principal that asks by it.", index=True)
    prefix = Text("First part of the key, by which it is found and named.", unique=True)
    hash = Text("SHA-256 of the whole key, in hexadecimal.")
    scopes = Texts("What it may be used for: api:read, api:adhoc, feeds:read.")
    created_at = Moment("When it was made.")
    expires_at = Moment("When it stops to work.")
    used_at = Moment("When it was last used, to the hour.")
    revoked_at = Moment("When it was taken back; absent while it stands.")
