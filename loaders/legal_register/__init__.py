"""Who is who: GLEIF's index, and deals as the press reports them."""
