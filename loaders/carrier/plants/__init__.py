"""Cases planted on purpose for the rules: some must fire, some nearly do and must not."""
