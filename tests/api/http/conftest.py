"""The application in this process: the fixtures of GraphQL's tests."""

from tests.api.graphql.conftest import app, ask, client, statements

__all__ = ["app", "ask", "client", "statements"]
