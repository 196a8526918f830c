"""NetBox: sites, tenants, providers and circuits of a network's source of truth."""
