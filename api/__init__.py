"""How the world reaches Footprint: the command line, GraphQL, feeds and the TMF facade."""
