"""Leases: which process may write, of those that share a graph."""
