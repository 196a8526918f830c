"""One rule on one day: what is fresh, found, proved, gone."""
