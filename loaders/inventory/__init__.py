"""The inventory: products, services and sites, TMF637, TMF638 and TMF674."""
