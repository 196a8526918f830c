"""Contracts: TMF651 agreements with their terms, clauses and commitments."""
