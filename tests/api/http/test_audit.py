"""GraphQL over HTTP as its working group checks it: the audit suite of `graphql-http`."""

from __future__ import annotations

import json
from pathlib import Path

from graph.engine import Server
from graph.settings import Settings
from tests.api.served import served
from tests.node import installed, run_node

HERE = Path(__file__).parent
AUDITS = 61
MISSED = {
    "86EE": "SHOULD use a status code of 400 on variable coercion failure when accepting "
    "application/graphql-response+json"
}
"""Its document uses no variable, so it is not valid by the specification and is answered 422 before
its variables are looked at. What the audit means is in test_over_http: such a failure is 400."""


def test_the_audit_finds_no_error_and_only_what_we_know_of(
    empty_graph: Server, settings: Settings, tmp_path: Path
) -> None:
    suite = installed(HERE / "audit", settings.state_dir)
    with served(empty_graph, tmp_path) as api:
        told = run_node(suite / "audit.mjs", f"{api.address}/graphql")
    results = [json.loads(line) for line in told.splitlines()]

    assert len(results) == AUDITS
    assert [one for one in results if one["status"] == "error"] == []
    assert {one["id"]: one["name"] for one in results if one["status"] == "warn"} == MISSED
