"""Questions about signals: what to do, why, and how the rules ran that say so."""
