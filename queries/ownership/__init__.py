"""Questions about who owns a company, directly and through others."""
