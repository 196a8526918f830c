"""GLEIF: who has a Legal Entity Identifier, who consolidates whom, and why a parent is absent."""
