"""Published methods of other bodies: how each would rate the same observations, with and without a target."""
