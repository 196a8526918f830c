"""BODS 0.4: statements about companies, persons, and the interests between them."""
