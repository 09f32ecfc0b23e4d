"""Which changes a release may make, and which it made."""
