"""Exchange rates, in the layout in which the European Central Bank publishes its own."""
