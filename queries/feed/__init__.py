"""Questions about the feed: how far it has come, what it told, and the state at which it begins."""
