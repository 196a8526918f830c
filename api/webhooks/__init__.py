"""Webhooks: the events of a feed delivered to addresses, by Standard Webhooks."""
