"""`./footprint serve`: the database and the API, until it is stopped."""

from __future__ import annotations

from typing import Annotated

import typer

from graph.opening import open_graph
from graph.terminal import progress, say, settings_of_process

EXAMPLES = "Examples: ./footprint serve | ./footprint serve --port 9000"
HOST = "127.0.0.1"
"""This machine alone: who may read what is not decided yet (docs/decisions/0016)."""


def serve(
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port; FOOTPRINT_API_PORT when left out.")
    ] = None,
) -> None:
    """Serve the graph over GraphQL to this machine, until Ctrl-C."""
    import uvicorn  # here, so that no other command waits for the web framework

    from api.app import build_app
    from api.logs import log_to_stderr

    settings = settings_of_process()
    chosen = port or settings.api_port
    log_to_stderr(settings.log_level)
    with open_graph(settings, progress) as (server, _):
        say(f"GraphQL        http://{HOST}:{chosen}/graphql")
        say(f"health         http://{HOST}:{chosen}/health/ready")
        say(f"Neo4j Browser  {server.browser or 'at the server that was given'}")
        uvicorn.run(
            build_app(server, base_currency=settings.base_currency),
            host=HOST,
            port=chosen,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=10,
        )
    say("stopped; the database goes on: ./footprint db stop")
