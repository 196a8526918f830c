"""Trouble tickets: exports of a service desk, and TMF621 of the network's own."""
