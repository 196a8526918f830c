"""HTTP: bodies with a bound, GraphQL over HTTP, problems, health."""
