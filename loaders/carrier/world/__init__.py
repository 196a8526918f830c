"""What exists in the simulated world, with dates; no system, no format and no mistake is here."""
