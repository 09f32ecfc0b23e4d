"""Read quantified targets from the wording of a task."""
