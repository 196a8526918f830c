"""The demo: an invented group in two deliveries, read by the real loaders."""
