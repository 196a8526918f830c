"""Real countries and cities, as GeoNames has them."""
