"""Questions about one company: finding it, describing it, proving what is said of it."""
