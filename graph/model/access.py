"""Access: who may ask, by which keys, and what they decided. No rebuild and no rule touches it."""

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
    scopes = Texts("What it may be used for: api:read, api:write, api:adhoc, feeds:read.")
    created_at = Moment("When it was made.")
    expires_at = Moment("When it stops to work.")
    used_at = Moment("When it was last used, to the hour.")
    revoked_at = Moment("When it was taken back; absent while it stands.")


class AuditEntry(Node):
    """One decision that a principal took or was refused; it is written once, and stays."""

    __layer__ = "plumbing"

    principal = Text("Id of the principal that decided.")
    principal_name = Text("What people called it then.")
    role = Text("What it was to us then.")
    act = Text("What was asked for, by its name in the API.")
    subject = Text("What it was to be done to, as `Label/id`.")
    at = Moment("When it was asked for.", index=True)
    request_id = Text("Id of the request that asked for it.")
    purpose = Text("What it was for, in the words of who asked; absent when none were given.")
    details = Text("What was given, as JSON; cut where it is very long.")
    content_hash = Text("SHA-256 of the act and of all that was given.")
    outcome = Text(
        "What became of it; begun is followed by another.",
        values=("begun", "done", "refused", "failed"),
    )
    code = Text("Why it was refused, by the code of the API; absent when it was not.")
    reason = Text("Why it was refused, in a sentence; absent when it was not.")
    client_mutation_id = Text("What the client calls this decision.")
    receipt = Text("Made of the principal and the client's id once it was done.", unique=True)
    answer = Text("What was answered, as JSON; absent unless it was done.")
