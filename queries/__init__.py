"""Named questions to the graph, read only: one Cypher file beside one typed function."""
