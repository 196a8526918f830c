"""`./footprint serve`: the database and the API, until it is stopped."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Annotated

import typer

from graph.errors import UsageError
from graph.evidence import EvidenceStore
from graph.opening import open_graph
from graph.terminal import progress, say, settings_of_process

EXAMPLES = (
    "Examples: ./footprint serve | ./footprint serve --port 9000 | "
    "FOOTPRINT_API_ANONYMOUS=false ./footprint serve --host 0.0.0.0 (behind TLS; "
    "./footprint keys create makes keys)"
)
HOST = "127.0.0.1"
"""This machine alone, unless keys are required (docs/decisions/0018)."""


def serve(
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port; FOOTPRINT_API_PORT when left out.")
    ] = None,
    host: Annotated[
        str, typer.Option(help="Address to answer on; all but this machine's require keys.")
    ] = HOST,
) -> None:
    """Serve the graph over GraphQL to this machine, or by keys to others, until Ctrl-C."""
    import uvicorn  # here, so that no other command waits for the web framework

    from api.app import build_app
    from api.logs import log_to_stderr
    from api.webhooks.posting import rules_of

    settings = settings_of_process()
    chosen = port or settings.api_port
    if settings.api_anonymous and not _is_loopback(host):
        raise UsageError(
            f"{host} is open to others, and they would see everything without a key",
            where="--host",
            remedy="set FOOTPRINT_API_ANONYMOUS=false, and ./footprint keys create for who may ask",
        )
    named = f"[{host}]" if ":" in host else host
    log_to_stderr(settings.log_level)
    with open_graph(settings, progress) as (server, _):
        say(f"GraphQL        http://{named}:{chosen}/graphql")
        say(f"health         http://{named}:{chosen}/health/ready")
        if not settings.webhook_key:
            say("webhooks       not delivered: FOOTPRINT_WEBHOOK_KEY is not set")
        say(f"Neo4j Browser  {server.browser or 'at the server that was given'}")
        uvicorn.run(
            build_app(
                server,
                anonymous=settings.api_anonymous,
                base_currency=settings.base_currency,
                evidence=EvidenceStore(settings.evidence_address),
                webhooks=rules_of(settings) if settings.webhook_key else None,
                plans_ahead=True,
            ),
            host=host,
            port=chosen,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=10,
        )
    say("stopped; the database goes on: ./footprint db stop")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
