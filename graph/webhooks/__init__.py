"""Webhooks as the graph keeps them: endpoints, receipts, and who may deliver."""
