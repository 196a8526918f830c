"""The application on the benchmark's server, in a process of its own, as it is served.

python child_serve.py PORT [stock]: `stock` answers by the library's executor alone.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import structlog
import uvicorn
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from api.app import build_app
from api.graphql import answer
from graph.engine import Server

if "stock" in sys.argv:
    answer.ListExecutor = StrawberryGraphQLCoreExecutionContext  # type: ignore[attr-defined,misc,assignment]
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
server = Server(**json.loads(os.environ["FOOTPRINT_TEST_SERVER"]))
uvicorn.run(build_app(server), port=int(sys.argv[1]), log_level="error", access_log=False)
