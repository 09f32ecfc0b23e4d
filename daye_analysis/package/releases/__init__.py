"""What a release may change, and what it did change."""
