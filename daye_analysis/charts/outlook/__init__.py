"""What figures allow to be said where none compares: sentences for one target, and tables for a plan."""
