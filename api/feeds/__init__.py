"""Feeds: what changed, told to those who follow, with nothing lost."""
