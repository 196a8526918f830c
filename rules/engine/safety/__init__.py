"""What author-written Cypher may do."""
