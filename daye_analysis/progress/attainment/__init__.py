"""The evidence on one target: its case, rates, status and verdict."""
