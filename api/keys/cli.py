"""The commands of API keys: keys create, list and revoke."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer

from graph.access.enrolled import enrol, find_principal
from graph.access.key import LIFE, SCOPES, ApiKey, create_key, keys, revoke_key
from graph.access.principal import Principal, Role
from graph.connection import BatchSession
from graph.errors import UsageError
from graph.layout import Row, show_rows
from graph.opening import open_graph
from graph.terminal import AsJson, emit, group, progress, say, settings_of_process

CREATE_EXAMPLES = (
    "Examples: ./footprint keys create 'Dana Ruiz' --role account_executive "
    "--seller dana.ruiz@carrier.example | ./footprint keys create 'EMEA lead' "
    "--role regional_lead --country DE --country FR | ./footprint keys create 'Acme portal' "
    "--role partner --account 'Acme' --scope feeds:read --days 30 | "
    "./footprint keys create 'Dana Ruiz' (one more key)"
)
LIST_EXAMPLES = "Examples: ./footprint keys list | ./footprint keys list --json"
REVOKE_EXAMPLES = "Example: ./footprint keys revoke fp_k3v5q7w2m4x6"


def add_commands(app: typer.Typer) -> None:
    """Put them on the command line."""
    commands = group(app, "keys", "Who may ask over the network, and the keys by which they ask.")
    commands.command(name="create", epilog=CREATE_EXAMPLES)(create)
    commands.command(name="list", epilog=LIST_EXAMPLES)(list_keys)
    commands.command(name="revoke", epilog=REVOKE_EXAMPLES)(revoke)


def create(
    name: Annotated[str, typer.Argument(help="Whose key: a person or a program, by name.")],
    role: Annotated[
        Role | None, typer.Option(help="What it is to us; left out for one that has a key.")
    ] = None,
    seller: Annotated[
        str | None,
        typer.Option(help="The seller that an account executive is: id, e-mail or name."),
    ] = None,
    team: Annotated[
        list[str] | None, typer.Option(help="A team that a regional lead leads; may be repeated.")
    ] = None,
    territory: Annotated[
        list[str] | None, typer.Option(help="A territory that a regional lead leads.")
    ] = None,
    country: Annotated[
        list[str] | None, typer.Option(help="A country that a regional lead leads, like DE.")
    ] = None,
    account: Annotated[
        list[str] | None, typer.Option(help="An account that is opened to a partner: id or name.")
    ] = None,
    scope: Annotated[
        list[str] | None,
        typer.Option(help=f"What the key is for: {', '.join(SCOPES)}; api:read when left out."),
    ] = None,
    days: Annotated[int, typer.Option(min=1, help="Days until it stops to work.")] = LIFE.days,
    as_json: AsJson = False,
) -> None:
    """Make an API key, and its principal if there is none of that name; the key is shown once."""
    now = datetime.now(UTC)
    told = {
        "seller": seller, "teams": team or (), "territories": territory or (),
        "countries": country or (), "accounts": account or (),
    }  # fmt: skip
    with open_graph(settings_of_process(), progress) as (_, session):
        principal = _principal(session, name, role, told, now)
        text, expires_at = create_key(
            session,
            principal,
            now=now,
            life=timedelta(days=days),
            scopes=scope or ["api:read"],
        )
    if as_json:
        emit({"key": text, "expires_at": expires_at, "principal": _plain(principal)}, True)
        return
    emit(text, False)
    say(f"it is shown this once; it works until {expires_at.date()}, as {principal.role}")
    say(f"next: curl -H 'Authorization: Bearer {text[:15]}...' | ./footprint keys list")


def list_keys(as_json: AsJson = False) -> None:
    """List all keys: whose they are, what for, until when, and when they were last used."""
    now = datetime.now(UTC)
    with open_graph(settings_of_process(), progress) as (_, session):
        found = keys(session)
    if as_json:
        emit([_told(one, now) for one in found], True)
    elif not found:
        emit("there are no keys: ./footprint keys create --help", False)
    else:
        show_rows([_row(one, now) for one in found], wide=1)


def revoke(
    prefix: Annotated[str, typer.Argument(help="How the key begins: fp_ and twelve letters.")],
    as_json: AsJson = False,
) -> None:
    """Take a key back: it stops to work within five seconds."""
    with open_graph(settings_of_process(), progress) as (_, session):
        since = revoke_key(session, prefix, now=datetime.now(UTC))
    if as_json:
        emit({"revoked_at": since}, True)
    else:
        emit(f"revoked since {since:%Y-%m-%d %H:%M:%S} UTC", False)


def _principal(
    session: BatchSession, name: str, role: Role | None, told: dict[str, Any], now: datetime
) -> Principal:
    """The principal of this name; made of what was told when there is none."""
    there = find_principal(session, name)
    if there is None:
        if role is None:
            raise UsageError(
                f"nobody is called {name!r} yet",
                remedy=f"say what it is: --role {' | '.join(Role)}",
            )
        return enrol(session, name, role, now=now, **told)
    if role not in (None, there.role) or any(told.values()):
        raise UsageError(
            f"{name!r} is there already, as {there.role}",
            remedy="leave its role and its accounts out, or give the key another name",
        )
    return there


def _row(one: ApiKey, now: datetime) -> Row:
    used = f"used {one.used_at:%Y-%m-%d %H:%M}" if one.used_at else "never used"
    state = one.state(now)
    until = f"until {one.expires_at.date()}" if state == "valid" else state
    return Row(
        (f"fp_{one.prefix}", one.principal.name, str(one.principal.role), " ".join(one.scopes),
         until, used)
    )  # fmt: skip


def _told(one: ApiKey, now: datetime) -> dict[str, Any]:
    return {
        "key": f"fp_{one.prefix}",
        "state": one.state(now),
        "scopes": one.scopes,
        "created_at": one.created_at,
        "expires_at": one.expires_at,
        "used_at": one.used_at,
        "revoked_at": one.revoked_at,
        "principal": _plain(one.principal),
    }


def _plain(principal: Principal) -> dict[str, Any]:
    return {
        "id": principal.id,
        "name": principal.name,
        "role": principal.role,
        "seller": principal.seller,
        "teams": principal.teams,
        "territories": principal.territories,
        "countries": principal.countries,
        "accounts": principal.accounts,
    }
