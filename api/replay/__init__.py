"""Signals as of then: what was known at their moment, asked again by what found them."""
