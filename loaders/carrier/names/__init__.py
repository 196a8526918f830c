"""Invented names: sounds first, then how each language and script writes them."""
