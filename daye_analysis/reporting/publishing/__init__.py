"""A run's identity, its manifest, and its way into the reports folder."""
