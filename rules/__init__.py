"""Detectors: two files of one stem, and the engine that runs them."""
