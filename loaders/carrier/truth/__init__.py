"""What is true, as files beside the deliveries; TRUTH.md describes them."""
